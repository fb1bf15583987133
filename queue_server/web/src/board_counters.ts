// The counters: open or not, whose number is there, and for how long.
import { html, nothing, type TemplateResult } from "lit";
import type { BoardCounter } from "./contract";
import type { CounterAsk, ManagerBoardView } from "./manager_contract";
import type { ListPage } from "./recent_calls";
import { clock, minutesSince } from "./time";
import { pick, say, sayState, type Language } from "./words";

export function counterCards(
  counters: ListPage<BoardCounter>,
  view: ManagerBoardView,
  now: number,
  language: Language,
): TemplateResult {
  const { shown, page, pages } = counters;
  const turn = say(language, "page_of", { n: page + 1, all: pages });
  return html`<section class="counters">
    <h2>
      ${say(language, "counters")} <span class="second">${summary(view.counters, language)}</span>
    </h2>
    ${pages > 1 ? html`<p class="turn">${turn}</p>` : nothing}
    <ul>
      ${shown.map((counter) => {
        const ask = view.asks.find((one) => one.counter === counter.number);
        return card(counter, ask, now, language);
      })}
    </ul>
  </section>`;
}

function summary(counters: BoardCounter[], language: Language): string {
  const count = (state: string): number => counters.filter((one) => one.state === state).length;
  const values = { open: count("open"), paused: count("paused"), closed: count("closed") };
  return say(language, "counters_summary", values);
}

function card(
  counter: BoardCounter,
  ask: CounterAsk | undefined,
  now: number,
  language: Language,
): TemplateResult {
  const since = counter.help_since ?? counter.since;
  const at = since === null ? null : Math.floor(minutesSince(since, now));
  const kind = counter.help_since ? "help" : counter.ticket ? "busy" : counter.state;
  return html`<li class=${kind}>
    <span class="name">${pick(language, counter.name)}</span>
    <span class="since">${at === null ? "" : say(language, "for_minutes", { n: at })}</span>
    <strong>${counter.ticket ?? sayState(language, "counter", counter.state)}</strong>
    <span class="word">${lastLine(counter, ask, language)}</span>
  </li>`;
}

/** What the ticket does, unless the clerk needs somebody: that goes first. */
function lastLine(
  counter: BoardCounter,
  ask: CounterAsk | undefined,
  language: Language,
): string {
  if (counter.help_since) return say(language, "help_asked");
  if (ask?.declined_at) return say(language, "ask_declined", { time: clock(ask.declined_at) });
  if (ask) return say(language, "asked_at", { time: clock(ask.at) });
  return counter.ticket_state ? sayState(language, "ticket", counter.ticket_state) : "";
}
