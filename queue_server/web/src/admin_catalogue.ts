// The catalogue: what is unsure is confirmed, a sheet is checked line by line before it is taken.
import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { CatalogueView, SheetCheck } from "./admin_contract";
import { appliedSheet, CATALOGUE_FILE, catalogue, checkedSheet, confirmed } from "./admin_data";
import { changeList } from "./admin_changes";
import { say, type Language, type WordKey } from "./words";

export class CataloguePart extends LitElement {
  static override properties = { language: { attribute: false } };

  declare language: Language;
  private view: CatalogueView | null = null;
  private sheet = "";
  private check: SheetCheck | null = null;
  private trouble: WordKey | null = null;
  changed: () => void = () => undefined;

  protected override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render(): TemplateResult {
    const { language, view } = this;
    if (view === null) return html`<p role="status">${say(language, "connecting")}</p>`;
    const unsure = view.procedures.filter((one) => one.unsure.length);
    return html`
      <p class="second">
        ${say(language, "admin_version", { n: view.version, count: view.procedures.length })}
      </p>
      <p class="row">
        <a class="button" download href=${CATALOGUE_FILE}>${say(language, "admin_export")}</a>
        <label class="button">
          ${say(language, "admin_import")}
          <input
            class="hidden"
            type="file"
            accept=".csv,text/csv"
            @change=${(event: Event) => void this.chosen(event)}
          />
        </label>
      </p>
      ${this.trouble ? html`<p class="notice" role="alert">${say(language, this.trouble)}</p>` : nothing}
      ${this.check ? this.checked(this.check) : nothing}
      <h3>${say(language, "admin_unsure", { n: unsure.length })}</h3>
      <ul class="unsure">
        ${unsure.map(
          (one) => html`<li>
            <span><b>${one.code}</b> ${language === "vi" ? one.name_vi : one.name_en}</span>
            <span class="row">
              ${one.unsure.map(
                (field) =>
                  html`<button
                    aria-label="${say(language, "admin_confirm")}: ${this.field(field)}, ${one.code}"
                    @click=${() => void this.confirm(one.code, field)}
                  >
                    ✓ ${this.field(field)}
                  </button>`,
              )}
            </span>
          </li>`,
        )}
      </ul>
    `;
  }

  private field(field: string): string {
    return say(this.language, `admin_field_${field}` as WordKey);
  }

  private checked(check: SheetCheck): TemplateResult {
    const { language } = this;
    if (check.faults.length) {
      return html`<div class="notice" role="alert">
        <p>${say(language, "admin_faults", { n: check.faults.length })}</p>
        <div class="scroll" role="group" tabindex="0" aria-label=${say(language, "admin_line")}>
        <table>
          <thead>
            <tr>
              <th scope="col">${say(language, "admin_line")}</th>
              <th scope="col">${say(language, "admin_column")}</th>
              <th scope="col">${say(language, "admin_reason")}</th>
            </tr>
          </thead>
          <tbody>
            ${check.faults.map(
              (one) =>
                html`<tr><td>${one.line}</td><td>${one.column}</td><td class="words">${one.reason}</td></tr>`,
            )}
          </tbody>
        </table></div>
      </div>`;
    }
    if (check.applied) return html`<p class="notice" role="status">${say(language, "admin_applied")}</p>`;
    return html`<div class="notice">
      ${changeList(check.changes, language)}
      ${check.changes.length
        ? html`<button class="main" @click=${() => void this.apply()}>
            ${say(language, "admin_apply")}
          </button>`
        : nothing}
    </div>`;
  }

  private async load(): Promise<void> {
    const got = await catalogue();
    if (got.state === "ready") this.view = got.body;
    this.requestUpdate();
  }

  private async chosen(event: Event): Promise<void> {
    const file = (event.target as HTMLInputElement).files?.[0];
    if (!file) return;
    this.sheet = await file.text();
    await this.take(checkedSheet(this.sheet));
    (event.target as HTMLInputElement).value = "";
  }

  private async apply(): Promise<void> {
    if (this.view) await this.take(appliedSheet(this.sheet, this.view.hash));
  }

  private async take(asked: ReturnType<typeof checkedSheet>): Promise<void> {
    const got = await asked;
    this.check = got.state === "ready" ? got.body : null;
    this.trouble = got.state === "ready" ? null : got.state === "stale" ? "admin_stale" : "server_away";
    if (got.state === "refused") this.trouble = "admin_too_large";
    await this.load();
    this.changed();
  }

  private async confirm(code: string, field: string): Promise<void> {
    if (!this.view) return;
    const got = await confirmed(code, field, this.view.hash);
    this.trouble = got.state === "ready" ? null : got.state === "stale" ? "admin_stale" : "server_away";
    await this.load();
    this.changed();
  }
}

customElements.define("catalogue-part", CataloguePart);
