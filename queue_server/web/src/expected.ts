// Who is expected on a day: appointments with who came and who did not, visits at home, the route sheet.
import { html, nothing, type TemplateResult } from "lit";
import { ask, type Got } from "./asking";
import type { AppointmentDay, AppointmentView, HomeVisitView } from "./booking_contract";
import { APPOINTMENTS, HOME_VISITS } from "./booking_data";
import { dayName, hour } from "./booking_time";
import { appearance, applyAppearance } from "./choices";
import { DeskPage } from "./desk_page";
import { staySignedIn } from "./session";
import { sayState } from "./words";
import "./words_office";

const AGAIN_MS = 30_000;
const COUNTED = ["booked", "checked_in", "no_show", "cancelled"] as const;

class ExpectedPage extends DeskPage {
  private day = "";
  private got: Got<AppointmentDay> | null = null;
  private shown: AppointmentDay | null = null;
  private visits: HomeVisitView[] = [];
  private busy = false;
  private trouble = "";

  override connectedCallback(): void {
    super.connectedCallback();
    this.every(AGAIN_MS, () => void this.load());
    void this.load();
  }

  protected override render(): TemplateResult {
    document.title = `${this.say("expected_title")} · ${this.say("product")}`;
    const { shown } = this;
    return html`
      ${this.deskBar(null)}
      <main aria-busy=${this.got === null}>
        <h1>${this.say("expected_title")}</h1>
        ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
        ${shown ? html`${this.choice(shown)} ${this.appointments(shown)} ${this.atHome(shown)}` : nothing}
      </main>
      ${this.unansweredNotice(this.got?.state, null)}
    `;
  }

  private choice(shown: AppointmentDay): TemplateResult {
    return html`<form class="choice" @submit=${(event: Event) => event.preventDefault()}>
      <label>
        <span>${this.say("expected_day")}</span>
        <input
          type="date"
          .value=${shown.day}
          @change=${(event: Event) => this.choose((event.target as HTMLInputElement).value)}
        />
      </label>
      <span class="steps">
        <button type="button" @click=${() => this.choose(beside(shown.day, -1))}>
          ‹ ${this.say("expected_before")}
        </button>
        <button type="button" @click=${() => this.choose(beside(shown.day, 1))}>
          ${this.say("expected_after")} ›
        </button>
      </span>
    </form>`;
  }

  private appointments(shown: AppointmentDay): TemplateResult {
    return html`<section aria-labelledby="appointments">
      <h2 id="appointments">
        ${this.say("expected_appointments", { day: dayName(shown.day, this.language) })}
      </h2>
      <dl class="counts">
        ${COUNTED.map(
          (state) => html`<div class=${state}>
            <dt>${this.say(`expected_${state}`)}</dt>
            <dd>${shown[state]}</dd>
          </div>`,
        )}
      </dl>
      ${shown.appointments.length === 0
        ? html`<p class="second">${this.say("expected_none")}</p>`
        : html`<ol class="rows">
            ${shown.appointments.map((one) => this.appointment(one))}
          </ol>`}
    </section>`;
  }

  private appointment(one: AppointmentView): TemplateResult {
    return html`<li class=${one.state}>
      <strong class="time">${hour(one.at)}</strong>
      <span class="what">${this.pick(one.procedure_name ?? one.service_name)}</span>
      <span class="stand">
        ${sayState(this.language, "expected", one.state)}${one.number ? html` · <strong>${one.number}</strong>` : nothing}
      </span>
    </li>`;
  }

  private atHome(shown: AppointmentDay): TemplateResult {
    const waiting = this.visits.some((one) => one.state === "requested");
    return html`<section aria-labelledby="at-home">
      <h2 id="at-home">${this.say("expected_at_home")}</h2>
      ${waiting
        ? html`<p class="sheet">
            <a class="button main" target="_blank" href="${HOME_VISITS}/sheet?day=${shown.day}">
              ${this.say("expected_sheet")}
            </a>
            <span class="second">${this.say("expected_sheet_hint")}</span>
          </p>`
        : nothing}
      ${this.visits.length === 0
        ? html`<p class="second">${this.say("expected_no_visits")}</p>`
        : html`<ol class="rows">
            ${this.visits.map((one) => this.visit(one))}
          </ol>`}
    </section>`;
  }

  private visit(one: HomeVisitView): TemplateResult {
    const code = `${one.code.slice(0, 4)} ${one.code.slice(4)}`;
    return html`<li class=${one.state}>
      <strong class="time">${sayState(this.language, "part", one.part)}</strong>
      <span class="what">
        ${this.pick(one.procedure_name ?? one.service_name)} · <span class="code">${code}</span>
        ${one.priority === "normal"
          ? nothing
          : html` · ${sayState(this.language, "priority", one.priority)}`}
      </span>
      <span class="stand">${sayState(this.language, "expected_visit", one.state)}</span>
      ${one.allowed.includes("end")
        ? html`<span class="two">
            ${this.ending(one, true)} ${this.ending(one, false)}
          </span>`
        : nothing}
    </li>`;
  }

  private ending(one: HomeVisitView, done: boolean): TemplateResult {
    const words = this.say(done ? "expected_end_done" : "expected_end_nobody");
    return html`<button
      class="quiet"
      aria-label="${words} ${one.code}"
      ?disabled=${this.busy}
      @click=${() => void this.end(one, done)}
    >
      ${words}
    </button>`;
  }

  // -- what happens

  private choose(day: string): void {
    if (!day) return;
    this.day = day;
    void this.load();
  }

  private async load(): Promise<void> {
    const { day } = this;
    const asked = day ? `?day=${day}` : "";
    const [got, visits] = await Promise.all([
      ask<AppointmentDay>(APPOINTMENTS + asked),
      ask<HomeVisitView[]>(HOME_VISITS + asked),
    ]);
    if (day !== this.day) return; // another day was chosen meanwhile
    this.got = got;
    if (got.state === "ready") this.shown = got.body;
    if (visits.state === "ready") this.visits = visits.body;
    if (got.state === "refused") this.trouble = got.detail;
    this.requestUpdate();
  }

  private async end(one: HomeVisitView, done: boolean): Promise<void> {
    this.busy = true;
    const got = await ask<HomeVisitView>(`${HOME_VISITS}/by-code/${one.code}/end`, "POST", { done });
    this.busy = false;
    this.trouble = got.state === "refused" ? got.detail : got.state === "away" ? this.say("server_away") : "";
    await this.load();
  }
}

/** The day before or after, as the server writes days. */
function beside(day: string, step: number): string {
  const at = new Date(`${day}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + step);
  return at.toISOString().slice(0, 10);
}

applyAppearance(appearance());
staySignedIn();
customElements.define("expected-page", ExpectedPage);
