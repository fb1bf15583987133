// One row for each service; on a phone each row becomes a card with its own labels.
import { html, nothing, type TemplateResult } from "lit";
import type { BoardService, BoardTargets, ForecastView } from "./contract";
import type { LineFigures, ManagerBoardView } from "./manager_contract";
import { waitMark } from "./marks";
import type { ListPage } from "./recent_calls";
import { oldestMinutes } from "./next_step";
import { measured, minutesSeconds, percent, wholeMinutes } from "./time";
import { waitState } from "./wait_state";
import { pick, say, type Language, type WordKey } from "./words";

/** More rows than these stand closer together on a wall. */
const ROOMY = 6;
const COLUMNS = [
  "services",
  "waiting",
  "oldest",
  "mean_today",
  "p90_today",
  "over_shares",
  "counters_open",
  "forecast",
] as const satisfies readonly WordKey[];

export function serviceTable(
  services: ListPage<BoardService>,
  view: ManagerBoardView,
  now: number,
  language: Language,
): TemplateResult {
  const { shown, page, pages } = services;
  const limits = { good: view.targets.good_min, limit: view.targets.limit_min };
  const turn = say(language, "page_of", { n: page + 1, all: pages });
  const head = (key: WordKey, place: number): TemplateResult =>
    html`<th role="columnheader" scope="col" class=${key}>
      ${say(language, key, limits)}
      ${place === 0 && pages > 1 ? html`<span class="turn">${turn}</span>` : nothing}
    </th>`;
  // The roles are said again because a phone's layout would take them from the table.
  return html`<table
    class="services ${shown.length > ROOMY ? "many" : ""}"
    role="table"
    aria-label=${say(language, "services")}
  >
    <thead role="rowgroup">
      <tr role="row">
        ${COLUMNS.map(head)}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${shown.map((service) => row(service, view, now, language))}
    </tbody>
  </table>`;
}

function row(
  service: BoardService,
  view: ManagerBoardView,
  now: number,
  language: Language,
): TemplateResult {
  const targets = view.targets;
  const limits = { good: targets.good_min, limit: targets.limit_min };
  const line = view.lines.find((one) => one.service === service.id);
  const oldest = oldestMinutes(service, now);
  const state = waitState(oldest, targets);
  const cell = (key: WordKey, content: unknown): TemplateResult =>
    html`<td role="cell" class=${key} data-label=${say(language, key, limits)}>${content}</td>`;
  return html`<tr role="row" class=${state ?? "none"}>
    <th role="rowheader" scope="row">
      <div>
        <span class="letter" aria-hidden="true">${service.letter}</span>
        <span>${pick(language, service.name)}</span>
      </div>
    </th>
    ${cell("waiting", html`<strong>${service.waiting}</strong>`)}
    ${cell("oldest", oldestCell(oldest, line, targets, language))}
    ${cell("mean_today", minutes(service.mean_wait_min, language))}
    ${cell("p90_today", minutes(line?.p90_wait_min ?? null, language))}
    ${cell("over_shares", shares(line))}
    ${cell("counters_open", service.counters_open)}
    ${cell("forecast", forecast(service.forecast, language))}
  </tr>`;
}

/** Over 15, over 30: two shares in places of their own. */
function shares(line: LineFigures | undefined): TemplateResult {
  const one = (share: number | null | undefined): string =>
    share === null || share === undefined ? "–" : percent(share);
  return html`<div>
    <span class="share">${one(line?.over_good_share)}</span
    ><span class="share">${one(line?.over_limit_share)}</span>
  </div>`;
}

function oldestCell(
  oldest: number | null,
  line: LineFigures | undefined,
  targets: BoardTargets,
  language: Language,
): TemplateResult {
  const state = waitState(oldest, targets);
  const limits = { good: targets.good_min, limit: targets.limit_min };
  return html`<div>
    ${waitMark(state)}
    <strong>${oldest === null ? "" : ticking(oldest)}</strong>
    <span class="word">${say(language, `state_${state ?? "nobody"}`, limits)}${
      line?.oldest_number
        ? html`<span class="number">, ${say(language, "oldest_is", { number: line.oldest_number })}</span>`
        : nothing
    }</span>
  </div>`;
}

/** Be Vietnam Pro has no figures of one width: each part keeps a place of its own. */
function ticking(oldest: number): TemplateResult {
  const [whole, seconds] = minutesSeconds(oldest).split(":");
  return html`<span class="whole">${whole}</span>:<span class="seconds">${seconds}</span>`;
}

function minutes(value: number | null, language: Language): TemplateResult | string {
  if (value === null) return "–";
  const text = measured(value, language);
  return html`<span>${text.slice(0, -2)}<span class="tenth">${text.slice(-2)}</span></span>`;
}

/** The headline says that a model forecasts; only what it does not say stands here. */
function basis(value: ForecastView, language: Language): TemplateResult | typeof nothing {
  const words = value.basis_words ?? null;
  if (words === null || value.basis === "model") return nothing;
  return html`<span class="basis">${pick(language, words)}</span>`;
}

function forecast(value: ForecastView | null, language: Language): TemplateResult {
  if (value === null) return html`<div><span>–</span></div>`;
  const usually = say(language, "usually_under", { n: wholeMinutes(value.p90_min) });
  return html`<div>
    <span>${wholeMinutes(value.p50_min)}</span> <span class="word">${usually}</span>
    ${basis(value, language)}
  </div>`;
}
