// The counters: open or not, whose number is there, and for how long.
import { html, nothing, type TemplateResult } from "lit";
import type { BoardCounter } from "./contract";
import type { ListPage } from "./recent_calls";
import { minutesSince } from "./time";
import { pick, say, sayState, type Language } from "./words";

export function counterCards(
  counters: ListPage<BoardCounter>,
  now: number,
  language: Language,
): TemplateResult {
  const { shown, page, pages } = counters;
  const turn = say(language, "page_of", { n: page + 1, all: pages });
  return html`<section class="counters">
    <h2>${say(language, "counters")}</h2>
    ${pages > 1 ? html`<p class="turn">${turn}</p>` : nothing}
    <ul>
      ${shown.map((counter) => card(counter, now, language))}
    </ul>
  </section>`;
}

function card(counter: BoardCounter, now: number, language: Language): TemplateResult {
  const since = counter.help_since ?? counter.since;
  const at = since === null ? null : Math.floor(minutesSince(since, now));
  const kind = counter.help_since ? "help" : counter.ticket ? "busy" : counter.state;
  return html`<li class=${kind}>
    <span class="name">${pick(language, counter.name)}</span>
    <span class="since">${at === null ? "" : say(language, "for_minutes", { n: at })}</span>
    <strong>${counter.ticket ?? sayState(language, "counter", counter.state)}</strong>
    <span class="word">${lastLine(counter, language)}</span>
  </li>`;
}

/** What the ticket does, unless the clerk needs somebody: that goes first. */
function lastLine(counter: BoardCounter, language: Language): string {
  if (counter.help_since) return say(language, "help_asked");
  return counter.ticket_state ? sayState(language, "ticket", counter.ticket_state) : "";
}
