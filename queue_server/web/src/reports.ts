// Reports: choose a period, read the figures, open what is behind them, take the files along.
import { html, nothing, type TemplateResult } from "lit";
import { appearance, applyAppearance } from "./choices";
import { ask } from "./asking";
import type { ServiceView, SignedIn } from "./contract";
import { DeskPage } from "./desk_page";
import { madeUpMark } from "./made_up";
import { neighbour, shifted } from "./report_periods";
import { number } from "./report_numbers";
import { sectionOf, stateOf } from "./report_sections";
import "./report_visits";
import type { Opened } from "./report_visits";
import type { ReportView } from "./reports_contract";
import { address, KINDS, report, type Asked, type Got, type Kind } from "./reports_data";
import { SESSION, staySignedIn } from "./session";
import { clock } from "./time";
import "./words_office";

const AGAIN_MS = 3_000;
const FORMS = ["pdf", "xlsx", "csv"] as const;
const FORM_NAMES = { xlsx: "Excel", csv: "CSV" };

class ReportsPage extends DeskPage {
  private asked: Asked = fromAddress();
  private got: Got<ReportView> | null = null;
  private shown: ReportView | null = null;
  private opened: Opened | null = null;
  private services: Record<string, ServiceView> = {};
  private waiting = 0;
  /** Whether who signed in leads the office, and so has doors from here. */
  private leads = false;
  private readonly back = (): void => {
    this.asked = fromAddress();
    void this.load();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("popstate", this.back);
    void this.load();
    void this.names();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("popstate", this.back);
    window.clearTimeout(this.waiting);
  }

  protected override render(): TemplateResult {
    document.title = `${this.say("reports_title")} · ${this.say("product")}`;
    const state = this.got?.state;
    return html`
      ${this.deskBar(
        null,
        this.linkTo("/board", "reports_board"),
        this.leads ? this.linkTo("/publications", "open_publications") : nothing,
        this.leads ? this.linkTo("/staff", "open_staff") : nothing,
      )}
      <main aria-busy=${this.got === null}>
        <h1>${this.say("reports_title")}</h1>
        ${this.choice()} ${this.notice()} ${madeUpMark(this.shown?.period.days_made_up)}
        ${this.shown ? this.whole(this.shown) : nothing}
      </main>
      <report-visits
        .opened=${this.opened}
        .asked=${this.asked}
        .language=${this.language}
        .services=${this.serviceNames()}
        .done=${() => this.open(null)}
      ></report-visits>
      ${this.trainingMark(this.shown?.training)}
      ${this.unansweredNotice(state, this.shown?.made_at ?? null)}
    `;
  }

  private choice(): TemplateResult {
    const { kind, on, from, to } = this.asked;
    const range = kind === "range";
    return html`<form class="choice" @submit=${(event: Event) => event.preventDefault()}>
      <label>
        <span>${this.say("reports_kind")}</span>
        <select @change=${(event: Event) => this.ask({ kind: value(event) as Kind })}>
          ${KINDS.map(
            (one) =>
              html`<option value=${one} ?selected=${one === kind}>
                ${this.say(`reports_kind_${one}`)}
              </option>`,
          )}
        </select>
      </label>
      ${range
        ? html`${this.day("reports_from", from, (day) => ({ from: day }))}
          ${this.day("reports_to", to, (day) => ({ to: day }))}`
        : this.day("reports_on", on || this.shown?.period.last || "", (day) => ({ on: day }))}
      <span class="steps">
        <button type="button" @click=${() => this.step(-1)}>‹ ${this.say("reports_earlier")}</button>
        <button type="button" @click=${() => this.step(1)}>${this.say("reports_later")} ›</button>
      </span>
      ${this.shown && this.got?.state === "ready" ? this.files() : nothing}
    </form>`;
  }

  private day(
    label: "reports_on" | "reports_from" | "reports_to",
    day: string,
    change: (day: string) => Partial<Asked>,
  ): TemplateResult {
    return html`<label>
      <span>${this.say(label)}</span>
      <input type="date" .value=${day} @change=${(event: Event) => this.ask(change(value(event)))} />
    </label>`;
  }

  private files(): TemplateResult {
    return html`<span class="files">
      <span>${this.say("reports_files")}</span>
      ${FORMS.map(
        (form) =>
          html`<a class="button" download href=${address(this.asked, "/file", { form, lang: this.language })}>
            ${form === "pdf" ? this.say("reports_paper") : FORM_NAMES[form]}
          </a>`,
      )}
    </span>`;
  }

  private notice(): TemplateResult | typeof nothing {
    const { kind, from, to } = this.asked;
    if (kind === "range" && (!from || !to || from > to)) {
      return html`<p class="notice" role="status">${this.say("reports_choose_range")}</p>`;
    }
    const got = this.got;
    if (got === null) return html`<p class="notice" role="status">${this.say("reports_loading")}</p>`;
    if (got.state === "counting" || got.state === "refused") {
      const words = got.state === "counting" ? "reports_counting" : "reports_refused";
      return html`<p class="notice" role="status">${this.say(words, { detail: got.detail })}</p>`;
    }
    return nothing;
  }

