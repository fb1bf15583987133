// The sheet of work by person: figures from events, the visits behind each, the right to appeal.
import { html, nothing, type TemplateResult } from "lit";
import { ask, type Got } from "./asking";
import { appearance, applyAppearance } from "./choices";
import { DeskPage } from "./desk_page";
import { madeUpMark } from "./made_up";
import { neighbour } from "./report_periods";
import { sectionOf } from "./report_sections";
import "./report_visits";
import type { Opened } from "./report_visits";
import type { ReportView } from "./reports_contract";
import { address, KINDS, type Asked, type Kind } from "./reports_data";
import { staySignedIn } from "./session";
import { StaffAppeals } from "./staff_appeals";
import "./words_office";

const FORMS = ["pdf", "xlsx", "csv"] as const;
const FORM_NAMES = { xlsx: "Excel", csv: "CSV" };
const AGAIN_MS = 3_000;

class StaffPage extends DeskPage {
  private asked: Asked = { kind: "month", on: "", from: "", to: "" };
  private got: Got<ReportView> | null = null;
  private shown: ReportView | null = null;
  private opened: Opened | null = null;
  private readonly appeals = new StaffAppeals({
    say: (key, values) => this.say(key, values),
    pick: (both) => this.pick(both),
    language: () => this.language,
    changed: () => this.requestUpdate(),
  });

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
    void this.appeals.load();
  }

  protected override render(): TemplateResult {
    document.title = `${this.say("staff_title")} · ${this.say("product")}`;
    const state = this.got?.state;
    return html`
      ${this.deskBar(null)}
      <main aria-busy=${this.got === null}>
        <h1>${this.say("staff_title")}</h1>
        ${this.choice()} ${this.notice()} ${madeUpMark(this.shown?.period.days_made_up)}
        ${this.shown ? this.sheet(this.shown) : nothing}
      </main>
      <report-visits
        .opened=${this.opened}
        .asked=${this.asked}
        .language=${this.language}
        .services=${{}}
        .done=${() => this.open(null)}
      ></report-visits>
      ${this.trainingMark(this.shown?.training)}
      ${this.unansweredNotice(state, this.shown?.made_at ?? null)}
    `;
  }

  private choice(): TemplateResult {
    return html`<form class="choice" @submit=${(event: Event) => event.preventDefault()}>
      <label>
        <span>${this.say("reports_kind")}</span>
        <select @change=${(event: Event) => this.ask({ kind: typed(event) as Kind })}>
          ${KINDS.filter((one) => one !== "range").map(
            (one) => html`<option value=${one} ?selected=${one === this.asked.kind}>
              ${this.say(`reports_kind_${one}`)}
            </option>`,
          )}
        </select>
      </label>
      <label>
        <span>${this.say("reports_on")}</span>
        <input
          type="date"
          .value=${this.asked.on || this.shown?.period.last || ""}
          @change=${(event: Event) => this.ask({ on: typed(event) })}
        />
      </label>
      <span class="steps">
        <button type="button" @click=${() => this.step(-1)}>‹ ${this.say("reports_earlier")}</button>
        <button type="button" @click=${() => this.step(1)}>${this.say("reports_later")} ›</button>
      </span>
      ${this.shown
        ? html`<span class="files">
            <span>${this.say("reports_files")}</span>
            ${FORMS.map(
              (form) => html`<a
                class="button"
                download
                href=${address(this.asked, "/staff/file", { form, lang: this.language })}
              >
                ${form === "pdf" ? this.say("reports_paper") : FORM_NAMES[form]}
              </a>`,
            )}
          </span>`
        : nothing}
    </form>`;
  }

  private notice(): TemplateResult | typeof nothing {
    const got = this.got;
    if (got === null) return html`<p class="notice" role="status">${this.say("reports_loading")}</p>`;
    if (got.state !== "refused") return nothing;
    const words = got.code === "still_counting" ? "reports_counting" : "reports_refused";
    return html`<p class="notice" role="status">${this.say(words, { detail: got.detail })}</p>`;
  }

  private sheet(view: ReportView): TemplateResult {
    const reader = {
      language: this.language,
      open: (opens: string, what: string, day?: string) => this.open({ opens, what, day }),
    };
    const rows = view.sections[0]?.tables?.[0]?.rows ?? [];
    const own = rows.some((one) => one.label.vi === this.appeals.you);
    return html`<section class="headline" aria-label=${this.pick(view.period.name)}>
        <p class="period">${this.pick(view.period.name)}</p>
        <p class="second">${this.say(rows.length ? "staff_from" : "staff_nobody")}</p>
      </section>
      <div class="all">${view.sections.map((one) => sectionOf(one, reader))}</div>
      ${this.appeals.render(view.period, own)}`;
  }

  private ask(change: Partial<Asked>): void {
    this.asked = { ...this.asked, ...change };
    void this.load();
  }

  private step(way: -1 | 1): void {
    const period = this.shown?.period;
    if (period) this.ask({ on: neighbour(period.first, period.last, way) });
  }

  private open(opened: Opened | null): void {
    if (opened === this.opened) return;
    this.opened = opened;
    this.requestUpdate();
  }

  private async load(): Promise<void> {
    const asked = this.asked;
    this.got = null;
    this.requestUpdate();
    const got = await ask<ReportView>(address(asked, "/staff"));
    if (asked !== this.asked) return; // another period was chosen meanwhile
    this.got = got;
    if (got.state === "ready") this.shown = got.body;
    if (got.state === "away" || (got.state === "refused" && got.code === "still_counting")) {
      window.setTimeout(() => void this.load(), AGAIN_MS);
    }
    this.requestUpdate();
  }
}

function typed(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}

applyAppearance(appearance());
staySignedIn();
customElements.define("staff-page", StaffPage);
