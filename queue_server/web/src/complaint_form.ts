// Noting a complaint that came at a counter, by letter or phone; and how the server is told.
import { html, nothing, type TemplateResult } from "lit";
import type { Words } from "./contract";
import type { Language, WordKey } from "./words";

export const COMPLAINTS = "/api/v1/complaints";
const SOURCES = ["counter", "kiosk", "letter", "phone", "online", "low_rating"] as const;
const MOST_LETTERS = 200;

export interface ServiceChoice {
  id: string;
  name: Words;
}

/** What a part of the page is given by it; `changed(true)` also asks the server anew. */
export interface PageParts {
  say: (key: WordKey, values?: Record<string, string | number>) => string;
  pick: (both: Words) => string;
  language: () => Language;
  changed: (reload: boolean) => void;
}

/** Post, and say by a text's name what went wrong; null when all went well. */
export async function tell(url: string, body: object, key?: string): Promise<WordKey | null> {
  const headers: Record<string, string> = { "Content-Type": "application/json" };
  if (key !== undefined) headers["Idempotency-Key"] = key;
  try {
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    if (answer.ok) return null;
    const problem = (await answer.json()) as { code?: string };
    if (answer.status === 409) return "complaint_stale";
    if (problem.code === "personal_note") return "complaint_personal";
    if (problem.code === "unknown_service") return "complaint_unknown_number";
    return answer.status === 401 || answer.status === 403 ? "not_allowed" : "complaint_trouble";
  } catch {
    return "server_away";
  }
}

/** A text area with its rule below it; nothing that leads to a person is kept. */
export function textField(
  parts: PageParts,
  label: WordKey,
  value: string,
  changed: (text: string) => void,
): TemplateResult {
  return html`<label class="field">
    <span>${parts.say(label)}</span>
    <textarea
      rows="3"
      maxlength=${MOST_LETTERS}
      .value=${value}
      @input=${(event: Event) => changed((event.target as HTMLTextAreaElement).value)}
    ></textarea>
    <span class="second">${parts.say("complaint_no_person")}</span>
  </label>`;
}

export class NewComplaint {
  open = false;
  private text = "";
  private source: string = SOURCES[0];
  private service = "";
  private number = "";
  private fault: WordKey | null = null;
  private busy = false;
  private key = "";

  constructor(
    private readonly parts: PageParts,
    private readonly services: () => ServiceChoice[],
  ) {}

  begin(): void {
    this.open = true;
    this.text = this.service = this.number = "";
    this.fault = null;
    this.key = "";
  }

  render(): TemplateResult {
    const { say, pick } = this.parts;
    return html`<form
      class="new"
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.send();
      }}
    >
      <h2>${say("complaints_new")}</h2>
      ${textField(this.parts, "complaint_text", this.text, (text) => (this.text = text))}
      <label class="field">
        <span>${say("complaint_source")}</span>
        <select @change=${(event: Event) => (this.source = chosen(event))}>
          ${SOURCES.map(
            (one) =>
              html`<option value=${one} ?selected=${one === this.source}>
                ${say(`complaint_source_${one}` as WordKey)}
              </option>`,
          )}
        </select>
      </label>
      <label class="field">
        <span>${say("complaint_service")}</span>
        <select @change=${(event: Event) => (this.service = chosen(event))}>
          <option value="">${say("complaint_no_service")}</option>
          ${this.services().map((one) => html`<option value=${one.id}>${pick(one.name)}</option>`)}
        </select>
      </label>
      <label class="field">
        <span>${say("complaint_number")}</span>
        <input
          maxlength="12"
          autocomplete="off"
          .value=${this.number}
          @input=${(event: Event) => (this.number = (event.target as HTMLInputElement).value)}
        />
      </label>
      ${this.fault ? html`<p class="trouble" role="alert">${say(this.fault)}</p>` : nothing}
      <button class="main" ?disabled=${this.busy}>${say("complaint_keep")}</button>
    </form>`;
  }

  private async send(): Promise<void> {
    if (!this.text.trim()) {
      this.fault = "complaint_must_say";
      this.parts.changed(false);
      return;
    }
    this.busy = true;
    // One key for all tries: an answer that is lost files nothing twice.
    this.key ||= crypto.getRandomValues(new Uint32Array(4)).join("-");
    const number = this.number.trim().toUpperCase();
    const body = {
      text: this.text,
      source: this.source,
      service: this.service || null,
      number: number || null,
    };
    this.fault = await tell(COMPLAINTS, body, this.key);
    this.busy = false;
    if (this.fault === null) this.open = false;
    else if (this.fault !== "server_away") this.key = "";
    this.parts.changed(this.fault === null);
  }
}

function chosen(event: Event): string {
  return (event.target as HTMLSelectElement).value;
}
