// How far people come today with filings at the kiosk: a funnel, and a row for each procedure.
import { html, nothing, type TemplateResult } from "lit";
import { funnel, stagesOf } from "./funnel";
import type { FilingsView } from "./manager_contract";
import { percent } from "./time";
import { pick, say, type Language } from "./words";

/** Nothing is shown where nobody has begun one today. */
export function filingsStrip(
  filings: FilingsView | null | undefined,
  language: Language,
): TemplateResult | typeof nothing {
  if (!filings) return nothing;
  const { begun, filed, without_staff: alone } = filings;
  return html`<section class="filings" aria-labelledby="filings-title">
    <h2 id="filings-title">${say(language, "filings_today")}</h2>
    <p>
      ${say(language, "filings_said", { begun, filed, share: percent(filed / begun), alone })}
    </p>
    ${funnel(stagesOf(filings.stages, language), language)}
    <details>
      <summary>${say(language, "filings_by_procedure")}</summary>
      ${filings.procedures.map(
        (one) => html`<h3>${pick(language, one.procedure_name)}</h3>
          ${funnel(stagesOf(one.stages, language), language)}`,
      )}
    </details>
  </section>`;
}
