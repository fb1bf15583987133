// What the office published: for everybody, without a sign-in; fixed figures, files, what was withdrawn.
import { html, nothing, type TemplateResult } from "lit";
import { ask, type Got } from "./asking";
import { appearance, applyAppearance } from "./choices";
import { DeskPage } from "./desk_page";
import { madeUpMark } from "./made_up";
import type { PublishedView } from "./publication_contract";
import { number } from "./report_numbers";
import { sectionOf, stateOf } from "./report_sections";
import type { ReportView } from "./reports_contract";
import { date } from "./time";
import { sayState } from "./words";
import "./words_office";

const API = "/api/v1/published";
const FORMS = ["pdf", "xlsx", "csv"] as const;
const FORM_NAMES = { xlsx: "Excel", csv: "CSV" };

class PublishedPage extends DeskPage {
  private all: PublishedView[] = [];
  private state: Got<unknown>["state"] | null = null;
  private chosen = new URLSearchParams(location.search).get("id");
  private report: ReportView | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render(): TemplateResult {
    document.title = `${this.say("published_title")} · ${this.say("product")}`;
    const one = this.all.find((other) => other.id === this.chosen);
    return html`
      <header class="bar">
        <span class="brand">${this.officeName()}</span>
        <nav>${this.languageSwitch()} ${this.appearanceChoice()}</nav>
      </header>
      <main aria-busy=${this.state === null}>
        <h1>${this.say("published_title")}</h1>
        ${this.choice()} ${madeUpMark(this.report?.period.days_made_up)}
        ${one ? this.about(one) : nothing}
        ${this.report ? this.figures(this.report) : nothing}
      </main>
      ${this.trainingMark(this.report?.training)}
      ${this.unansweredNotice(this.state, null)}
    `;
  }

  private choice(): TemplateResult {
    if (this.state === "ready" && !this.all.length) {
      return html`<p class="second">${this.say("published_none")}</p>`;
    }
    return html`<form class="choice" @submit=${(event: Event) => event.preventDefault()}>
      <label>
        <span>${this.say("publish_month")}</span>
        <select @change=${(event: Event) => void this.choose((event.target as HTMLSelectElement).value)}>
          ${this.all.map(
            (one) => html`<option value=${one.id} ?selected=${one.id === this.chosen}>
              ${this.pick(one.name)}${one.state === "published" ? "" : ` (${sayState(this.language, "publish_state", one.state)})`}
            </option>`,
          )}
        </select>
      </label>
      ${this.report && this.chosen
        ? html`<span class="files">
            <span>${this.say("reports_files")}</span>
            ${FORMS.map(
              (form) => html`<a class="button" download href="${API}/${this.chosen}/file?form=${form}&lang=${this.language}">
                ${form === "pdf" ? this.say("reports_paper") : FORM_NAMES[form]}
              </a>`,
            )}
          </span>`
        : nothing}
    </form>`;
  }

  private about(one: PublishedView): TemplateResult {
    const day = (at: string): string => date(Date.parse(at), this.language);
    const mean = this.report?.sections[0]?.figures[0];
    return html`<section class="headline" aria-label=${this.pick(one.name)}>
      <p class="period">${this.pick(one.name)}</p>
      ${mean?.value != null
        ? html`<p class="large">
            ${mean.standing ? stateOf(mean.standing, this.language) : nothing}
            ${this.say("reports_headline", { value: number(mean.value, "min", this.language) })}
          </p>`
        : nothing}
      ${one.state === "withdrawn" && one.withdrawn_at
        ? html`<p class="notice" role="status">
            ${this.say("published_withdrawn", { day: day(one.withdrawn_at), why: one.reason })}
          </p>`
        : nothing}
      ${one.state === "replaced" ? html`<p class="notice" role="status">${this.say("published_replaced")}</p>` : nothing}
      ${one.correction && one.state !== "withdrawn"
        ? html`<p class="notice">${this.say("published_corrects", { why: one.reason })}</p>`
        : nothing}
      <p class="second">
        ${this.say("published_when", { reviewed: day(one.reviewed_at), published: day(one.published_at) })}
      </p>
      <p class="second mark-of">${this.say("published_id")} <code>${one.id.slice(0, 16)}</code></p>
    </section>`;
  }

  private figures(report: ReportView): TemplateResult {
    const reader = { language: this.language, open: () => undefined };
    return html`<div class="report">
      <nav class="sections" aria-label=${this.say("reports_sections")}>
        ${report.sections.map((one) => html`<a href="#${one.id}">${this.pick(one.title)}</a>`)}
      </nav>
      <div class="all">${report.sections.map((one) => sectionOf(one, reader))}</div>
    </div>`;
  }

  private async choose(id: string): Promise<void> {
    this.chosen = id;
    this.report = null;
    history.replaceState(null, "", `/published?id=${id}`);
    if (this.all.find((one) => one.id === id)?.state !== "withdrawn") {
      const got = await ask<ReportView>(`${API}/${id}`);
      if (got.state === "ready" && this.chosen === id) this.report = got.body;
      else if (got.state === "away") this.state = "away";
    }
    this.requestUpdate();
  }

  private async load(): Promise<void> {
    const got = await ask<PublishedView[]>(API);
    this.state = got.state;
    if (got.state === "ready") {
      this.all = got.body;
      const first = this.all.find((one) => one.id === this.chosen) ?? this.all.find((one) => one.state === "published") ?? this.all[0];
      if (first) await this.choose(first.id);
    }
    this.requestUpdate();
  }
}

applyAppearance(appearance());
customElements.define("published-page", PublishedPage);
