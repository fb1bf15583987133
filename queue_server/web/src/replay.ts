// A past day on the board: scrub through its minutes, put another day or other rules beside it.
import { html, nothing, type TemplateResult } from "lit";
import { alertList } from "./board_alerts";
import { counterCards } from "./board_counters";
import "./board_course";
import { headline } from "./board_headline";
import { satisfactionStrip } from "./board_satisfaction";
import { serviceTable } from "./board_services";
import { appearance, applyAppearance } from "./choices";
import type { ManagerBoardView } from "./manager_contract";
import { madeUpMark } from "./made_up";
import { Page } from "./page";
import { listPage } from "./recent_calls";
import { compareTable, rulesTable } from "./replay_compare";
import { ReplayedDay } from "./replay_day";
import type { ReplayDays, RulesTried } from "./replay_contract";
import { staySignedIn } from "./session";
import { clock, minuteClock } from "./time";

const ROOT = "/api/v1/replay/days";
const STEP_MS = 180;

class DayReplay extends Page {
  private days: string[] | null = null;
  private refused: "signed_out" | "not_allowed" | "lost" | null = null;
  private one: ReplayedDay | null = null;
  private other: ReplayedDay | null = null;
  private minute = 0;
  private timer = 0;
  private loading = false;
  private rules: RulesTried | "asked" | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.begin();
  }

  private async begin(): Promise<void> {
    const found = await this.get<ReplayDays>(ROOT);
    if (found === null) return;
    this.days = found.days;
    const asked = new URLSearchParams(location.search);
    const day = asked.get("day") ?? found.days.at(-1);
    if (day) await this.choose(day);
    const other = asked.get("with");
    if (other) await this.compare(other);
  }

  private async get<T>(url: string): Promise<T | null> {
    try {
      const answer = await fetch(url);
      if (answer.ok) return (await answer.json()) as T;
      this.refused = answer.status === 401 ? "signed_out" : answer.status === 403 ? "not_allowed" : "lost";
    } catch {
      this.refused = "lost";
    }
    this.requestUpdate();
    return null;
  }

  private async choose(day: string): Promise<void> {
    this.stop();
    this.rules = null;
    this.one = await this.opened(day);
    if (this.one) {
      this.minute = Math.min(Math.max(this.minute || this.one.last, this.one.first), this.one.last);
      this.show(this.minute);
    }
    this.requestUpdate();
  }

  /** The first look at a day plays it on the server; whoever waits for that is told. */
  private async opened(day: string): Promise<ReplayedDay | null> {
    this.loading = true;
    this.requestUpdate();
    const found = await ReplayedDay.open(ROOT, day, () => this.requestUpdate());
    this.loading = false;
    return found;
  }

  private async compare(day: string): Promise<void> {
    this.other = day ? await this.opened(day) : null;
    this.show(this.minute);
  }

  private show(minute: number): void {
    this.minute = minute;
    this.one?.want(minute);
    this.other?.want(minute);
    this.requestUpdate();
  }

  private play(): void {
    if (this.timer) return this.stop();
    if (this.one && this.minute >= this.one.last) this.minute = this.one.first;
    this.timer = window.setInterval(() => {
      if (!this.one || this.minute >= this.one.last) this.stop();
      else this.show(this.minute + 1);
    }, STEP_MS);
    this.requestUpdate();
  }

  private stop(): void {
    window.clearInterval(this.timer);
    this.timer = 0;
    this.requestUpdate();
  }

  private async tryRules(): Promise<void> {
    if (!this.one) return;
    const day = this.one.day;
    this.rules = "asked";
    this.requestUpdate();
    // One after the other: each row is there to be read while the next is tried.
    let found = null as RulesTried | null;
    do {
      const next: RulesTried | null = await this.get<RulesTried>(`${ROOT}/${day}/rules?only=${found?.rules.length ?? 0}`);
      if (this.one?.day !== day) return; // another day was chosen meanwhile
      if (next && found) next.rules = [...found.rules, ...next.rules];
      this.rules = found = next;
      this.requestUpdate();
    } while (found && found.rules.length < found.of);
  }

  protected override render(): TemplateResult {
    const view = this.one?.view ?? null;
    document.title = `${this.say("replay_title")} · ${view ? this.pick(view.office.name) : this.say("product")}`;
    return html`
      ${this.refused ? this.linkNotice(this.refused, null) : nothing}
      ${this.trainingMark(view?.office.training)}
      <header class="bar">
        <h1>
          <span class="brand">${view ? this.pick(view.office.name) : this.say("product")}</span>
          <span>${this.say("replay_title")}</span>
        </h1>
        <nav>
          ${this.linkTo("/", "all_pages")} ${this.linkTo("/board", "board_title")}
          ${this.languageSwitch()} ${this.appearanceChoice()}
        </nav>
      </header>
      <main>${this.days === null ? nothing : this.whole(this.days, view)}</main>
    `;
  }

  private whole(days: string[], view: ManagerBoardView | null): TemplateResult {
    if (days.length === 0) return html`<p>${this.say("replay_no_days")}</p>`;
    return html`
      ${this.controls(days)}
      ${madeUpMark([this.one, this.other].filter((one) => one?.madeUp).length)}
      ${this.loading && view !== null ? html`<p role="status">${this.say("replay_loading")}</p>` : nothing}
      ${view === null
        ? html`<p role="status">${this.say("replay_loading")}</p>`
        : html`${this.compared(view)}
            <div class="replayed">${this.board(view)}</div>
            ${this.ruled()}`}
    `;
  }

  private controls(days: string[]): TemplateResult {
    const { one, minute } = this;
    const newest = [...days].reverse();
    return html`<section class="controls" aria-label=${this.say("replay_controls")}>
      <label>
        <span>${this.say("replay_day")}</span>
        <select @change=${(event: Event) => void this.choose((event.target as HTMLSelectElement).value)}>
          ${newest.map((day) => html`<option value=${day} ?selected=${day === one?.day}>${this.dayWords(day)}</option>`)}
        </select>
      </label>
      <label>
        <span>${this.say("replay_with")}</span>
        <select @change=${(event: Event) => void this.compare((event.target as HTMLSelectElement).value)}>
          <option value="">${this.say("replay_with_none")}</option>
          ${newest.map(
            (day) =>
              html`<option value=${day} ?selected=${day === this.other?.day}>${this.dayWords(day)}</option>`,
          )}
        </select>
      </label>
      ${one === null ? nothing : this.scrubber(one, minute)}
    </section>`;
  }

  private scrubber(one: ReplayedDay, minute: number): TemplateResult {
    return html`<div class="scrub">
      <button class="main" @click=${() => this.play()}>
        ${this.say(this.timer ? "replay_stop" : "replay_play")}
      </button>
      <input
        type="range"
        aria-label=${this.say("replay_minute")}
        aria-valuetext=${minuteClock(minute)}
        min=${one.first}
        max=${one.last}
        .value=${String(minute)}
        @input=${(event: Event) => {
          this.stop();
          this.show(Number((event.target as HTMLInputElement).value));
        }}
      />
      <output>${minuteClock(minute)}</output>
    </div>`;
  }

  private dayWords(day: string): string {
    const locale = this.language === "vi" ? "vi-VN" : "en-GB";
    const format = { weekday: "short", day: "2-digit", month: "2-digit", year: "numeric" } as const;
    return new Intl.DateTimeFormat(locale, format).format(new Date(`${day}T12:00:00`));
  }

  private board(view: ManagerBoardView): TemplateResult {
    const now = Date.parse(view.at);
    const all = <T,>(items: T[]) => listPage(items, Infinity, now, 1);
    return html`
      ${headline(view, now, this.language)}
      ${view.alerts.length > 0 ? alertList(view, this.language, () => undefined, html``) : nothing}
      ${serviceTable(all(view.services), view, now, this.language)}
      <div class="outlook">
        <day-course
          .course=${view.course}
          .targets=${view.targets}
          .now=${now}
          .language=${this.language}
        ></day-course>
        ${satisfactionStrip(view.satisfaction, this.language)}
      </div>
      ${counterCards(all(view.counters), view, now, this.language)}
    `;
  }

  private compared(view: ManagerBoardView): TemplateResult | typeof nothing {
    const other = this.other;
    if (other === null || other.view === null) return nothing;
    const names = [this.dayWords(view.day), this.dayWords(other.view.day)] as const;
    return compareTable(view, other.view, names, clock(view.at), this.language);
  }

  private ruled(): TemplateResult {
    if (this.rules === "asked") return html`<p role="status">${this.say("replay_rules_wait")}</p>`;
    if (this.rules) {
      const { rules, of } = this.rules;
      return html`${rulesTable(this.rules, this.language)}
        ${rules.length < of
          ? html`<p role="status">
              <progress max=${of} value=${rules.length} aria-label=${this.say("replay_rules_wait")}></progress>
              ${this.say("replay_rules_wait")} ${rules.length} / ${of}
            </p>`
          : nothing}`;
    }
    return html`<p>
      <button @click=${() => void this.tryRules()}>${this.say("replay_rules")}</button>
    </p>`;
  }
}

applyAppearance(appearance());
staySignedIn();
customElements.define("day-replay", DayReplay);
