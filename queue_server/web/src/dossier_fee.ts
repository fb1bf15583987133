// The fee of one dossier at the clerk's console: what is due, the payment code, cash, money back.
import { html, nothing, svg, type TemplateResult } from "lit";
import { press } from "./console_press";
import type { DossierView, PaymentView } from "./dossier_contract";
import { amount, DOSSIERS, look } from "./dossier_data";
import { sayState, type Language, type WordKey } from "./words";

type Say = (key: WordKey, values?: Record<string, string | number>) => string;
type Asking = "" | "cash" | "refund";

export class DossierFee {
  private id = "";
  private fee: PaymentView | null = null;
  private asking: Asking = "";
  private trouble = "";

  constructor(
    private readonly say: Say,
    private readonly language: () => Language,
    private readonly changed: () => void,
  ) {}

  /** Forget the dossier before and ask for this one. */
  open(one: DossierView): void {
    this.id = one.id;
    this.fee = null;
    this.asking = "";
    this.trouble = "";
    void this.load();
  }

  render(): TemplateResult | typeof nothing {
    const { fee, say } = this;
    if (fee === null || (!fee.fee_vnd && !fee.paid_vnd)) return nothing;
    return html`<h3>${say("fee_title")}</h3>
      <p>
        <strong>${sayState(this.language(), "fee_state", fee.payment)}</strong> · ${this.money(fee)}
      </p>
      ${fee.code_text ? this.code(fee) : nothing}
      ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
      ${this.asking ? this.form(fee) : this.ways(fee)}`;
  }

  private money(fee: PaymentView): string {
    const parts: [WordKey, number | null][] = [
      ["fee_is", fee.fee_vnd],
      ["fee_paid", fee.paid_vnd],
      ["fee_due", fee.due_vnd],
      ["fee_owed", fee.owed_vnd],
      ["fee_returned", fee.refunded_vnd],
    ];
    return parts
      .filter(([, vnd]) => vnd)
      .map(([key, vnd]) => this.say(key, { amount: amount(vnd ?? 0) }))
      .join(" · ");
  }

  private code(fee: PaymentView): TemplateResult {
    return html`<div class="fee-code">
      <svg
        viewBox="0 0 ${fee.qr_size} ${fee.qr_size}"
        role="img"
        aria-label=${this.say("fee_code")}
      >
        <rect width="100%" height="100%" fill="#fff" />
        ${svg`<path d=${fee.qr_path} fill="#000" />`}
      </svg>
      <p>
        ${this.say("fee_code")}<br /><strong>${fee.reference}</strong><br />${fee.account_holder}
        ${fee.simulated ? html`<br /><em>${this.say("fee_simulated")}</em>` : nothing}
      </p>
    </div>`;
  }

  private ways(fee: PaymentView): TemplateResult {
    const ask = (what: Asking) => (): void => {
      this.asking = what;
      this.changed();
    };
    return html`<p class="papers">
      <a class="way" target="_blank" href="${DOSSIERS}/${this.id}/fee-slip">${this.say("fee_slip")}</a>
      ${fee.due_vnd ? html`<button @click=${ask("cash")}>${this.say("fee_cash")}</button>` : nothing}
      ${this.kept(fee) > 0
        ? html`<button @click=${ask("refund")}>${this.say("fee_refund")}</button>`
        : nothing}
    </p>`;
  }

  private form(fee: PaymentView): TemplateResult {
    const cash = this.asking === "cash";
    return html`<form class="question" @submit=${(event: SubmitEvent) => this.submit(event)}>
      <h4>${this.say(cash ? "fee_cash" : "fee_refund")}</h4>
      <label class="field"
        ><span>${this.say("fee_amount")}</span
        ><input
          name="amount_vnd"
          type="number"
          min="1"
          required
          .value=${String(cash ? fee.due_vnd : this.kept(fee))}
      /></label>
      <label class="field"
        ><span>${this.say(cash ? "fee_receipt" : "dossier_reason_label")}</span
        ><input name=${cash ? "receipt" : "reason"} required maxlength=${cash ? 40 : 200}
      /></label>
      <button class="main" type="submit">${this.say("dossier_confirm")}</button>
      <button
        type="button"
        @click=${() => {
          this.asking = "";
          this.changed();
        }}
      >
        ${this.say("dossier_cancel")}
      </button>
    </form>`;
  }

  private kept(fee: PaymentView): number {
    return fee.paid_vnd - fee.owed_vnd - fee.refunded_vnd;
  }

  private submit(event: SubmitEvent): void {
    event.preventDefault();
    const said = Object.fromEntries(new FormData(event.currentTarget as HTMLFormElement));
    const where = this.asking === "cash" ? "payments" : "refund";
    void this.send(where, { ...said, amount_vnd: Number(said["amount_vnd"]) });
  }

  private async send(where: string, body: object): Promise<void> {
    const answer = await press(`${DOSSIERS}/${this.id}/${where}`, body);
    this.trouble = "";
    if (answer.kind === "done") {
      this.fee = answer.body as PaymentView;
      this.asking = "";
    } else if (answer.kind === "refused")
      this.trouble = this.language() === "vi" ? answer.problem.title_vi : answer.problem.title;
    else this.trouble = this.say("server_away");
    this.changed();
  }

  private async load(): Promise<void> {
    const asked = this.id;
    const found = await look<PaymentView>(`${DOSSIERS}/${asked}/payment`);
    if (asked !== this.id || found === null || found === "none" || found === "denied") return;
    this.fee = found;
    this.changed();
  }
}
