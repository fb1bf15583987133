// A dossier on its holder's phone: `/d/{code}`. Nothing personal stands on it.
import { html, nothing, type TemplateResult } from "lit";
import { appearance, applyAppearance } from "./choices";
import type { DossierStatus } from "./dossier_contract";
import { amount, DOSSIERS, status, when, type Found } from "./dossier_data";
import { Page } from "./page";
import { sayState } from "./words";

const AGAIN_MS = 60_000;

class DossierPage extends Page {
  private readonly code = location.pathname.split("/").pop() ?? "";
  private found: Found<DossierStatus> | "loading" = "loading";

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
    this.every(AGAIN_MS, () => void this.load());
  }

  protected override render(): TemplateResult {
    document.title = this.say("dossier_yours");
    return html`
      <header class="bar">
        <span class="brand">${this.say("product")}</span>
        <nav>${this.languageSwitch()}</nav>
      </header>
      <main class="narrow">
        <h1>${this.say("dossier_yours")}</h1>
        ${this.content()}
      </main>
    `;
  }

  private content(): TemplateResult {
    const found = this.found;
    if (found === "loading") return html`<p role="status">${this.say("connecting")}</p>`;
    if (found === "none") return html`<p>${this.say("dossier_unknown")}</p>`;
    if (found === null || found === "denied")
      return html`<p role="status">${this.say("lost_never")}</p>`;
    return this.known(found);
  }

  private known(one: DossierStatus): TemplateResult {
    const say = this.say.bind(this);
    const draft = one.code === null;
    return html`
      <p class="second">${this.pick(one.procedure_name)}</p>
      <p class="stand state-${one.state}">${sayState(this.language, "dossier_state", one.state)}</p>
      ${draft
        ? html`<p>${say("dossier_draft_hint")}</p>
            <p class="code"><strong>${spaced(one.holder)}</strong></p>`
        : html`<p class="label">${say("dossier_code_is")}</p>
            <p class="code"><strong>${one.code}</strong></p>`}
      ${one.reason ? html`<p class="reason">${say("dossier_reason", { reason: one.reason })}</p>` : nothing}
      ${one.filed_at
        ? html`<p>${when(say, "dossier_filed_at", one.filed_at, this.language)}</p>`
        : nothing}
      ${draft || one.state === "finished" || one.state === "refused" || one.state === "stopped"
        ? nothing
        : html`<p class="due">${this.due(one)}</p>`}
      ${one.fee_vnd
        ? html`<p>
            ${say("dossier_fee", { amount: amount(one.fee_vnd) })}.
            ${one.fee_note ? this.pick(one.fee_note) : ""}
            <strong>${sayState(this.language, "fee_state", one.payment)}.</strong>
          </p>`
        : nothing}
      ${one.payment_code
        ? html`<p>
            <a class="way" href="${DOSSIERS}/by-code/${one.holder}/fee-slip">${say("fee_slip")}</a>
          </p>`
        : nothing}
      ${draft
        ? nothing
        : html`<p>
            <a class="way" href="${DOSSIERS}/by-code/${one.holder}/receipt">${say("dossier_receipt")}</a>
          </p>`}
    `;
  }

  private due(one: DossierStatus): string {
    if (one.state === "awaiting") return this.say("dossier_stands");
    if (one.due_at === null) return this.say("dossier_due_open");
    return when(this.say.bind(this), "dossier_due", one.due_at, this.language);
  }

  private async load(): Promise<void> {
    const found = await status(this.code);
    // A short break of the line takes nothing off the page that was there.
    if (found !== null || this.found === "loading") this.found = found;
    this.requestUpdate();
  }
}

const spaced = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`;

applyAppearance(appearance());
customElements.define("dossier-page", DossierPage);
