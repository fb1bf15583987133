// The tables of the satisfaction page: each cell says its figure, its n, and draws it on one scale.
import { html, nothing, svg, type TemplateResult } from "lit";
import type { LowRatingsView, SatisfactionView, SmileShare, TrendPoint } from "./satisfaction_contract";
import { measured, percent } from "./time";
import { pick, say, type Language } from "./words";

const WIDE = 120;
const HIGH = 22;
const MIDDLE = HIGH / 2;
const TARGET_MIN = 15;
const LEAST_SCALE_MIN = 45;

/** Hours or days as rows: wait, good ratings, smile index, never one number from three. */
export function trendTable(view: SatisfactionView, language: Language): TemplateResult {
  const longest = Math.max(LEAST_SCALE_MIN, ...view.points.map((point) => point.mean_wait_min ?? 0));
  const head = ["trend_at", "trend_wait", "rating_share", "smile_index"] as const;
  return html`<div class="wide" tabindex="0" role="group" aria-label=${say(language, "trend_title")}>
    <table class="trend">
      <thead>
        <tr>
          ${head.map((key) => html`<th scope="col">${say(language, key)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${view.points.map((point) => row(point, longest, language))}
      </tbody>
    </table>
  </div>`;
}

function row(point: TrendPoint, longest: number, language: Language): TemplateResult {
  const wait = point.mean_wait_min;
  const good = point.good_share;
  return html`<tr>
    <th scope="row">${place(point.at)}</th>
    <td>${wait === null ? empty() : cell(waitBar(wait, longest), `${measured(wait, language)} ${say(language, "minutes_short")}`, point.called)}</td>
    <td>${good === null ? empty() : cell(shareBar(good), percent(good), point.rated)}</td>
    <td>${point.smile === null ? empty() : cell(whisker(point.smile), range(point.smile), point.smile.n)}</td>
  </tr>`;
}

function cell(drawn: TemplateResult, figure: string, n: number): TemplateResult {
  return html`<div class="figure">${drawn}<span>${figure}</span> <span class="second">n = ${n}</span></div>`;
}

function empty(): TemplateResult {
  return html`<span class="second">–</span>`;
}

/** `2026-05-11` as 11/05, an hour as it is. */
function place(at: string): string {
  const parts = at.split("-");
  return parts.length === 3 ? `${parts[2]}/${parts[1]}` : at;
}

function range(said: SmileShare): string {
  return `${percent(said.share)} (${percent(said.low)}–${percent(said.high)})`;
}

function picture(inside: TemplateResult): TemplateResult {
  return html`<svg class="small" viewBox="0 0 ${WIDE} ${HIGH}" width=${WIDE} height=${HIGH} aria-hidden="true">
    ${inside}
  </svg>`;
}

function waitBar(minutes: number, longest: number): TemplateResult {
  const at = (value: number): number => (value / longest) * WIDE;
  const over = minutes > 2 * TARGET_MIN ? "over" : minutes > TARGET_MIN ? "near" : "good";
  return picture(svg`
    <rect class="bar-${over}" x="0" y="5" width=${Math.max(at(minutes), 1)} height=${HIGH - 10} />
    ${[TARGET_MIN, 2 * TARGET_MIN].map((limit) => svg`<line class="limit" x1=${at(limit)} x2=${at(limit)} y1="1" y2=${HIGH - 1} />`)}
  `);
}

function shareBar(share: number): TemplateResult {
  return picture(svg`
    <line class="scale" x1="0" x2=${WIDE} y1=${MIDDLE} y2=${MIDDLE} />
    <rect class="bar-good" x="0" y="5" width=${Math.max(share * WIDE, 1)} height=${HIGH - 10} />
  `);
}

function whisker(said: { share: number; low: number; high: number }): TemplateResult {
  const at = (value: number): number => 4 + value * (WIDE - 8);
  return picture(svg`
    <line class="scale" x1="4" x2=${WIDE - 4} y1=${MIDDLE} y2=${MIDDLE} />
    <line class="whisker" x1=${at(said.low)} x2=${at(said.high)} y1=${MIDDLE} y2=${MIDDLE} />
    <circle class="dot" cx=${at(said.share)} cy=${MIDDLE} r="4.5" />
  `);
}

/** Groups of rated visits, those that stand out first; a word and a mark, never colour alone. */
export function lowRatings(said: LowRatingsView, language: Language): TemplateResult {
  return html`<div class="wide" tabindex="0" role="group" aria-label=${say(language, "low_title")}>
    <table class="trend">
      <thead>
        <tr>
          <th scope="col">${say(language, "low_group")}</th>
          <th scope="col">${say(language, "low_share")}</th>
          <th scope="col">${say(language, "low_sign")}</th>
        </tr>
      </thead>
      <tbody>
        ${said.groups.map(
          (group) =>
            html`<tr>
              <th scope="row">${pick(language, group.words)}</th>
              <td>
                <div class="figure">
                  ${whisker({ share: group.low_share, low: group.interval_low, high: group.interval_high })}
                  <span>${percent(group.low_share)}</span>
                  <span class="second">${group.low} / ${group.n}</span>
                </div>
              </td>
              <td>${group.stands_out ? html`<strong>▲ ${say(language, "low_stands_out")}</strong>` : nothing}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
