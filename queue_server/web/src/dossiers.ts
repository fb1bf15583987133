// The inbox of dossiers for staff: what is due first above, one dossier beside it: `/dossiers`.
import { html, nothing, type TemplateResult } from "lit";
import { appearance, applyAppearance } from "./choices";
import { DeskPage } from "./desk_page";
import type { DossierInbox, DossierView } from "./dossier_contract";
import { inbox, type Found } from "./dossier_data";
import { DossierFigures } from "./dossier_figures";
import { DossierSheet } from "./dossier_sheet";
import { staySignedIn } from "./session";
import { sayState } from "./words";

const AGAIN_MS = 15_000;
const FILTERS = ["", "filed", "received", "awaiting", "finished", "refused", "stopped"] as const;

class DossiersPage extends DeskPage {
  private found: Found<DossierInbox> | "loading" = "loading";
  private filter = "";
  private measuring = false;
  private readonly figures = new DossierFigures(
    (key, values) => this.say(key, values),
    (both) => this.pick(both),
    () => this.language,
    () => this.requestUpdate(),
  );
  private readonly sheet = new DossierSheet(
    (key, values) => this.say(key, values),
    (both) => this.pick(both),
    () => this.language,
    (reload) => {
      this.requestUpdate();
      if (reload) void this.load();
    },
  );

  override connectedCallback(): void {
    super.connectedCallback();
    staySignedIn();
    void this.load();
    this.every(AGAIN_MS, () => void this.load());
  }

  protected override render(): TemplateResult {
    document.title = this.say("dossiers_title");
    return html`
      ${this.deskBar(
        "dossiers_title",
        html`<a class="way" href="/api/v1/dossiers/register" target="_blank"
          >${this.say("dossiers_register")}</a
        >`,
        html`<button @click=${() => this.measure()}>
          ${this.say(this.measuring ? "dossier_list" : "dossier_figures")}
        </button>`,
      )}
      <main class="inbox">${this.content()}</main>
    `;
  }

  private content(): TemplateResult {
    const found = this.found;
    if (found === "loading") return html`<p role="status">${this.say("connecting")}</p>`;
    if (found === "denied")
      return html`<p role="status">
        ${this.say("signed_out")} <a href="/?next=/dossiers">${this.say("sign_in")}</a>
      </p>`;
    if (found === null || found === "none")
      return html`<p role="status">${this.say("lost_never")}</p>`;
    if (this.measuring) return html`<section class="figures">${this.figures.render()}</section>`;
    return html`
      <section class="list" aria-label=${this.say("dossiers_title")}>
        <div class="filters">${FILTERS.map((one) => this.filterButton(one, found))}</div>
        ${found.dossiers.length === 0 ? html`<p>${this.say("dossiers_none")}</p>` : nothing}
        <ul>
          ${found.dossiers.map((one) => html`<li>${this.row(one)}</li>`)}
        </ul>
      </section>
      <section class="sheet" aria-live="polite">${this.sheet.render()}</section>
    `;
  }

  private filterButton(filter: string, found: DossierInbox): TemplateResult {
    const counts = found.counts;
    const open = (counts["filed"] ?? 0) + (counts["received"] ?? 0) + (counts["awaiting"] ?? 0);
    const n = filter ? (counts[filter] ?? 0) : open;
    const words = filter
      ? sayState(this.language, "dossier_state", filter)
      : this.say("dossier_all");
    return html`<button
      class="filter"
      aria-pressed=${filter === this.filter}
      @click=${() => {
        this.filter = filter;
        void this.load();
      }}
    >
      ${words} <strong>${n}</strong>
    </button>`;
  }

  private row(one: DossierView): TemplateResult {
    const late = one.overdue ? "late" : one.open_days !== null && one.open_days < 1 ? "near" : "";
    return html`<button
      class="row ${late}"
      aria-pressed=${this.sheet.id === one.id}
      @click=${() => this.sheet.open(one)}
    >
      <span class="what">${this.pick(one.procedure_name)}</span>
      <span class="number">${one.code}</span>
      <span class="state">${sayState(this.language, "dossier_state", one.state)}</span>
      <span class="left">${this.sheet.left(one)}</span>
    </button>`;
  }

  private measure(): void {
    this.measuring = !this.measuring;
    const found = this.found;
    const known = found !== null && typeof found === "object";
    if (this.measuring && known) void this.figures.load(found.at);
    this.requestUpdate();
  }

  private async load(): Promise<void> {
    const found = await inbox(this.filter);
    if (found !== null || this.found === "loading") this.found = found;
    if (found !== null && found !== "none" && found !== "denied")
      this.sheet.follow(found.dossiers);
    this.requestUpdate();
  }
}

applyAppearance(appearance());
customElements.define("dossiers-page", DossiersPage);
