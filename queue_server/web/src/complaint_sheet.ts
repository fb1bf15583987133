// One complaint: what was said, which clocks run, what was done, and the steps that may follow.
import { html, nothing, type TemplateResult } from "lit";
import { dayName } from "./booking_time";
import { COMPLAINTS, tell, textField, type PageParts } from "./complaint_form";
import type { ClockView, ComplaintView } from "./complaints_contract";
import { waitMark } from "./marks";
import { clock } from "./time";
import { sayState, type Language, type WordKey } from "./words";

/** Steps that mean nothing without words. */
const MUST_SAY = new Set(["refused", "info_asked", "answered"]);
type Say = PageParts["say"];
type Standing = "on_target" | "near_limit" | "over_limit" | null;

/** The deadline that runs out next; asking for more is a possibility, not a duty. */
export function pressing(one: ComplaintView): ClockView | null {
  const running = one.clocks.filter((clock) => clock.met_at === null && clock.what !== "ask");
  return running.sort((a, b) => (a.left ?? 0) - (b.left ?? 0))[0] ?? null;
}

/** Calm, soon, or behind it: a shape and a colour; null for a possibility that was not used. */
export function standing(clock: ClockView): Standing {
  if (clock.what === "ask" && clock.met_at === null) return null;
  if (clock.late) return "over_limit";
  return clock.met_at === null && (clock.left ?? 9) <= 1 ? "near_limit" : "on_target";
}

/** What a deadline says now. */
export function clockWords(clock: ClockView, say: Say, language: Language): string {
  if (clock.met_at !== null) {
    const day = dayName(clock.met_at.slice(0, 10), language);
    return say(clock.late ? "complaint_met_late" : "complaint_met", { day });
  }
  const left = clock.left ?? 0;
  if (left < 0 && clock.what === "ask") return say("complaint_not_used");
  if (left < 0) return say("complaint_over", { n: -left });
  return left === 0 ? say("complaint_today") : say("complaint_left", { n: left });
}

export class ComplaintSheet {
  looksOnly = false;
  private one: ComplaintView | null = null;
  private note = "";
  private step = "";
  private fault: WordKey | null = null;
  private busy = false;

  constructor(private readonly parts: PageParts) {}

  get id(): string | null {
    return this.one?.id ?? null;
  }

  open(one: ComplaintView): void {
    if (one.id !== this.id) this.note = this.step = "";
    this.one = one;
    this.fault = null;
  }

  /** Take the newest of what is shown; what is being written stays. */
  follow(all: ComplaintView[]): void {
    this.one = all.find((found) => found.id === this.id) ?? this.one;
    if (this.one && !this.one.allowed.includes(this.step)) this.step = "";
  }

  render(): TemplateResult {
    const one = this.one;
    const { say, pick, language } = this.parts;
    if (one === null) return html`<p>${say("complaints_choose")}</p>`;
    const about = [
      one.service_name ? pick(one.service_name) : null,
      one.number ? say("complaint_ticket", { number: one.number }) : null,
    ].filter((part) => part !== null);
    return html`
      <h2>${one.text}</h2>
      ${about.length ? html`<p class="number">${about.join(" · ")}</p>` : nothing}
      <p class="second">${sayState(language(), "complaint_step", one.step)}</p>
      <h3>${say("complaint_clocks")}</h3>
      <dl class="clocks">
        ${one.clocks.map((clock) => this.deadline(clock))}
      </dl>
      ${this.actions(one)}
      <h3>${say("complaint_history")}</h3>
      <ol class="steps">
        <li>${say("complaint_came", { ...this.when(one.filed_at), source: sayState(language(), "complaint_source", one.source) })}</li>
        ${one.steps.map(
          (step) => html`<li>
            ${say("complaint_did", {
              ...this.when(step.at),
              step: sayState(language(), "complaint_step", step.step),
              by: step.by,
            })}
            ${step.note ? html`<q>${step.note}</q>` : nothing}
          </li>`,
        )}
      </ol>
    `;
  }

  private deadline(one: ClockView): TemplateResult {
    const { say, language } = this.parts;
    return html`<div class=${standing(one) ?? ""}>
      <dt>${sayState(language(), "complaint_clock", one.what)}</dt>
      <dd>
        ${waitMark(standing(one))} <strong>${clockWords(one, say, language())}</strong>
        <span class="second">${say("complaint_due", { day: dayName(one.due, language()) })}</span>
      </dd>
    </div>`;
  }

  private actions(one: ComplaintView): TemplateResult | typeof nothing {
    const { say, language } = this.parts;
    if (this.looksOnly) return html`<p class="second">${say("complaint_only_look")}</p>`;
    if (one.allowed.length === 0) return nothing;
    return html`
      <div class="filters">
        ${one.allowed.map(
          (step) => html`<button
            aria-pressed=${step === this.step}
            class="filter"
            @click=${() => {
              this.step = step;
              this.fault = null;
              this.parts.changed(false);
            }}
          >
            ${sayState(language(), "complaint_do", step)}
          </button>`,
        )}
      </div>
      ${this.step ? this.words(one) : nothing}
      ${this.fault ? html`<p class="trouble" role="alert">${say(this.fault)}</p>` : nothing}
    `;
  }

  private words(one: ComplaintView): TemplateResult {
    const { language } = this.parts;
    return html`<form
      class="question"
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.send(one);
      }}
    >
      ${textField(this.parts, `complaint_say_${this.step}` as WordKey, this.note, (text) => (this.note = text))}
      <button class="main" ?disabled=${this.busy}>
        ${sayState(language(), "complaint_do", this.step)}
      </button>
    </form>`;
  }

  private async send(one: ComplaintView): Promise<void> {
    if (MUST_SAY.has(this.step) && !this.note.trim()) {
      this.fault = "complaint_must_say";
      this.parts.changed(false);
      return;
    }
    this.busy = true;
    const body = { step: this.step, expected_version: one.version, note: this.note };
    this.fault = await tell(`${COMPLAINTS}/${encodeURIComponent(one.id)}/step`, body);
    this.busy = false;
    if (this.fault === null) this.note = this.step = "";
    this.parts.changed(this.fault === null || this.fault === "complaint_stale");
  }

  private when(at: string): Record<string, string> {
    return { time: clock(at), day: dayName(at.slice(0, 10), this.parts.language()) };
  }
}
