// The list behind a figure: its visits, and the events of each, in a dialog over the report.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { HistoryEntry } from "./contract";
import { number } from "./report_numbers";
import type { ReportDossier, ReportOther, ReportVisit } from "./reports_contract";
import { story, visits, type Asked } from "./reports_data";
import { clock } from "./time";
import { pick, say, sayState, type Language, type WordKey } from "./words";
import "./words_office";

/** What was asked to be opened. */
export interface Opened {
  opens: string;
  what: string;
  /** One day of the period only. */
  day?: string | undefined;
}

const HEAD = ["day", "number", "service", "came", "called", "wait", "served", "counter"] as const;

export class ReportVisitsDialog extends LitElement {
  static override properties = {
    opened: { attribute: false },
    asked: { attribute: false },
    language: { attribute: false },
    services: { attribute: false },
  };

  declare opened: Opened | null;
  declare asked: Asked;
  declare language: Language;
  /** Names of services by id. */
  declare services: Record<string, string>;
  done: () => void = () => undefined;
  private rows: ReportVisit[] = [];
  private files: ReportDossier[] = [];
  private others: ReportOther[] = [];
  private total = 0;
  private next: string | null = null;
  private busy = false;
  private stories: Record<string, HistoryEntry[]> = {};

  protected override createRenderRoot(): this {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("opened") || !this.opened) return;
    this.rows = [];
    this.files = [];
    this.others = [];
    this.total = 0;
    this.next = null;
    this.stories = {};
    void this.more();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const dialog = this.querySelector("dialog");
    if (!dialog || !changed.has("opened")) return;
    if (this.opened && !dialog.open) dialog.showModal();
    if (!this.opened && dialog.open) dialog.close();
  }

  protected override render(): TemplateResult {
    const { language } = this;
    return html`<dialog aria-labelledby="behind" @close=${() => this.done()}>
      ${this.opened
        ? html`<header>
              <h2 id="behind">${this.opened.what}</h2>
              <button class="quiet" @click=${() => this.done()}>${say(language, "reports_close")}</button>
            </header>
            <p class="second" role="status">
              ${this.busy && !this.total
                ? say(language, "connecting")
                : say(language, "reports_visits", { n: this.total })}
            </p>
            ${this.rows.length ? this.table() : nothing}
            ${this.files.length ? this.dossiers() : nothing}
            ${this.others.length ? this.windows() : nothing}
            ${this.next !== null
              ? html`<button ?disabled=${this.busy} @click=${() => void this.more()}>
                  ${say(language, "reports_more")}
                </button>`
              : nothing}`
        : nothing}
    </dialog>`;
  }

  private table(): TemplateResult {
    const { language } = this;
    return html`<div class="scroll" role="group" tabindex="0" aria-labelledby="behind">
      <table class="visits">
        <thead>
          <tr>
            ${HEAD.map((one) => html`<th scope="col">${say(language, `reports_${one}`)}</th>`)}
            <td></td>
          </tr>
        </thead>
        <tbody>${this.rows.map((row) => this.visit(row))}</tbody>
      </table>
    </div>`;
  }

  private dossiers(): TemplateResult {
    const { language } = this;
    const head = ["day", "dossier", "service", "at", "event"] as const;
    return html`<div class="scroll" role="group" tabindex="0" aria-labelledby="behind">
      <table class="visits">
        <thead>
          <tr>${head.map((one) => html`<th scope="col">${say(language, `reports_${one}`)}</th>`)}</tr>
        </thead>
        <tbody>
          ${this.files.map(
            (one) => html`<tr>
              <td>${one.day.split("-").reverse().join("/")}</td>
              <th scope="row">${one.code ?? one.dossier}</th>
              <td class="words">${this.services[one.service] ?? one.service}</td>
              <td>${clock(one.at)}</td>
              <td>#${one.seq}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  /** What is neither visit nor dossier; the words of complaints stand on their own page. */
  private windows(): TemplateResult {
    const { language } = this;
    const smiles = this.others.some((one) => one.what === "smile");
    const head = ["day", "at", ...(smiles ? (["people", "share"] as const) : (["what", "minutes"] as const)), "event"] as const;
    return html`<div class="scroll" role="group" tabindex="0" aria-labelledby="behind">
      <table class="visits">
        <thead>
          <tr>${head.map((one) => html`<th scope="col">${say(language, `reports_${one}`)}</th>`)}</tr>
        </thead>
        <tbody>
          ${this.others.map(
            (one) => html`<tr>
              <td>${one.day.split("-").reverse().join("/")}</td>
              <td>${clock(one.at)}</td>
              ${smiles
                ? html`<td>${one.n ?? "–"}</td>
                    <td>${one.share === null ? "–" : number(one.share, "share", language)}</td>`
                : html`<td class="words">${this.about(one)}</td>
                    <td>${one.minutes == null ? "–" : number(one.minutes, "min", language)}</td>`}
              <td>#${one.seq}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  private about(one: ReportOther): string {
    const { language } = this;
    const about = one.about ?? "";
    const kind = say(language, `reports_of_${one.what}` as WordKey);
    if (!about) return kind;
    return `${kind} ${one.what === "open" || one.what === "clerk" ? about : sayState(language, "reports_about", about)}`;
  }

  private visit(row: ReportVisit): TemplateResult {
    const { language } = this;
    const events = this.stories[row.ticket];
    const [year, month, day] = row.day.split("-");
    const minutes = (value: number | null): string => number(value, "points", language).split(" ")[0] ?? "";
    return html`<tr>
        <td>${day}/${month}/${year}</td>
        <th scope="row">${row.number}</th>
        <td class="words">${this.services[row.service] ?? row.service}</td>
        <td>${clock(row.counted_from)}</td>
        <td>${row.called_at ? clock(row.called_at) : "–"}</td>
        <td>${row.accurate ? minutes(row.wait_min) : say(language, "reports_not_accurate")}</td>
        <td>${minutes(row.served_min)}</td>
        <td>${row.counter ?? "–"}</td>
        <td>
          <button
            class="opens"
            aria-expanded=${events !== undefined}
            @click=${() => void this.toggle(row.ticket)}
          >
            ${say(language, "reports_events", { n: row.seqs.length })}
          </button>
        </td>
      </tr>
      ${events
        ? html`<tr>
            <td colspan="9" class="story">
              <ol aria-label=${say(language, "reports_story", { number: row.number })}>
                ${events.map(
                  (event) =>
                    html`<li><b>#${event.seq}</b> ${clock(event.at)} ${pick(language, event.words)}</li>`,
                )}
              </ol>
            </td>
          </tr>`
        : nothing}`;
  }

  private async more(): Promise<void> {
    const opened = this.opened;
    if (!opened) return;
    this.busy = true;
    const asked: Asked = opened.day ? { kind: "day", on: opened.day, from: "", to: "" } : this.asked;
    const got = await visits(asked, opened.opens, this.next);
    if (opened !== this.opened) return;
    this.busy = false;
    if (got.state === "ready") {
      this.rows = [...this.rows, ...got.body.visits];
      this.files = [...this.files, ...(got.body.dossiers ?? [])];
      this.others = [...this.others, ...(got.body.others ?? [])];
      this.total = got.body.total;
      this.next = got.body.after;
    }
    this.requestUpdate();
  }

  private async toggle(ticket: string): Promise<void> {
    if (this.stories[ticket]) delete this.stories[ticket];
    else {
      const got = await story(ticket);
      if (got.state === "ready") this.stories[ticket] = got.body;
    }
    this.requestUpdate();
  }
}

customElements.define("report-visits", ReportVisitsDialog);
