// Complaints with their clocks: what is due first above, one of them beside it: `/complaints`.
import { html, nothing, type TemplateResult } from "lit";
import { appearance, applyAppearance } from "./choices";
import { clockWords, ComplaintSheet, pressing, standing } from "./complaint_sheet";
import type { ComplaintsView, ComplaintView } from "./complaints_contract";
import { COMPLAINTS, NewComplaint, type ServiceChoice } from "./complaint_form";
import { DeskPage } from "./desk_page";
import { look, type Found } from "./dossier_data";
import { waitMark } from "./marks";
import { SESSION, staySignedIn } from "./session";
import { sayState, type WordKey } from "./words";

const AGAIN_MS = 15_000;
const FILTERS = ["open", "late", "closed"] as const;
type Filter = (typeof FILTERS)[number];

class ComplaintsPage extends DeskPage {
  private found: Found<ComplaintsView> | "loading" = "loading";
  private services: ServiceChoice[] = [];
  private filter: Filter = "open";
  private readonly sheet = new ComplaintSheet(this.parts());
  private readonly fresh = new NewComplaint(this.parts(), () => this.services);

  private parts(): ConstructorParameters<typeof ComplaintSheet>[0] {
    return {
      say: (key, values) => this.say(key, values),
      pick: (both) => this.pick(both),
      language: () => this.language,
      changed: (reload) => {
        this.requestUpdate();
        if (reload) void this.load();
      },
    };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    staySignedIn();
    void this.begin();
    this.every(AGAIN_MS, () => void this.load());
  }

  protected override render(): TemplateResult {
    document.title = this.say("complaints_title");
    const view = this.view;
    return html`
      ${this.found === null ? this.linkNotice("lost", view?.at ?? null) : nothing}
      ${this.deskBar("complaints_title", this.linkTo("/board", "board_title"))}
      <main class="inbox">${this.content()}</main>
    `;
  }

  private get view(): ComplaintsView | null {
    const found = this.found;
    return found !== null && typeof found === "object" ? found : null;
  }

  private content(): TemplateResult {
    if (this.found === "loading") return html`<p role="status">${this.say("connecting")}</p>`;
    if (this.found === "denied")
      return html`<p role="status">
        ${this.say("signed_out")} <a href="/?next=/complaints">${this.say("sign_in")}</a>
      </p>`;
    const view = this.view;
    if (view === null) return html`<p role="status">${this.say("lost_never")}</p>`;
    const shown = view.complaints.filter((one) => this.shows(this.filter, one));
    return html`
      <section class="list" aria-label=${this.say("complaints_title")}>
        <p class="second">${this.say("complaints_rule")}</p>
        <div class="filters">
          ${FILTERS.map((one) => this.filterButton(one, view))}
          ${this.sheet.looksOnly
            ? nothing
            : html`<button class="main" @click=${() => this.write()}>${this.say("complaints_new")}</button>`}
        </div>
        ${shown.length === 0 ? html`<p>${this.say("complaints_none")}</p>` : nothing}
        <ul>
          ${shown.map((one) => html`<li>${this.row(one)}</li>`)}
        </ul>
      </section>
      <section class="sheet" aria-live="polite">
        ${this.fresh.open ? this.fresh.render() : this.sheet.render()}
      </section>
    `;
  }

  private shows(filter: Filter, one: ComplaintView): boolean {
    if (filter === "closed") return one.allowed.length === 0;
    return filter === "late" ? one.late : one.allowed.length > 0;
  }

  private filterButton(filter: Filter, view: ComplaintsView): TemplateResult {
    const n = view.complaints.filter((one) => this.shows(filter, one)).length;
    return html`<button
      class="filter"
      aria-pressed=${filter === this.filter}
      @click=${() => {
        this.filter = filter;
        this.requestUpdate();
      }}
    >
      ${this.say(`complaints_${filter}` as WordKey)} <strong>${n}</strong>
    </button>`;
  }

  private row(one: ComplaintView): TemplateResult {
    const next = pressing(one);
    const say = (key: WordKey, values?: Record<string, string | number>): string =>
      this.say(key, values);
    return html`<button
      class="row ${one.late ? "late" : next?.left === 0 ? "near" : ""}"
      aria-pressed=${this.sheet.id === one.id && !this.fresh.open}
      @click=${() => {
        this.fresh.open = false;
        this.sheet.open(one);
        this.shownBeside();
      }}
    >
      <span class="what">${one.text}</span>
      <span class="state">${sayState(this.language, "complaint_step", one.step)}</span>
      <span class="left"
        >${next ? html`${waitMark(standing(next))} ${clockWords(next, say, this.language)}` : nothing}</span
      >
    </button>`;
  }

  private write(): void {
    this.fresh.begin();
    this.shownBeside();
  }

  /** On a phone the sheet lies below the list. */
  private shownBeside(): void {
    this.requestUpdate();
    void this.updateComplete.then(() => {
      const sheet = this.querySelector(".sheet");
      if (sheet && sheet.getBoundingClientRect().top > window.innerHeight * 0.6) sheet.scrollIntoView();
    });
  }

  private async begin(): Promise<void> {
    await this.load();
    const who = await look<{ role: string }>(SESSION);
    if (who !== null && typeof who === "object") this.sheet.looksOnly = who.role === "viewer";
    const services = await look<ServiceChoice[]>("/api/v1/services");
    if (Array.isArray(services)) this.services = services;
    this.requestUpdate();
  }

  private async load(): Promise<void> {
    const found = await look<ComplaintsView>(COMPLAINTS);
    if (found !== null || this.view === null) this.found = found;
    const view = this.view;
    if (view) this.sheet.follow(view.complaints);
    this.requestUpdate();
  }
}

applyAppearance(appearance());
customElements.define("complaints-page", ComplaintsPage);
