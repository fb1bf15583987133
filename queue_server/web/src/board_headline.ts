// First line of the board: one figure and a sentence; second line: what to do next.
import { html, nothing, type TemplateResult } from "lit";
import type { BoardView } from "./contract";
import { waitMark } from "./marks";
import { nextStep } from "./next_step";
import { measured, percent } from "./time";
import { waitState, type WaitState } from "./wait_state";
import { say, type Language, type WordKey } from "./words";

const VERDICT: Record<WaitState, WordKey> = {
  on_target: "inside_good",
  near_limit: "inside_limit",
  over_limit: "over_limit",
};

export function headline(view: BoardView, now: number, language: Language): TemplateResult {
  const mean = view.today.mean_wait_min;
  const state = waitState(mean, view.targets);
  return html`<section class="headline ${state ?? "none"}">
    <p class="figure">
      <span class="label">${say(language, "mean_wait_today")}</span>
      <span class="value">
        ${state === null ? nothing : waitMark(state)}
        <strong>${mean === null ? "–" : measured(mean, language)}</strong>
        <span class="unit">${mean === null ? "" : say(language, "minutes")}</span>
      </span>
    </p>
    <div class="sentence">
      <p class="verdict">${verdict(view, state, language)}</p>
      <p class="shares">${shares(view, language)}</p>
      <p class="quantiles">${quantiles(view, language)}</p>
      <p class="score">${score(view, language)}</p>
      ${modelFault(view, language)}
      <p class="next">
        <span class="label">${say(language, "do_next")}</span>
        <span>${nextStep(view, now, language)}</span>
      </p>
    </div>
    ${counts(view, language)}
  </section>`;
}

function verdict(view: BoardView, state: WaitState | null, language: Language): string {
  if (state === null) return say(language, "no_calls_yet");
  const { good_min: good, limit_min: limit } = view.targets;
  return say(language, VERDICT[state], { good, limit });
}

function quantiles(view: BoardView, language: Language): string {
  const { p50_wait_min: p50, p90_wait_min: p90 } = view.today;
  if (p50 === null || p90 === null) return "";
  const values = { p50: measured(p50, language), p90: measured(p90, language) };
  return say(language, "quantiles", values);
}

function shares(view: BoardView, language: Language): string {
  const { called, over_good_share: good, over_limit_share: limit } = view.today;
  if (good === null || limit === null) return "";
  const limits = { good_min: view.targets.good_min, limit_min: view.targets.limit_min };
  if (good === 0) return say(language, "nobody_over", { called, ...limits });
  const values = { called, good: percent(good), limit: percent(limit), ...limits };
  return say(language, "shares", values);
}

/** How good our own forecasts were today: everybody may know. */
function score(view: BoardView, language: Language): string {
  const today = view.forecasts?.today ?? null;
  if (today === null) return view.forecasts ? say(language, "score_none") : "";
  const mae = measured(today.mae_min, language);
  const said = { mae, covered: percent(today.coverage_90), n: today.n };
  const by = view.forecasts?.model ? ` ${say(language, "by_model")}` : "";
  return say(language, "score_today", said) + by;
}

function modelFault(view: BoardView, language: Language): TemplateResult | typeof nothing {
  const fault = view.forecasts?.fault ?? null;
  if (fault === null) return nothing;
  const key = view.forecasts?.model ? "model_refused" : "by_formula";
  return html`<p class="model-fault">${say(language, key, { fault })}</p>`;
}

function counts(view: BoardView, language: Language): TemplateResult {
  const { waiting, finished, no_shows } = view.today;
  const one = (value: number, key: WordKey): TemplateResult =>
    html`<li><strong>${value}</strong> ${say(language, key)}</li>`;
  return html`<ul class="counts">
    ${one(waiting, "waiting_today")} ${one(finished, "finished_today")}
    ${one(no_shows, "no_shows_today")}
  </ul>`;
}
