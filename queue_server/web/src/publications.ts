// Monthly publication: a snapshot is drafted, reviewed by somebody else, published, withdrawn.
import { html, nothing, type TemplateResult } from "lit";
import { ask, type Got } from "./asking";
import { appearance, applyAppearance } from "./choices";
import { DeskPage } from "./desk_page";
import { madeUpMark } from "./made_up";
import type { PublicationView } from "./publication_contract";
import { sectionOf, type Reader } from "./report_sections";
import type { ReportView } from "./reports_contract";
import { SESSION, staySignedIn } from "./session";
import { clock, date } from "./time";
import { sayState, type WordKey } from "./words";
import "./words_office";

const API = "/api/v1/publications";
interface Asking {
  id: string;
  step: string;
  note: string;
}

const TRACK = ["drafted", "reviewed", "published"];
const AGAIN_MS = 3_000;

class PublicationsPage extends DeskPage {
  private all: PublicationView[] = [];
  private state: Got<unknown>["state"] | null = null;
  private detail = "";
  private month = lastMonth();
  private why = "";
  private own = "";
  private done: WordKey | null = null;
  /** Which snapshot is open, and its figures. */
  private open: { id: string; report: ReportView } | null = null;
  /** For which step of which snapshot a reason is being written. */
  private asking: Asking | null = null;
  private counting = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render(): TemplateResult {
    document.title = `${this.say("publish_title")} · ${this.say("product")}`;
    const shut = this.state === "signed_out" || this.state === "not_allowed";
    return html`
      ${this.deskBar(null, this.linkTo("/reports", "reports_title"), this.linkTo("/published", "publish_public_page"))}
      <main aria-busy=${this.state === null}>
        <h1>${this.say("publish_title")}</h1>
        <p class="second intro">${this.say("publish_intro")}</p>
        ${shut ? nothing : html`${this.drafting()} ${this.notices()} ${this.list()}`}
      </main>
      ${this.unansweredNotice(this.state, null)}
    `;
  }

  private drafting(): TemplateResult {
    const known = this.all.some((one) => one.first.startsWith(this.month) && TRACK.indexOf(one.state) === 2);
    return html`<form class="choice" @submit=${(event: SubmitEvent) => this.draft(event)}>
      <label>
        <span>${this.say("publish_month")}</span>
        <select @change=${(event: Event) => this.set({ month: typed(event) })}>
          ${months().map(
            (one) => html`<option value=${one} ?selected=${one === this.month}>
              ${one.slice(5)}/${one.slice(0, 4)}
            </option>`,
          )}
        </select>
      </label>
      ${known
        ? html`<label class="wide">
            <span>${this.say("publish_correct_why")}</span>
            <input maxlength="400" .value=${this.why} @input=${(event: Event) => this.set({ why: typed(event) })} />
          </label>`
        : nothing}
      <button class="main" ?disabled=${this.counting}>${this.say(known ? "publish_correct" : "publish_draft")}</button>
    </form>`;
  }

  private notices(): TemplateResult {
    return html`<div aria-live="polite">
      ${this.counting ? html`<p class="notice">${this.say("publish_counting", { detail: this.detail })}</p>` : nothing}
      ${this.state === "refused"
        ? html`<p class="notice" role="alert">${this.say("publish_refused", { detail: this.detail })}</p>`
        : nothing}
      ${this.done ? html`<p class="notice">${this.say(this.done)}</p>` : nothing}
    </div>`;
  }

  private list(): TemplateResult {
    if (!this.all.length) return html`<p class="second">${this.say("publish_none")}</p>`;
    return html`<ol class="publications">${this.all.map((one) => this.one(one))}</ol>`;
  }

  private one(one: PublicationView): TemplateResult {
    const shown = this.open?.id === one.id ? this.open.report : null;
    const state = one.replaced && one.state === "published" ? "replaced" : one.state;
    return html`<li aria-labelledby="p-${one.id}">
      <header>
        <h2 id="p-${one.id}">
          ${this.pick(one.name)}
          ${one.correction ? html`<small>${this.say("publish_correction")}</small>` : nothing}
        </h2>
        <p class="state ${state}">${sayState(this.language, "publish_state", state)}</p>
      </header>
      <ol class="track">
        ${one.steps.map(
          (step) => html`<li class=${step.step}>
            <b>${sayState(this.language, "publish_step", step.step)}</b>
            <span>${step.by}, ${date(Date.parse(step.at), this.language)} ${clock(step.at)}</span>
            ${step.note ? html`<q>${step.note}</q>` : nothing}
          </li>`,
        )}
      </ol>
      <p class="row">
        <button aria-expanded=${shown !== null} @click=${() => void this.look(one.id)}>
          ${this.say(shown ? "publish_fold" : "publish_look")}
        </button>
        ${one.next.map((step) => this.next(one, step))}
      </p>
      ${this.asking?.id === one.id ? this.reason(this.asking) : nothing}
      ${shown ? html`${madeUpMark(shown.period.days_made_up)}<div class="all">${shown.sections.map((s) => sectionOf(s, this.reader()))}</div>` : nothing}
    </li>`;
  }

