// Appeals under the sheet: what was said, the clock of its answer, the forms of clerk and leader.
import { html, nothing, type TemplateResult } from "lit";
import type { AppealsView, AppealView } from "./appeal_contract";
import { ask } from "./asking";
import { dayName } from "./booking_time";
import { textField, type PageParts } from "./complaint_form";
import { clockWords, standing } from "./complaint_sheet";
import { waitMark } from "./marks";
import type { PeriodView } from "./reports_contract";
import type { WordKey } from "./words";
import "./words_office";

const APPEALS = "/api/v1/staff-appeals";
const VERDICTS = ["wrong", "right"] as const;

export class StaffAppeals {
  private view: AppealsView | null = null;
  private figure = "";
  private number = "";
  private text = "";
  private verdict: Record<string, string> = {};
  private reply: Record<string, string> = {};
  private told: { words: WordKey; detail: string; fault: boolean } | null = null;
  private writing = false;
  private busy = false;

  constructor(private readonly parts: PageParts) {}

  /** Whose name the sheet may know; empty until the first answer. */
  get you(): string {
    return this.view?.you ?? "";
  }

  async load(): Promise<void> {
    const got = await ask<AppealsView>(APPEALS);
    if (got.state === "ready") this.view = got.body;
    this.parts.changed(false);
  }

  /** `own`: whether the sheet shows a row of who reads it. */
  render(period: PeriodView, own: boolean): TemplateResult | typeof nothing {
    const { say } = this.parts;
    const view = this.view;
    if (view === null) return nothing;
    return html`<section class="appeals" aria-labelledby="appeals">
      <h2 id="appeals">
        ${say("staff_appeals")}
        <small>${say("staff_appeals_open", { n: view.open, late: view.late })}</small>
      </h2>
      <div aria-live="polite">
        ${this.told
          ? html`<p class="notice ${this.told.fault ? "fault" : ""}">
              ${say(this.told.words, { detail: this.told.detail })}
            </p>`
          : nothing}
      </div>
      ${own && view.may_appeal ? this.form(period, view) : nothing}
      ${view.appeals.length === 0 ? html`<p>${say("staff_appeals_none")}</p>` : nothing}
      <ul>
        ${view.appeals.map((one) => this.row(one, view))}
      </ul>
    </section>`;
  }

  private form(period: PeriodView, view: AppealsView): TemplateResult {
    const { say, pick } = this.parts;
    return html`<details
      class="appeal"
      .open=${this.writing}
      @toggle=${(event: Event) => (this.writing = (event.target as HTMLDetailsElement).open)}
    >
      <summary>${say("staff_appeal_new")}</summary>
      <form
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.file(period, view);
        }}
      >
        <p class="second">${say("staff_appeal_of", { period: pick(period.name) })}</p>
        <label class="field">
          <span>${say("staff_appeal_figure")}</span>
          <select @change=${(event: Event) => (this.figure = typed(event))}>
            ${view.figures.map(
              (one) => html`<option value=${one.key} ?selected=${one.key === this.figure}>
                ${pick(one.name)}
              </option>`,
            )}
          </select>
        </label>
        <label class="field">
          <span>${say("staff_appeal_number")}</span>
          <input
            maxlength="12"
            autocomplete="off"
            .value=${this.number}
            @input=${(event: Event) => (this.number = typed(event))}
          />
        </label>
        ${textField(this.parts, "staff_appeal_text", this.text, (text) => (this.text = text))}
        <button class="main" ?disabled=${this.busy}>${say("staff_appeal_send")}</button>
      </form>
    </details>`;
  }

