// How far people come with their filings in the last month: a row for each procedure.
import { html, nothing, type TemplateResult } from "lit";
import type { Words } from "./contract";
import type { CompletionView, StageFigure } from "./dossier_contract";
import { funnel, stagesOf } from "./funnel";
import { DOSSIERS, look, type Found } from "./dossier_data";
import { FeeStatement } from "./fee_statement";
import { sayState, type Language, type WordKey } from "./words";

type Say = (key: WordKey, values?: Record<string, string | number>) => string;

const DAYS = 30;

export class DossierFigures {
  private found: Found<CompletionView[]> = null;
  private readonly fees: FeeStatement;
  private start = "";
  private end = "";

  constructor(
    private readonly say: Say,
    private readonly pick: (both: Words) => string,
    private readonly language: () => Language,
    private readonly changed: () => void,
  ) {
    this.fees = new FeeStatement(say, language, changed);
  }

  /** Ask for the month that ends at an instant of the server. */
  async load(at: string): Promise<void> {
    const end = at.slice(0, 10);
    const first = new Date(`${end}T00:00:00Z`);
    first.setUTCDate(first.getUTCDate() - DAYS);
    const start = first.toISOString().slice(0, 10);
    [this.start, this.end] = [start, end];
    this.found = await look(`${DOSSIERS}/completion?start=${start}&end=${end}`);
    this.changed();
  }

  render(): TemplateResult {
    const { found } = this;
    if (!Array.isArray(found)) return html`<p role="status">${this.say("connecting")}</p>`;
    const stages = found[0]?.stages ?? [];
    return html`<h2>${this.say("figures_title", { n: DAYS })}</h2>
      <p class="second">${this.say("figures_hint")}</p>
      ${found.length === 0 ? html`<p>${this.say("dossiers_none")}</p>` : nothing}
      ${found.length ? funnel(stagesOf(together(found), this.language()), this.language()) : nothing}
      <div class="wide" tabindex="0" role="region" aria-label=${this.say("dossier_figures")}>
        <table ?hidden=${found.length === 0}>
          <thead>
            <tr>
              <th scope="col">${this.say("figures_procedure")}</th>
              ${stages.map(
                (one) => html`<th scope="col">${sayState(this.language(), "stage", one.stage)}</th>`,
              )}
              <th scope="col">${this.say("figures_filed")}</th>
              <th scope="col">${this.say("figures_alone")}</th>
            </tr>
          </thead>
          <tbody>
            ${found.map((one) => this.row(one))}
          </tbody>
        </table>
      </div>
      ${this.fees.render(this.start, this.end)}`;
  }

  private row(one: CompletionView): TemplateResult {
    return html`<tr>
      <th scope="row">${this.pick(one.procedure_name)}</th>
      ${one.stages.map(
        (stage) => html`<td>
          ${stage.reached}
          ${stage.median_s === null
            ? nothing
            : html`<span class="second"
                >${this.say("figures_minutes", { n: (stage.median_s / 60).toFixed(1) })}</span
              >`}
        </td>`,
      )}
      <td><strong>${one.filed}</strong> ${share(one.filed, one.begun)}</td>
      <td>${one.without_staff} ${share(one.without_staff, one.filed)}</td>
    </tr>`;
  }
}

/** All procedures in one; a median of medians would be none, so the picture has counts alone. */
function together(found: CompletionView[]): StageFigure[] {
  const first = found[0]?.stages ?? [];
  return first.map(({ stage }, place) => ({
    stage,
    reached: found.reduce((sum, one) => sum + (one.stages[place]?.reached ?? 0), 0),
    median_s: null,
  }));
}

const share = (part: number, whole: number): string =>
  whole === 0 ? "" : `(${Math.round((100 * part) / whole)} %)`;