  private next(one: PublicationView, step: string): TemplateResult {
    const words = sayState(this.language, "publish_do", step);
    const reason = step === "returned" || step === "withdrawn";
    if (step === "reviewed" && one.steps[0]?.by === this.own) {
      return html`<span class="second">${this.say("publish_other_person")}</span>`;
    }
    return html`<button
      class=${reason ? "quiet" : "main"}
      aria-label="${words}: ${this.pick(one.name)}"
      @click=${() => (reason ? this.set({ asking: { id: one.id, step, note: "" } }) : void this.step(one.id, step, ""))}
    >
      ${words}
    </button>`;
  }

  private reason(asking: Asking): TemplateResult {
    return html`<form
      class="choice"
      @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        void this.step(asking.id, asking.step, asking.note);
      }}
    >
      <label class="wide">
        <span>${this.say("publish_why")}</span>
        <input
          maxlength="400"
          required
          minlength="5"
          .value=${asking.note}
          @input=${(event: Event) => this.set({ asking: { ...asking, note: typed(event) } })}
        />
      </label>
      <button class="main">${sayState(this.language, "publish_do", asking.step)}</button>
      <button type="button" class="quiet" @click=${() => this.set({ asking: null })}>${this.say("publish_not")}</button>
    </form>`;
  }

  private reader(): Reader {
    return { language: this.language, open: () => undefined };
  }

  private set(change: { month?: string; why?: string; asking?: Asking | null }): void {
    Object.assign(this, change);
    this.requestUpdate();
  }

  private async look(id: string): Promise<void> {
    if (this.open?.id === id) this.open = null;
    else {
      const got = await ask<ReportView>(`${API}/${id}`);
      if (got.state === "ready") this.open = { id, report: got.body };
      else this.take(got);
    }
    this.requestUpdate();
  }

  private draft(event: SubmitEvent): void {
    event.preventDefault();
    void this.post(API, { on: `${this.month}-01`, note: this.why.trim() }, "publish_done_drafted");
  }

  private async step(id: string, step: string, note: string): Promise<void> {
    const words = `publish_done_${step}` as WordKey;
    if (await this.post(`${API}/${id}/step`, { step, note: note.trim() }, words)) this.set({ asking: null });
  }

  private async post(url: string, body: object, words: WordKey): Promise<boolean> {
    this.done = null;
    const got = await ask<PublicationView>(url, "POST", body);
    this.take(got);
    // Past days may still be counted: the server says how far it is, and is asked again.
    this.counting = got.state === "refused" && got.code === "still_counting";
    if (this.counting) window.setTimeout(() => void this.post(url, body, words), AGAIN_MS);
    if (got.state === "ready") {
      this.done = words;
      this.why = "";
      await this.load();
    }
    this.requestUpdate();
    return got.state === "ready";
  }

  private async load(): Promise<void> {
    const got = await ask<PublicationView[]>(API);
    this.take(got);
    if (got.state === "ready") this.all = got.body;
    if (!this.own) {
      const me = await ask<{ id: string }>(SESSION);
      if (me.state === "ready") this.own = me.body.id;
    }
    this.requestUpdate();
  }

  private take(got: Got<unknown>): void {
    this.state = got.state === "refused" && got.code === "still_counting" ? "ready" : got.state;
    this.detail = got.state === "refused" ? got.detail : "";
  }
}

function typed(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}

/** The last 24 months that are over, newest first, as YYYY-MM. */
function months(): string[] {
  const [year = 0, month = 0] = lastMonth().split("-").map(Number);
  return Array.from({ length: 24 }, (_, back) => {
    const count = year * 12 + (month - 1) - back;
    return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}`;
  });
}

function lastMonth(): string {
  const now = new Date();
  const count = now.getFullYear() * 12 + now.getMonth() - 1;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}`;
}

applyAppearance(appearance());
staySignedIn();
customElements.define("publications-page", PublicationsPage);
