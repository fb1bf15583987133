// A bank's statement: looked at line by line, then booked; and the files to reconcile with.
import { html, nothing, type TemplateResult } from "lit";
import type { StatementView } from "./dossier_contract";
import { amount } from "./dossier_data";
import { sayState, type Language, type WordKey } from "./words";

type Say = (key: WordKey, values?: Record<string, string | number>) => string;
const PAYMENTS = "/api/v1/payments";

export class FeeStatement {
  private kind: "payments" | "refunds" = "payments";
  private text = "";
  private view: StatementView | null = null;
  private trouble: WordKey | null = null;

  constructor(
    private readonly say: Say,
    private readonly language: () => Language,
    private readonly changed: () => void,
  ) {}

  render(start: string, end: string): TemplateResult {
    const { say } = this;
    const choose = (kind: "payments" | "refunds", key: WordKey): TemplateResult =>
      html`<label class="button">
        ${say(key)}
        <input
          class="hidden"
          type="file"
          accept=".csv,text/csv"
          @change=${(event: Event) => void this.chosen(event, kind)}
        />
      </label>`;
    return html`<h2>${say("fee_statements")}</h2>
      <p class="second">${say("fee_statements_hint")}</p>
      <p class="papers">
        ${choose("payments", "fee_import")} ${choose("refunds", "fee_import_refunds")}
        <a class="way" href="${PAYMENTS}/reconciliation?start=${start}&end=${end}" download
          >${say("fee_reconciliation")}</a
        >
        <a class="way" href="${PAYMENTS}/refunds" download>${say("fee_refunds")}</a>
      </p>
      ${this.trouble ? html`<p class="trouble" role="alert">${say(this.trouble)}</p>` : nothing}
      ${this.view ? this.looked(this.view) : nothing}`;
  }

  private looked(view: StatementView): TemplateResult {
    const { say } = this;
    if (view.faults.length)
      return html`<div role="alert">
        <p>${say("fee_faults", { n: view.faults.length })}</p>
        <ul>
          ${view.faults.map((one) => html`<li>${one.line}, ${one.column}: ${one.reason}</li>`)}
        </ul>
      </div>`;
    return html`<p role="status">
        ${say(view.applied ? "fee_booked" : "fee_would_book", {
          n: view.booked,
          of: view.lines.length,
          amount: amount(view.booked_vnd),
        })}
        ${!view.applied && view.booked
          ? html`<button class="main" @click=${() => void this.take(true)}>${say("fee_book")}</button>`
          : nothing}
      </p>
      <div class="wide" tabindex="0" role="region" aria-label=${say("fee_statements")}>
        <table>
          <thead>
            <tr>
              <th scope="col">${say("fee_transaction")}</th>
              <th scope="col">${say("fee_amount")}</th>
              <th scope="col">${say("dossier_code_is")}</th>
              <th scope="col">${say("fee_verdict")}</th>
            </tr>
          </thead>
          <tbody>
            ${view.lines.map(
              (one) => html`<tr>
                <th scope="row">${one.transaction}</th>
                <td>${amount(one.amount_vnd)} đ</td>
                <td>${one.dossier ?? "–"}</td>
                <td>${sayState(this.language(), "fee_verdict", one.verdict)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }

  private async chosen(event: Event, kind: "payments" | "refunds"): Promise<void> {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (!file) return;
    this.kind = kind;
    this.text = await file.text();
    input.value = "";
    await this.take(false);
  }

  private async take(apply: boolean): Promise<void> {
    this.trouble = null;
    try {
      const answer = await fetch(`${PAYMENTS}/statement`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ kind: this.kind, text: this.text, apply }),
      });
      this.view = answer.ok ? ((await answer.json()) as StatementView) : null;
      if (answer.status === 403) this.trouble = "fee_leaders_only";
      else if (!answer.ok) this.trouble = answer.status === 503 ? "server_away" : "fee_unreadable";
    } catch {
      this.trouble = "server_away";
    }
    this.changed();
  }
}
