// The slip once more, as a browser prints it: the number is the largest thing, the code below it.
import { html, svg, type TemplateResult } from "lit";
import type { SlipView } from "./console_contract";
import { clock } from "./time";
import { pick, say, type Language } from "./words";

export function printedSlip(slip: SlipView, language: Language): TemplateResult {
  return html`<div class="paper-slip">
      <p>${pick(language, slip.office)}</p>
      <p class="label">${say(language, "your_number")}</p>
      <p class="number">${slip.number}</p>
      <p><strong>${pick(language, slip.service)}</strong></p>
      <svg
        viewBox="0 0 ${slip.qr_size} ${slip.qr_size}"
        shape-rendering="crispEdges"
        role="img"
        aria-label=${slip.follow_url}
      >
        ${svg`<path d=${slip.qr_path} />`}
      </svg>
      <p>${say(language, "scan_to_follow")}</p>
      <p class="second">${say(language, "taken_at", { time: clock(slip.issued_at) })}</p>
    </div>
    <button class="main print" @click=${() => window.print()}>${say(language, "print_slip")}</button>`;
}
