// What a move still needs to know, asked in one dialog: a target, an outcome, a number, a note.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { chooseKeys, keysOn } from "./choices";
import type { Shown } from "./console_data";
import {
  keyList,
  noteForm,
  numberForm,
  outcomes,
  procedureChoices,
  profiles,
  targets,
  type Choice,
} from "./console_forms";
import { placeOf } from "./console_keys";
import { press } from "./console_press";
import { printedSlip } from "./console_slip";
import type { SlipView } from "./console_contract";
import { say, type WordKey } from "./words";

export type DialogKind =
  | "outcome"
  | "transfer"
  | "procedure"
  | "note"
  | "call"
  | "slip"
  | "profile"
  | "keys";

/** A move that is complete now. */
export interface Ask {
  move: string;
  body: object;
}

export class ClerkDialog extends LitElement {
  static override properties = {
    kind: { attribute: false },
    shown: { attribute: false },
    fault: { attribute: false },
  };

  declare kind: DialogKind | null;
  declare shown: Shown;
  /** Why the last try was refused. */
  declare fault: string;
  /** Called with a complete move, or with null when the clerk closes the dialog. */
  done: (ask: Ask | null) => void = () => undefined;
  private query = "";
  private slip: SlipView | null = null;
  private unknown = false;

  protected override createRenderRoot(): this {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("kind")) {
      this.query = "";
      this.slip = null;
      this.unknown = false;
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    const dialog = this.querySelector("dialog");
    if (dialog === null) return;
    if (this.kind === null && dialog.open) dialog.close();
    if (this.kind === null || !changed.has("kind")) return;
    if (!dialog.open) dialog.showModal();
    dialog.querySelector<HTMLElement>("input, textarea, .choices button")?.focus();
  }

  protected override render(): TemplateResult {
    const title = this.kind === null ? "" : this.say(`ask_${this.kind}`);
    return html`<dialog
      aria-label=${title}
      @close=${() => this.kind !== null && this.done(null)}
      @keydown=${(event: KeyboardEvent) => this.onKey(event)}
    >
      ${this.kind === null
        ? nothing
        : html`<header>
              <h2>${title}</h2>
              <button class="quiet" @click=${() => this.done(null)}>${this.say("close_dialog")}</button>
            </header>
            <p class="fault" role="alert">${this.unknown ? this.say("slip_unknown") : this.fault}</p>
            ${this.content(this.kind)}`}
    </dialog>`;
  }

  private say(key: WordKey): string {
    return say(this.shown.language, key);
  }

  private content(kind: DialogKind): TemplateResult {
    const { language } = this.shown;
    const choices = this.choices();
    switch (kind) {
      case "outcome":
      case "transfer":
      case "profile":
        return html`${choices.map((group) => this.group(group.title, group.choices))}`;
      case "procedure":
        return html`<input
            type="search"
            aria-label=${this.say("search_procedure")}
            placeholder=${this.say("search_procedure")}
            @input=${(event: Event) => this.search((event.target as HTMLInputElement).value)}
            @keydown=${(event: KeyboardEvent) => this.takeFirst(event)}
          />
          ${choices.map((group) => this.group(group.title, group.choices))}`;
      case "note":
        return noteForm(language, (note) => this.done({ move: "note", body: { note } }));
      case "call":
        return numberForm(language, "", "call_this", (number) =>
          this.done({ move: "call", body: { number } }),
        );
      case "slip":
        if (this.slip !== null) return printedSlip(this.slip, language);
        return numberForm(
          language,
          this.shown.view.citizen?.ticket.number ?? "",
          "show_slip",
          (number) => void this.showSlip(number),
        );
      case "keys":
        return keyList(language, keysOn(), (on) => {
          chooseKeys(on);
          this.requestUpdate();
        });
    }
  }

  private choices(): { title: string; choices: Choice[] }[] {
    if (this.kind === "outcome") return outcomes(this.shown);
    if (this.kind === "transfer") return targets(this.shown);
    if (this.kind === "profile") return profiles(this.shown);
    return this.kind === "procedure" ? procedureChoices(this.shown, this.query) : [];
  }

  private group(title: string, choices: Choice[]): TemplateResult {
    return html`${title ? html`<h3>${title}</h3>` : nothing}
      <ul class="choices">
        ${choices.map(
          (choice) =>
            html`<li>
              <button @click=${(event: MouseEvent) => event.detail <= 1 && this.done(choice.ask)}>
                ${choice.mark ? html`<span class="letter">${choice.mark}</span>` : nothing}
                <span class="text">
                  <span>${choice.label}</span>
                  ${choice.hint ? html`<span class="second">${choice.hint}</span>` : nothing}
                </span>
              </button>
            </li>`,
        )}
      </ul>`;
  }

  private search(query: string): void {
    this.query = query;
    this.requestUpdate();
  }

  private takeFirst(event: KeyboardEvent): void {
    const first = this.choices()[0]?.choices[0];
    if (event.key === "Enter" && !event.repeat && this.query && first) this.done(first.ask);
  }

  /** A digit chooses from a short list; in a field it is a digit. */
  private onKey(event: KeyboardEvent): void {
    if ((event.target as HTMLElement).closest("input, textarea")) return;
    const place = placeOf(event);
    const all = this.choices().flatMap((group) => group.choices);
    const chosen = place === null ? undefined : all.find((choice) => choice.digit === place + 1);
    if (chosen) this.done(chosen.ask);
  }

  private async showSlip(number: string): Promise<void> {
    const { citizen, line, held, absent, appointments } = this.shown.view;
    const known = [...line.first, ...held, ...absent, ...appointments];
    if (citizen) known.push({ ...citizen.ticket, until: null, since: citizen.since });
    const ticket = known.find((one) => one.number === number.trim().toUpperCase());
    const answer = ticket ? await press(`/api/v1/tickets/${ticket.id}/slip`, {}) : null;
    this.unknown = answer?.kind !== "done";
    this.slip = answer?.kind === "done" ? (answer.body as SlipView) : null;
    this.requestUpdate();
  }
}
