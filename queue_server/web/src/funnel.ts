// A funnel picture: how many came to each stage of a filing, and where the others left off.
import { html, nothing, svg, type TemplateResult } from "lit";
import { measured, percent } from "./time";
import { say, sayState, type Language } from "./words";

/** A stage in words, with the median minutes since the one before. */
export interface FunnelStage {
  word: string;
  reached: number;
  minutes: number | null;
}

/** What the server says of stages, in words. */
export function stagesOf(
  stages: { stage: string; reached: number; median_s: number | null }[],
  language: Language,
): FunnelStage[] {
  return stages.map(({ stage, reached, median_s: seconds }) => ({
    word: sayState(language, "stage", stage),
    reached,
    minutes: seconds === null ? null : seconds / 60,
  }));
}

const WIDE = 100;
const HIGH = 10;

/** The stages one below the other; each figure stands in words beside its part of the picture. */
export function funnel(stages: FunnelStage[], language: Language): TemplateResult {
  const begun = stages[0]?.reached ?? 0;
  return html`<ol class="funnel" aria-label=${say(language, "funnel")}>
    ${stages.map((one, place) => {
      const next = stages[place + 1]?.reached ?? one.reached;
      return html`<li>
        <span class="stage">${one.word}</span>
        ${part(one.reached, next, begun)}
        <span class="came"
          ><strong>${one.reached}</strong>
          <span>${begun ? percent(one.reached / begun) : nothing}</span>
          ${one.minutes === null
            ? nothing
            : html`<span class="second"
                >${say(language, "figures_minutes", {
                  n: measured(one.minutes, language),
                })}</span
              >`}</span
        >
        <span class="left"
          >${one.reached > next ? say(language, "funnel_left", { n: one.reached - next }) : nothing}</span
        >
      </li>`;
    })}
  </ol>`;
}

/** A piece of the funnel: as wide as those who came above, as those who went on below. */
function part(came: number, wentOn: number, begun: number): TemplateResult {
  const half = (n: number): number => (begun ? (WIDE / 2) * (n / begun) : 0);
  const [above, below, middle] = [half(came), half(wentOn), WIDE / 2];
  const d = `M${middle - above} 0H${middle + above}L${middle + below} ${HIGH}H${middle - below}Z`;
  return html`<svg viewBox="0 0 ${WIDE} ${HIGH}" preserveAspectRatio="none" aria-hidden="true">
    ${svg`<path d=${d}></path>`}
  </svg>`;
}
