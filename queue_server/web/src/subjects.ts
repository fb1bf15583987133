// Everything of one person, for who leads: what is held, a file to hand out, and what may be erased.
import { html, nothing, type TemplateResult } from "lit";
import { ask, type Got } from "./asking";
import { appearance, applyAppearance } from "./choices";
import { DeskPage } from "./desk_page";
import { staySignedIn } from "./session";
import type { SubjectErasure, SubjectItem, SubjectSummary } from "./subjects_contract";
import "./words_office";

const API = "/api/v1/admin/subjects";
const WAYS = ["card", "phone", "code"] as const;
type Way = (typeof WAYS)[number];

class SubjectsPage extends DeskPage {
  private by: Way = "card";
  private value = "";
  private reason = "";
  private found: SubjectSummary | null = null;
  private erasure: SubjectErasure | null = null;
  private state: Got<unknown>["state"] = "ready";
  private detail = "";
  private busy = false;
  private sure = false;
  private handed = false;

  protected override render(): TemplateResult {
    document.title = `${this.say("subjects_title")} · ${this.say("product")}`;
    return html`
      ${this.deskBar(null)}
      <main aria-busy=${this.busy}>
        <h1>${this.say("subjects_title")}</h1>
        <p class="second">${this.say("subjects_explained")}</p>
        ${this.form()}
        <div aria-live="polite">
          ${this.state === "refused" || this.state === "stale"
            ? html`<p class="notice" role="alert">${this.say("subjects_refused", { detail: this.detail })}</p>`
            : nothing}
          ${this.handed ? html`<p class="notice">${this.say("subjects_handed")}</p>` : nothing}
          ${this.erasure ? this.report(this.erasure) : this.found ? this.held(this.found) : nothing}
        </div>
      </main>
      ${this.unansweredNotice(this.state, null)}
    `;
  }

  private form(): TemplateResult {
    return html`
      <form @submit=${(event: SubmitEvent) => this.look(event)}>
        <label class="field">
          <span>${this.say("subjects_by")}</span>
          <select @change=${(event: Event) => this.type({ by: typed(event) as Way })}>
            ${WAYS.map((way) => html`<option value=${way} ?selected=${way === this.by}>${this.say(`subjects_by_${way}`)}</option>`)}
          </select>
        </label>
        <label class="field">
          <span>${this.say(`subjects_value_${this.by}`)}</span>
          <input
            name="value"
            required
            autocomplete="off"
            spellcheck="false"
            inputmode=${this.by === "code" ? "text" : "numeric"}
            .value=${this.value}
            @input=${(event: Event) => this.type({ value: typed(event) })}
          />
        </label>
        <label class="field reason">
          <span>${this.say("subjects_reason")}</span>
          <input
            name="reason"
            required
            maxlength="200"
            autocomplete="off"
            aria-describedby="no-names"
            .value=${this.reason}
            @input=${(event: Event) => this.type({ reason: typed(event) })}
          />
        </label>
        <button class="main" ?disabled=${this.busy}>${this.say("subjects_look")}</button>
        ${this.found || this.erasure
          ? html`<button type="button" @click=${() => this.clear()}>${this.say("subjects_clear")}</button>`
          : nothing}
        <p id="no-names" class="second">${this.say("subjects_reason_hint")}</p>
      </form>
    `;
  }

  private held({ items }: SubjectSummary): TemplateResult {
    const going = items.filter((one) => !one.kept_because).length;
    return html`
      <section aria-labelledby="s-held">
        <h2 id="s-held">${this.say("subjects_held", { n: items.length })}</h2>
        ${items.length === 0 ? html`<p>${this.say("subjects_nothing")}</p>` : this.list(items)}
        ${items.length === 0
          ? nothing
          : html`<p class="acts">
              <button ?disabled=${this.busy} @click=${() => void this.export()}>${this.say("subjects_export")}</button>
              ${going && !this.sure
                ? html`<button class="danger" @click=${() => this.decide(true)}>${this.say("subjects_erase", { n: going })}</button>`
                : nothing}
            </p>`}
        ${this.sure
          ? html`<div class="notice">
              <p><strong>${this.say("subjects_sure", { n: going })}</strong></p>
              <p class="acts">
                <button class="danger" ?disabled=${this.busy} @click=${() => void this.erase()}>
                  ${this.say("subjects_erase_now")}
                </button>
                <button @click=${() => this.decide(false)}>${this.say("subjects_leave")}</button>
              </p>
            </div>`
          : nothing}
      </section>
    `;
  }