  private whole(view: ReportView): TemplateResult {
    const { period } = view;
    const mean = view.sections[0]?.figures[0];
    const reader = {
      language: this.language,
      open: (opens: string, what: string, day?: string) => this.open({ opens, what, day }),
    };
    const seq = number(view.seq, "count", this.language);
    return html`
      <section class="headline" aria-label=${this.say("reports_title")}>
        <p class="period">${this.pick(period.name)}</p>
        ${mean?.value != null
          ? html`<p class="large">
              ${mean.standing ? stateOf(mean.standing, this.language) : nothing}
              ${this.say("reports_headline", { value: number(mean.value, "min", this.language) })}
              ${mean.standing
                ? html`<span class="state">${this.say(`reports_${mean.standing}`)}</span>`
                : nothing}
            </p>`
          : html`<p class="large">${this.say("reports_nothing")}</p>`}
        <p class="second">
          ${[
            this.say("reports_days", { n: period.days_worked }),
            period.complete ? "" : this.say("reports_running"),
            period.days_inaccurate
              ? this.say("reports_inaccurate", { n: period.days_inaccurate })
              : "",
            this.say("reports_made", { time: clock(view.made_at), seq }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </section>
      <div class="report">
        <nav class="sections" aria-label=${this.say("reports_sections")}>
          ${view.sections.map(
            (one) => html`<a href="#${one.id}">${this.pick(one.title)}</a>`,
          )}
        </nav>
        <div class="all">${view.sections.map((one) => sectionOf(one, reader))}</div>
      </div>
    `;
  }

  private serviceNames(): Record<string, string> {
    const named = Object.values(this.services).map((one) => [one.id, this.pick(one.name)]);
    return Object.fromEntries(named) as Record<string, string>;
  }

  private ask(change: Partial<Asked>): void {
    this.asked = { ...this.asked, ...change };
    if (this.asked.kind === "range" && change.kind === "range" && this.shown) {
      this.asked.from ||= this.shown.period.first;
      this.asked.to ||= this.shown.period.last;
    }
    history.pushState(null, "", toAddress(this.asked));
    void this.load();
  }

  private step(way: -1 | 1): void {
    const period = this.shown?.period;
    if (!period) return;
    if (this.asked.kind === "range") {
      const [from, to] = shifted(this.asked.from, this.asked.to, way);
      this.ask({ from, to });
    } else this.ask({ on: neighbour(period.first, period.last, way) });
  }

  private open(opened: Opened | null): void {
    if (opened === this.opened) return;
    this.opened = opened;
    this.requestUpdate();
  }

  private async load(): Promise<void> {
    window.clearTimeout(this.waiting);
    const asked = this.asked;
    if (asked.kind === "range" && (!asked.from || !asked.to || asked.from > asked.to)) {
      this.shown = null;
      this.requestUpdate();
      return;
    }
    this.got = null;
    this.requestUpdate();
    const got = await report(asked);
    if (asked !== this.asked) return; // another period was chosen meanwhile
    this.got = got;
    if (got.state === "ready") this.shown = got.body;
    else if (got.state === "refused") this.shown = null;
    if (got.state === "counting" || got.state === "away") {
      this.waiting = window.setTimeout(() => void this.load(), AGAIN_MS);
    }
    this.requestUpdate();
  }

  private async names(): Promise<void> {
    const me = await ask<SignedIn>(SESSION);
    this.leads = me.state === "ready" && ["admin", "manager"].includes(me.body.role);
    this.requestUpdate();
    try {
      const answer = await fetch("/api/v1/services");
      if (!answer.ok) return;
      const found = (await answer.json()) as ServiceView[];
      this.services = Object.fromEntries(found.map((one) => [one.id, one]));
      this.requestUpdate();
    } catch {
      // Ids stand where names would be.
    }
  }
}

function fromAddress(): Asked {
  const query = new URLSearchParams(location.search);
  const kind = query.get("kind") as Kind | null;
  return {
    kind: kind !== null && KINDS.includes(kind) ? kind : "month",
    on: query.get("on") ?? "",
    from: query.get("from") ?? "",
    to: query.get("to") ?? "",
  };
}

function toAddress({ kind, on, from, to }: Asked): string {
  const kept = new URLSearchParams(location.search);
  for (const name of ["kind", "on", "from", "to"]) kept.delete(name);
  kept.set("kind", kind);
  if (kind === "range") {
    kept.set("from", from);
    kept.set("to", to);
  } else if (on) kept.set("on", on);
  return `/reports?${kept}`;
}

function value(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}

applyAppearance(appearance());
staySignedIn();
customElements.define("reports-page", ReportsPage);
