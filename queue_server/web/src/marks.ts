// Shapes that carry a state beside its colour and word.
import { html, svg, type TemplateResult } from "lit";
import type { WaitState } from "./wait_state";

const SHAPES: Record<WaitState, TemplateResult> = {
  on_target: svg`<circle cx="12" cy="12" r="9" />`,
  near_limit: svg`<circle class="outline" cx="12" cy="12" r="8" /><path d="M12 4a8 8 0 0 0 0 16z" />`,
  over_limit: svg`<rect x="3" y="3" width="18" height="18" />`,
};

/** Filled circle, half circle or filled square; a dash where nobody waits. */
export function waitMark(state: WaitState | null): TemplateResult {
  return html`<svg class="mark ${state ?? "none"}" viewBox="0 0 24 24" aria-hidden="true">
    ${state === null ? svg`<path class="outline" d="M6 12h12" />` : SHAPES[state]}
  </svg>`;
}

/** A citizen who was not content. */
export function sadMark(): TemplateResult {
  return html`<svg class="mark over_limit" viewBox="0 0 24 24" aria-hidden="true">
    <circle class="outline" cx="12" cy="12" r="9.5" />
    <circle cx="8.5" cy="9.5" r="1.6" />
    <circle cx="15.5" cy="9.5" r="1.6" />
    <path class="outline" d="M7.5 17Q12 12 16.5 17" />
  </svg>`;
}

/** The arrow from a called number to its counter. */
export function arrow(): TemplateResult {
  return html`<svg class="arrow" viewBox="0 0 24 24" aria-hidden="true">
    <path d="M3 12h16m-7-7 7 7-7 7" />
  </svg>`;
}
