// Days that never were stand among the figures of a demo: nobody shall take them for real ones.
import { html, nothing, type TemplateResult } from "lit";
import { say } from "./words";
import "./words_office";

/** A note in both languages; nothing where every day was real. */
export function madeUpMark(days: number | undefined): TemplateResult | typeof nothing {
  if (!days) return nothing;
  return html`<p class="made-up" role="note">
    ${say("vi", "made_up_days", { n: days })} · <span lang="en">${say("en", "made_up_days", { n: days })}</span>
  </p>`;
}
