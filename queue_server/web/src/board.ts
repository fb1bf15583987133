// The manager's board: are we inside 15 and 30, what to do next, then line by line.
import { html, nothing, type TemplateResult } from "lit";
import { alertList } from "./board_alerts";
import { counterCards } from "./board_counters";
import type { DayCourseChart } from "./board_course";
import { deviceStrip } from "./board_devices";
import { filingsStrip } from "./board_filings";
import { headline } from "./board_headline";
import { satisfactionStrip } from "./board_satisfaction";
import { serviceTable } from "./board_services";
import { appearance, applyAppearance } from "./choices";
import { press, type Answer } from "./console_press";
import { Live } from "./live";
import type { ManagerBoardView } from "./manager_contract";
import { Page } from "./page";
import { listPage, wallTurn } from "./recent_calls";
import { staySignedIn } from "./session";
import { clock } from "./time";

const WALL = new URLSearchParams(location.search).get("wall") === "1";
/** Nobody scrolls a wall: what 1080 lines do not hold comes in turns. At a desk all is shown. */
const SERVICES_AT_ONCE = WALL ? 10 : Infinity;
const COUNTERS_AT_ONCE = WALL ? 7 : Infinity;
const PAGE_SECONDS = 15;
const NOTICE_MS = 8_000;

class ManagerBoard extends Page {
  private readonly live = new Live<ManagerBoardView>(this, {
    stream: "/api/v1/board/stream",
    event: "board",
    snapshot: "/api/v1/board",
  });
  private notice: { text: string; fault: boolean; at: number } | null = null;

  protected override firstUpdated(): void {
    // The chart comes after the figures: nobody waits for it to read the first line.
    void import("./board_course").then(() => this.requestUpdate());
  }

  protected override render(): TemplateResult {
    const view = this.live.view;
    const office = view ? this.pick(view.office.name) : this.say("product");
    document.title = `${this.say("board_title")} · ${office}`;
    return html`
      ${this.linkNotice(this.live.link, view?.at ?? null)} ${this.trainingMark(view?.office.training)}
      <header class="bar">
        <h1><span class="brand">${office}</span> <span>${this.say("board_title")}</span></h1>
        <nav>${this.linkTo("/", "all_pages")} ${this.languageSwitch()} ${this.appearanceChoice()}</nav>
        <p class="clock">${view ? clock(this.live.now()) : ""}</p>
      </header>
      ${view === null ? html`<main></main>` : this.whole(view)}
    `;
  }

  private whole(view: ManagerBoardView): TemplateResult {
    const now = this.live.now();
    const turn = WALL ? wallTurn(view.services.length, SERVICES_AT_ONCE, now, PAGE_SECONDS) : null;
    const counters = listPage(view.counters, COUNTERS_AT_ONCE, now, PAGE_SECONDS);
    return html`<main>
      ${headline(view, now, this.language)}
      <div class="column">
        ${turn?.outlook ? this.outlook(view, now) : this.lines(view, now, turn?.page ?? null)}
      </div>
      <div class="column">
        ${WALL ? nothing : this.outlook(view, now)}
        ${counterCards(counters, view, now, this.language)}
        ${WALL ? nothing : filingsStrip(view.filings, this.language)}
        ${view.devices.length > 0 ? deviceStrip(view.devices, this.language) : nothing}
      </div>
    </main>`;
  }

  /** Alerts stand before the lines; a wall has no hands, so there only the lines. */
  private lines(view: ManagerBoardView, now: number, page: number | null): TemplateResult {
    const services = listPage(view.services, SERVICES_AT_ONCE, now, PAGE_SECONDS, page);
    return html`
      ${WALL ? nothing : this.alerts(view)} ${serviceTable(services, view, now, this.language)}
    `;
  }

  private alerts(view: ManagerBoardView): TemplateResult {
    return alertList(view, this.language, (...asked) => void this.ask(...asked), this.noticeLine());
  }

  private outlook(view: ManagerBoardView, now: number): TemplateResult {
    return html`<div class="outlook">
      <day-course
        .course=${view.course}
        .targets=${view.targets}
        .now=${now}
        .language=${this.language}
      ></day-course>
      ${satisfactionStrip(view.satisfaction, this.language)}
    </div>`;
  }

  private noticeLine(): TemplateResult {
    const notice = this.notice;
    const shown = notice !== null && Date.now() - notice.at < NOTICE_MS;
    return html`<p class="notice ${notice?.fault ? "fault" : ""}" role="status">
      ${shown ? notice.text : nothing}
    </p>`;
  }

  private async ask(counter: number, service: string, name: string): Promise<void> {
    const answer = await press(`/api/v1/counters/${counter}/ask`, { service });
    if (answer.kind === "done") await this.live.refresh();
    this.notice =
      answer.kind === "done"
        ? { text: this.say("ask_sent", { counter: name }), fault: false, at: Date.now() }
        : { text: this.refusal(answer), fault: true, at: Date.now() };
    this.requestUpdate();
  }

  private refusal(answer: Answer): string {
    if (answer.kind !== "refused") return this.say("server_away");
    return this.language === "vi" ? answer.problem.title_vi : answer.problem.title;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "day-course": DayCourseChart;
  }
}

document.documentElement.classList.toggle("wall", WALL);
applyAppearance(appearance());
staySignedIn();
customElements.define("manager-board", ManagerBoard);
