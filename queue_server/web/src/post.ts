// Numbers for citizens, taken by a post operator: what they need, the number, who is still waiting.
import { html, nothing, type TemplateResult } from "lit";
import { ask, type Got } from "./asking";
import { appearance, applyAppearance } from "./choices";
import type { ProcedureView, SlipView } from "./console_contract";
import { newKey, press, type Answer } from "./console_press";
import { printedSlip } from "./console_slip";
import type { ServiceView } from "./contract";
import { DeskPage } from "./desk_page";
import type { TakenTicket, TicketIssued } from "./post_contract";
import { findProcedures } from "./procedure_search";
import { staySignedIn } from "./session";
import { clock } from "./time";
import { sayState } from "./words";
import "./words_office";

const TICKETS = "/api/v1/tickets";
const AGAIN_MS = 10_000;
const FOUND_AT_MOST = 6;
const PRIORITIES = ["normal", "age_60", "age_80", "pregnant", "disabled", "merit", "small_child"] as const;

class PostPage extends DeskPage {
  private services: ServiceView[] = [];
  private procedures: ProcedureView[] = [];
  private taken: TakenTicket[] = [];
  private got: Got<TakenTicket[]> | null = null;
  private query = "";
  private priority = "normal";
  private given: TicketIssued | null = null;
  private slip: SlipView | null = null;
  private busy = false;
  private trouble = "";
  /** Key of a try that was never answered. */
  private lost = "";

  override connectedCallback(): void {
    super.connectedCallback();
    this.every(AGAIN_MS, () => void this.load());
    void this.load();
  }

  protected override render(): TemplateResult {
    document.title = `${this.say("post_title")} · ${this.say("product")}`;
    const allowed = this.got?.state !== "signed_out" && this.got?.state !== "not_allowed";
    return html`
      ${this.deskBar(null)}
      <main aria-busy=${this.got === null}>
        <h1>${this.say("post_title")}</h1>
        ${allowed && this.got !== null
          ? html`<div class="desk">
              ${this.choose()}
              <div class="beside">${this.number()} ${this.waiting()}</div>
            </div>`
          : nothing}
      </main>
      ${this.trainingMark(this.taken[0]?.now.training)}
      ${this.unansweredNotice(this.got?.state, null)}
    `;
  }

  private choose(): TemplateResult {
    const found = this.query.trim()
      ? findProcedures(this.procedures, this.query, [], FOUND_AT_MOST)
      : [];
    return html`<section class="choose" aria-labelledby="choose">
      <h2 id="choose">${this.say("post_choose")}</h2>
      <label class="field">
        <span>${this.say("priority")}</span>
        <select @change=${(event: Event) => (this.priority = typed(event))}>
          ${PRIORITIES.map(
            (one) => html`<option value=${one} ?selected=${one === this.priority}>
              ${this.say(`priority_${one}`)}
            </option>`,
          )}
        </select>
      </label>
      <label class="field">
        <span>${this.say("search_procedure")}</span>
        <input
          type="search"
          autocomplete="off"
          .value=${this.query}
          @input=${(event: Event) => {
            this.query = typed(event);
            this.requestUpdate();
          }}
        />
      </label>
      ${this.query.trim() ? this.procedureList(found) : this.serviceList()}
    </section>`;
  }

  private procedureList(found: ProcedureView[]): TemplateResult {
    if (found.length === 0) return html`<p role="status">${this.say("nothing_found")}</p>`;
    return html`<ul class="offers">
      ${found.map((one) => this.offer(one.service, this.pick(one.name), one.code))}
    </ul>`;
  }

  private serviceList(): TemplateResult {
    return html`<ul class="offers">
      ${this.services.map((one) => this.offer(one.id, this.pick(one.name)))}
    </ul>`;
  }

  private offer(id: string, name: string, procedure?: string): TemplateResult {
    const service = this.services.find((one) => one.id === id);
    const minutes = service?.forecast ? Math.ceil(service.forecast.p50_min) : null;
    return html`<li>
      <button ?disabled=${this.busy} @click=${() => void this.take(id, procedure)}>
        <span class="letter">${service?.letter ?? id}</span>
        <span class="what">${name}</span>
        <span class="second">
          ${this.say("n_waiting", { n: service?.waiting ?? 0 })}${minutes === null
            ? nothing
            : html` · ${this.say("post_about", { n: minutes })}`}
        </span>
      </button>
    </li>`;
  }

