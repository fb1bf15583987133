// What to act on now: alerts with one press beside them, and the staffing advice.
import { html, nothing, type TemplateResult } from "lit";
import type { Alert, AskOffer, ManagerBoardView, OpenCountersView } from "./manager_contract";
import { sadMark, waitMark } from "./marks";
import { clock } from "./time";
import { pick, say, sayState, type Language, type WordKey } from "./words";

/** Asks a counter to open for a service. */
export type AskCounter = (counter: number, service: string, name: string) => void;

export function alertList(
  view: ManagerBoardView,
  language: Language,
  ask: AskCounter,
  notice: TemplateResult,
): TemplateResult {
  return html`<section class="alerts" aria-labelledby="alerts-title">
    <h2 id="alerts-title">${say(language, "alerts")}</h2>
    ${view.alerts.length === 0 ? html`<p class="calm">${say(language, "alerts_none")}</p>` : nothing}
    <ul>
      ${view.alerts.map((alert) => row(alert, view, language, ask))}
      ${advice(view, language, ask)}
    </ul>
    ${notice}
  </section>`;
}

function row(
  alert: Alert,
  view: ManagerBoardView,
  language: Language,
  ask: AskCounter,
): TemplateResult {
  const soon = alert.kind === "will_pass" || alert.kind === "complaint_today";
  const state = soon ? "near_limit" : "over_limit";
  return html`<li class=${alert.kind}>
    ${alert.kind === "low_rating" ? sadMark() : waitMark(state)}
    <p>
      ${say(language, `alert_${alert.kind}` as WordKey, values(alert, view, language))}
      ${alert.kind === "low_rating" ? said(alert, language) : nothing}
    </p>
    ${buttons(alert, view, language, ask)}
  </li>`;
}

function values(
  alert: Alert,
  view: ManagerBoardView,
  language: Language,
): Record<string, string | number> {
  return {
    service: serviceName(view, alert.service, language),
    limit: view.targets.limit_min,
    minutes: Math.floor(alert.minutes ?? 0),
    n: alert.waiting ?? 0,
    time: clock(alert.at),
    number: alert.number ?? "",
    score: alert.score ?? "",
    counter: counterName(view, alert.counter ?? null, language),
  };
}

/** What the citizen said it is about, and in own words. */
function said(alert: Alert, language: Language): TemplateResult {
  const reasons = (alert.reasons ?? []).map((one) => sayState(language, "reason", one)).join(", ");
  return html`<span class="said"
    >${reasons}${alert.comment ? html` <q>${alert.comment}</q>` : nothing}</span
  >`;
}

function buttons(
  alert: Alert,
  view: ManagerBoardView,
  language: Language,
  ask: AskCounter,
): TemplateResult | typeof nothing {
  if (alert.kind.startsWith("complaint"))
    return html`<div class="acts"><a class="button" href="/complaints">${say(language, "complaints_act")}</a></div>`;
  if (alert.kind === "low_rating" || alert.service === null) return nothing;
  const service = alert.service;
  const offers = alert.offers ?? [];
  const asked = view.asks.find((one) => one.service === service && one.declined_at === null);
  if (offers.length === 0) {
    const key = asked ? null : "no_one_to_ask";
    return key ? html`<p class="second">${say(language, key)}</p>` : nothing;
  }
  return html`<div class="acts">
    ${offers.map((offer) => askButton(offer, service, language, ask))}
  </div>`;
}

function askButton(
  offer: AskOffer,
  service: string,
  language: Language,
  ask: AskCounter,
): TemplateResult {
  const name = pick(language, offer.name);
  return html`<button @click=${() => ask(offer.counter, service, name)}>
    ${say(language, "ask_counter", { counter: name })}
    <span class="second">${sayState(language, "ask_hint", offer.state)}</span>
  </button>`;
}

function advice(view: ManagerBoardView, language: Language, ask: AskCounter): TemplateResult {
  const said = view.staffing ?? null;
  const words = said?.words ?? view.no_staffing ?? null;
  const state = said === null ? null : said.action ? "near_limit" : said.reaches ? "on_target" : "over_limit";
  return html`<li class="advice">
    ${waitMark(state)}
    <p><span class="label">${say(language, "staffing")}</span> ${words ? pick(language, words) : "–"}</p>
    ${said?.action ? adviceButtons(said.action, view, language, ask) : nothing}
  </li>`;
}

/** Counters that no alert above offers already. */
function adviceButtons(
  action: OpenCountersView,
  view: ManagerBoardView,
  language: Language,
  ask: AskCounter,
): TemplateResult {
  const offered = view.alerts.flatMap((alert) => alert.offers ?? []).map((one) => one.counter);
  const taken = new Set([...offered, ...view.asks.map((one) => one.counter)]);
  const free = view.counters.filter(
    (one) => action.counters.includes(one.number) && one.state !== "open" && !taken.has(one.number),
  );
  return html`<div class="acts">
    ${free.map((one) =>
      askButton({ counter: one.number, name: one.name, state: one.state }, action.service, language, ask),
    )}
  </div>`;
}

function serviceName(view: ManagerBoardView, id: string | null, language: Language): string {
  const found = view.services.find((one) => one.id === id);
  return found ? pick(language, found.name) : (id ?? "");
}

function counterName(view: ManagerBoardView, number: number | null, language: Language): string {
  const found = view.counters.find((one) => one.number === number);
  return found ? pick(language, found.name) : number === null ? "–" : String(number);
}