  private report({ erased, kept }: SubjectErasure): TemplateResult {
    return html`
      <section aria-labelledby="s-erased">
        <h2 id="s-erased">${this.say("subjects_erased", { n: erased.length })}</h2>
        ${this.list(erased)}
      </section>
      ${kept.length === 0
        ? nothing
        : html`<section aria-labelledby="s-kept">
            <h2 id="s-kept">${this.say("subjects_kept", { n: kept.length })}</h2>
            ${this.list(kept)}
          </section>`}
    `;
  }

  private list(items: SubjectItem[]): TemplateResult {
    return html`<ul class="held">
      ${items.map(
        (one) => html`<li>
          <strong>${one.name}</strong>
          <span>${this.pick(one.what)}</span>
          ${one.kept_because ? html`<em>${this.say("subjects_stays", { why: this.pick(one.kept_because) })}</em>` : nothing}
        </li>`,
      )}
    </ul>`;
  }

  private async look(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    this.clear({ form: false });
    const got = await this.work(() => ask<SubjectSummary>(`${API}/look`, "POST", this.whom()));
    if (got.state === "ready") this.found = got.body;
    this.requestUpdate();
  }

  private async erase(): Promise<void> {
    const got = await this.work(() => ask<SubjectErasure>(`${API}/erase`, "POST", this.whom()));
    if (got.state === "ready") this.erasure = got.body;
    this.sure = false;
    this.requestUpdate();
  }

  private async export(): Promise<void> {
    const got = await this.work(() => fileOf(this.whom()));
    if (got.state === "ready") {
      save(got.body);
      this.handed = true;
    }
    this.requestUpdate();
  }

  private async work<T>(asking: () => Promise<Got<T>>): Promise<Got<T>> {
    this.busy = true;
    this.handed = false;
    this.requestUpdate();
    const got = await asking();
    this.state = got.state;
    this.detail = got.state === "refused" ? got.detail : "";
    this.busy = false;
    return got;
  }

  private whom(): { by: Way; value: string; reason: string } {
    return { by: this.by, value: this.value.trim(), reason: this.reason.trim() };
  }

  private decide(sure: boolean): void {
    this.sure = sure;
    this.requestUpdate();
  }

  /** What was found was of whom the form said; another one is looked for anew. */
  private type(change: Partial<{ by: Way; value: string; reason: string }>): void {
    Object.assign(this, change);
    if ("by" in change || "value" in change) this.clear({ form: false });
    this.requestUpdate();
  }

  private clear({ form } = { form: true }): void {
    this.found = this.erasure = null;
    this.sure = this.handed = false;
    if (form) this.value = this.reason = "";
    this.requestUpdate();
  }
}

/** The file for this person; refused as any other answer is. */
async function fileOf(whom: object): Promise<Got<Blob>> {
  try {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(`${API}/export`, { method: "POST", headers, body: JSON.stringify(whom) });
    if (answer.ok) return { state: "ready", body: await answer.blob() };
    if (answer.status === 401) return { state: "signed_out" };
    return answer.status === 403 ? { state: "not_allowed" } : { state: "away" };
  } catch {
    return { state: "away" };
  }
}

function save(file: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "export.zip";
  link.click();
  URL.revokeObjectURL(link.href);
}

function typed(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}

applyAppearance(appearance());
staySignedIn();
customElements.define("subjects-page", SubjectsPage);