  private number(): TemplateResult {
    const given = this.given;
    return html`<section class="given" aria-live="polite" aria-labelledby="given">
      <h2 id="given">${this.say("post_number")}</h2>
      ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
      ${given === null ? html`<p class="second">${this.say("post_none_yet")}</p>` : this.shown(given)}
    </section>`;
  }

  private shown(given: TicketIssued): TemplateResult {
    if (this.slip?.number === given.number) return html`<div class="slip">${printedSlip(this.slip, this.language)}</div>`;
    const forecast = given.forecast;
    return html`<p class="number">${given.number}</p>
      <p>${this.say("post_ahead", { n: given.ahead })}</p>
      ${forecast
        ? html`<p class="second">
            ${this.say("post_usually", {
              n: Math.ceil(forecast.p50_min),
              most: Math.ceil(forecast.p90_min),
            })}
          </p>`
        : nothing}
      <button class="main" ?disabled=${this.busy} @click=${() => void this.print(given.id)}>
        ${this.say("post_slip")}
      </button>`;
  }

  private waiting(): TemplateResult {
    return html`<section class="taken" aria-labelledby="taken">
      <h2 id="taken">${this.say("post_taken", { n: this.taken.length })}</h2>
      ${this.taken.length === 0
        ? html`<p class="second">${this.say("post_taken_none")}</p>`
        : html`<ol>
            ${this.taken.map((one) => this.row(one))}
          </ol>`}
    </section>`;
  }

  private row(one: TakenTicket): TemplateResult {
    const { now } = one;
    const where = now.counter_name ? ` · ${this.pick(now.counter_name)}` : "";
    const ahead = now.ahead === null ? "" : ` · ${this.say("post_ahead", { n: now.ahead })}`;
    return html`<li class=${now.state}>
      <strong>${now.number}</strong>
      <span class="what">${this.pick(now.service)} <span class="second">${clock(one.issued_at)}</span></span>
      <span class="stand">${sayState(this.language, "post_state", now.state)}${where}${ahead}</span>
      <a class="button" target="_blank" href=${new URL(one.follow_url, location.origin).pathname}>
        ${this.say("post_follow")}<span class="hidden">, ${now.number}</span>
      </a>
    </li>`;
  }

  // -- what happens

  private async load(): Promise<void> {
    const [got, services] = await Promise.all([
      ask<TakenTicket[]>(`${TICKETS}/taken`),
      ask<ServiceView[]>("/api/v1/services"),
    ]);
    if (this.procedures.length === 0) {
      const known = await ask<ProcedureView[]>("/api/v1/procedures");
      if (known.state === "ready") this.procedures = known.body;
    }
    this.got = got;
    if (got.state === "ready") this.taken = got.body;
    if (services.state === "ready") this.services = services.body;
    this.requestUpdate();
  }

  /** One key for all tries; what came of one that was given up is taken back by the next. */
  private async take(service: string, procedure?: string): Promise<void> {
    const key = newKey();
    const body = {
      service,
      priority: this.priority,
      channel: "staff",
      language: this.language,
      ...(procedure ? { procedure } : {}),
      ...(this.lost ? { replaces: this.lost } : {}),
    };
    const answer = await this.pressed(TICKETS, body, key);
    this.lost = answer.kind === "away" ? key : "";
    if (answer.kind !== "done") return;
    this.given = answer.body as TicketIssued;
    this.slip = null;
    this.priority = "normal";
    this.query = "";
    await this.load();
  }

  private async print(ticket: string): Promise<void> {
    const answer = await this.pressed(`${TICKETS}/${encodeURIComponent(ticket)}/slip`, {}, newKey());
    if (answer.kind === "done") this.slip = answer.body as SlipView;
    this.requestUpdate();
  }

  private async pressed(url: string, body: object, key: string): Promise<Answer> {
    this.busy = true;
    this.trouble = "";
    this.requestUpdate();
    const answer = await press(url, body, fetch, Date.now, key);
    this.busy = false;
    if (answer.kind === "refused") {
      const { problem } = answer;
      this.trouble = this.pick({ vi: problem.title_vi, en: problem.title });
    } else if (answer.kind !== "done") this.trouble = this.say("server_away");
    this.requestUpdate();
    return answer;
  }
}

function typed(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}

applyAppearance(appearance());
staySignedIn();
customElements.define("post-page", PostPage);
