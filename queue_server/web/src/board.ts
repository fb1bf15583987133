// The manager's board: are we inside 15 and 30, what to do next, then line by line.
import { html, nothing, type TemplateResult } from "lit";
import { counterCards } from "./board_counters";
import { deviceStrip } from "./board_devices";
import { headline } from "./board_headline";
import { serviceTable } from "./board_services";
import type { BoardView } from "./contract";
import { appearance, applyAppearance } from "./choices";
import { Live } from "./live";
import { Page } from "./page";
import { listPage } from "./recent_calls";
import { staySignedIn } from "./session";
import { clock } from "./time";

const WALL = new URLSearchParams(location.search).get("wall") === "1";
/** Nobody scrolls a wall: what 1080 lines do not hold comes in turns. At a desk all is shown. */
const SERVICES_AT_ONCE = WALL ? 10 : Infinity;
const COUNTERS_AT_ONCE = WALL ? 7 : Infinity;
const PAGE_SECONDS = 15;

class ManagerBoard extends Page {
  private readonly live = new Live<BoardView>(this, {
    stream: "/api/v1/board/stream",
    event: "board",
    snapshot: "/api/v1/board",
  });

  protected override render(): TemplateResult {
    const view = this.live.view;
    const office = view ? this.pick(view.office.name) : this.say("product");
    document.title = `${this.say("board_title")} · ${office}`;
    return html`
      ${this.linkNotice(this.live.link, view?.at ?? null)} ${this.trainingMark(view?.office.training)}
      <header class="bar">
        <h1><span class="brand">${office}</span> <span>${this.say("board_title")}</span></h1>
        <nav>${this.languageSwitch()} ${this.appearanceChoice()}</nav>
        <p class="clock">${view ? clock(this.live.now()) : ""}</p>
      </header>
      ${view === null ? html`<main></main>` : this.whole(view)}
    `;
  }

  private whole(view: BoardView): TemplateResult {
    const now = this.live.now();
    const services = listPage(view.services, SERVICES_AT_ONCE, now, PAGE_SECONDS);
    const counters = listPage(view.counters, COUNTERS_AT_ONCE, now, PAGE_SECONDS);
    return html`<main>
      ${headline(view, now, this.language)}
      ${serviceTable(services, view.targets, now, this.language)}
      ${counterCards(counters, now, this.language)}
      ${view.devices.length > 0 ? deviceStrip(view.devices, this.language) : nothing}
    </main>`;
  }
}

document.documentElement.classList.toggle("wall", WALL);
applyAppearance(appearance());
staySignedIn();
customElements.define("manager-board", ManagerBoard);
