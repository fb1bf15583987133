// The public display: who is called where, the last five, and how long each line is.
import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { BoardCall, BoardService, DisplayView } from "./contract";
import { appearance, applyAppearance } from "./choices";
import { Live } from "./live";
import { arrow } from "./marks";
import { Page } from "./page";
import { recentCalls, listPage } from "./recent_calls";
import { staySignedIn } from "./session";
import { clock, date, wholeMinutes } from "./time";
import { other, say, type WordKey } from "./words";

const CALLS_BEFORE = 5;
const SERVICES_AT_ONCE = 6;
const PAGE_SECONDS = 12;

class PublicDisplay extends Page {
  private readonly live = new Live<DisplayView>(this, {
    stream: "/api/v1/display/stream",
    event: "display",
  });
  /** The call that was there when the page came up: it is not news. */
  private callAtFirst: number | null = null;

  protected override render(): TemplateResult {
    const view = this.live.view;
    document.title = view ? this.pick(view.office.name) : this.say("open_display");
    return html`
      ${this.linkNotice(this.live.link, view?.at ?? null)} ${this.trainingMark(view?.office.training)}
      ${view === null ? nothing : this.whole(view)}
    `;
  }

  private whole(view: DisplayView): TemplateResult {
    const { now, before } = recentCalls(view.calls, CALLS_BEFORE);
    this.callAtFirst ??= now?.seq ?? -1;
    return html`
      <header>
        <div>
          <h1>${this.pick(view.office.name)}</h1>
          <p class="date">${date(this.live.now(), this.language)}</p>
        </div>
        ${this.languageSwitch()}
        <p class="clock">${clock(this.live.now())}</p>
      </header>
      <main>
        <section class="calls" aria-live="polite">
          ${now === null ? this.nobody() : keyed(now.seq, this.callNow(now))}
          ${this.callsBefore(before)}
        </section>
        ${this.lines(view.services)}
      </main>
      ${view.notice ? html`<footer>${this.pick(view.notice)}</footer>` : nothing}
    `;
  }

  /** A new element for each call, so that the pulse runs once and only for what is new. */
  private callNow(call: BoardCall): TemplateResult {
    return html`<div class="now ${call.seq === this.callAtFirst ? "" : "fresh"}">
      <p class="label">
        <span>${this.both("now_calling")}</span>
        ${call.recall ? html`<span class="again">${this.say("called_again")}</span>` : nothing}
        <span>${this.both("to_counter")}</span>
      </p>
      <p class="number">${call.number}</p>
      ${arrow()}
      <p class="number counter">${call.counter}</p>
      ${this.counterName(call)}
    </div>`;
  }

  /** A counter's own name, where it says more than its number. */
  private counterName(call: BoardCall): TemplateResult | typeof nothing {
    const name = this.pick(call.counter_name);
    const plain = this.say("counter_n", { n: call.counter });
    return name === plain ? nothing : html`<p class="counter name">${name}</p>`;
  }

  private nobody(): TemplateResult {
    return html`<div class="now nobody">
      <p class="label">${this.say("nobody_called")}</p>
      <p>${this.say("nobody_called_hint")}</p>
    </div>`;
  }

  private callsBefore(calls: BoardCall[]): TemplateResult | typeof nothing {
    if (calls.length === 0) return nothing;
    return html`<div class="before">
      <h2>${this.both("called_before")}</h2>
      <ol>
        ${calls.map(
          (call) =>
            html`<li>
              <span class="number">${call.number}</span>
              ${arrow()}
              <span class="counter">${this.pick(call.counter_name)}</span>
              <time datetime=${call.at}>${clock(call.at)}</time>
            </li>`,
        )}
      </ol>
    </div>`;
  }

  private lines(services: BoardService[]): TemplateResult {
    const now = this.live.now();
    const { shown, page, pages } = listPage(services, SERVICES_AT_ONCE, now, PAGE_SECONDS);
    const turn = this.say("page_of", { n: page + 1, all: pages });
    return html`<section class="lines">
      <h2>
        ${this.both("waiting_by_service")}
        ${pages > 1 ? html`<span class="turn">${turn}</span>` : nothing}
      </h2>
      <ul>
        ${shown.map((service) => this.line(service))}
      </ul>
    </section>`;
  }

  private line(service: BoardService): TemplateResult {
    return html`<li>
      <span class="letter" aria-hidden="true">${service.letter}</span>
      <span class="name">${this.pick(service.name)}</span>
      <span class="waiting">${service.waiting}</span>
      <span class="forecast">${this.forecast(service)}</span>
    </li>`;
  }

  private forecast(service: BoardService): string {
    if (service.waiting === 0 || service.forecast === null) return "";
    const minutes = wholeMinutes(service.forecast.p50_min);
    return minutes < 1 ? this.say("under_minute") : this.say("about_minutes", { n: minutes });
  }

  /** The reader's language first, the other one small beside it. */
  private both(key: WordKey): TemplateResult {
    const second = other(this.language);
    return html`${this.say(key)} <small lang=${second}>${say(second, key)}</small>`;
  }
}

applyAppearance(appearance(), "dark");
staySignedIn();
customElements.define("public-display", PublicDisplay);