  private row(one: AppealView, view: AppealsView): TemplateResult {
    const { say, pick, language } = this.parts;
    const days = one.first === one.last ? plain(one.first) : `${plain(one.first)} – ${plain(one.last)}`;
    return html`<li>
      <p>
        <strong>${one.by}</strong> · ${pick(one.figure_name)} · ${days}
        ${one.number ? html` · ${say("complaint_ticket", { number: one.number })}` : nothing}
      </p>
      <q>${one.text}</q>
      <p class="second">${say("staff_appeal_sent", { day: dayName(one.at.slice(0, 10), language()) })}</p>
      <p class="deadline">
        ${waitMark(standing(one.clock))}
        <strong>${clockWords(one.clock, say, language())}</strong>
        <span class="second">${say("complaint_due", { day: dayName(one.clock.due, language()) })}</span>
      </p>
      ${one.verdict === null
        ? this.awaited(one, view)
        : html`<div class="answer">
            <p>
              <strong>${say(`staff_appeal_${one.verdict}`)}</strong>
              <span class="second">${say("staff_appeal_by", { by: one.answered_by ?? "" })}</span>
            </p>
            <q>${one.answer}</q>
          </div>`}
    </li>`;
  }

  /** Who appealed waits; who leads answers, under a name of their own. */
  private awaited(one: AppealView, view: AppealsView): TemplateResult {
    if (view.may_answer && one.by !== view.you) return this.answering(one);
    const words = one.by === view.you ? "staff_appeal_wait" : "staff_appeal_by_name";
    return html`<p class="second">${this.parts.say(words)}</p>`;
  }

  private answering(one: AppealView): TemplateResult {
    const { say } = this.parts;
    return html`<form
      class="answering"
      aria-label="${say("staff_appeal_answer")}, ${one.by}"
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.answer(one);
      }}
    >
      <fieldset>
        <legend>${say("staff_appeal_checked")}</legend>
        ${VERDICTS.map(
          (verdict) => html`<label class="choice-of-two">
            <input
              type="radio"
              name="verdict-${one.id}"
              value=${verdict}
              required
              .checked=${this.verdict[one.id] === verdict}
              @change=${() => (this.verdict[one.id] = verdict)}
            />
            <span>${say(`staff_appeal_${verdict}`)}</span>
          </label>`,
        )}
      </fieldset>
      ${textField(this.parts, "staff_appeal_reply", this.reply[one.id] ?? "", (text) => {
        this.reply[one.id] = text;
      })}
      <button class="main" ?disabled=${this.busy}>${say("staff_appeal_answer")}</button>
    </form>`;
  }

  private async file(period: PeriodView, view: AppealsView): Promise<void> {
    const number = this.number.trim().toUpperCase();
    const done = await this.send(APPEALS, "staff_appeal_kept", this.text, {
      first: period.first,
      last: period.last,
      figure: this.figure || view.figures[0]?.key,
      number: number || null,
    });
    if (!done) return;
    this.text = this.number = "";
    this.writing = false;
    this.parts.changed(false);
  }

  private async answer(one: AppealView): Promise<void> {
    const url = `${APPEALS}/${encodeURIComponent(one.id)}/answer`;
    const body = { verdict: this.verdict[one.id] };
    await this.send(url, "staff_appeal_answered", this.reply[one.id] ?? "", body);
  }

  /** Sent again after a lost answer it is the same appeal, or the same answer. */
  private async send(url: string, words: WordKey, text: string, body: object): Promise<boolean> {
    if (!text.trim()) {
      this.told = { words: "complaint_must_say", detail: "", fault: true };
      this.parts.changed(false);
      return false;
    }
    this.busy = true;
    const got = await ask<AppealView>(url, "POST", { ...body, text });
    this.busy = false;
    const done = got.state === "ready";
    if (done) this.told = { words, detail: "", fault: false };
    else if (got.state === "refused")
      this.told = { words: "staff_appeal_refused", detail: got.detail, fault: true };
    else this.told = { words: got.state === "away" ? "server_away" : "not_allowed", detail: "", fault: true };
    await this.load();
    return done;
  }
}

/** `23/11/2026` */
function plain(day: string): string {
  return day.split("-").reverse().join("/");
}

function typed(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}
