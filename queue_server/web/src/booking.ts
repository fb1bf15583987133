// Book a time or a visit at home on a phone, and keep, move or cancel it: `/a` and `/a/{code}`.
import { html, nothing, type TemplateResult } from "lit";
import type { AppointmentOffer, HalfDayView, SlotDay, SlotView } from "./booking_contract";
import { APPOINTMENTS, booked, HOME_VISITS, halfDays, offer, slots, type Booked } from "./booking_data";
import { HomeVisitForm } from "./booking_visit";
import { appearance, applyAppearance } from "./choices";
import { press, type Answer } from "./console_press";
import { Page } from "./page";
import { dayName, hour } from "./booking_time";
import { refusal, sayState } from "./words";
import "./words_khmer_booking";

class BookingPage extends Page {
  private readonly code = codeOf(location.pathname);
  private offered: AppointmentOffer | null = null;
  private rooms: HalfDayView[] = [];
  private days: SlotDay[] = [];
  private mine: Booked | null = null;
  private service = "";
  private procedure = "";
  private day = "";
  private moving = false;
  private sure = false;
  private atHome = false;
  private busy = false;
  private state: "loading" | "away" | "unknown" | "ready" = "loading";
  private trouble = "";
  private readonly form = new HomeVisitForm(
    (key, values) => this.say(key, values),
    (both) => this.pick(both),
    () => this.language,
    (body) => void this.askHome(body),
    () => this.requestUpdate(),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render(): TemplateResult {
    const office = this.offered?.office;
    document.title = this.say("booking_title");
    return html`
      <header class="bar">
        <span class="brand">${office ? this.pick(office) : this.say("product")}</span>
        <nav>${this.languageSwitch()}</nav>
      </header>
      <main class="narrow">
        <h1>${this.say(this.heading())}</h1>
        ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
        ${this.content()}
      </main>
    `;
  }

  private heading(): "booking_yours" | "visit_yours" | "booking_title" {
    if (this.mine === null) return "booking_title";
    return this.mine.kind === "visit" ? "visit_yours" : "booking_yours";
  }

  private content(): TemplateResult | typeof nothing {
    if (this.state === "loading") return html`<p role="status">${this.say("connecting")}</p>`;
    if (this.state === "away") return this.again();
    if (this.state === "unknown") return html`<p>${this.say("booking_unknown")}</p>${this.fresh()}`;
    if (this.mine !== null && !this.moving) return this.kept(this.mine);
    if (this.atHome) return this.form.render(this.offered, this.rooms, this.busy);
    return html`${this.moving ? nothing : this.what()} ${this.service ? this.when() : nothing}`;
  }

  private again(): TemplateResult {
    return html`<p role="status">${this.say("lost_never")}</p>
      <button class="main wide" @click=${() => void this.load()}>${this.say("try_again")}</button>`;
  }

  private fresh(): TemplateResult {
    return html`<p><a class="way" href="/a">${this.say("booking_new")}</a></p>`;
  }

  private what(): TemplateResult {
    const services = this.offered?.services ?? [];
    const chosen = services.find((one) => one.id === this.service);
    return html`
      <p class="second">${this.say("booking_private")}</p>
      <label class="field">
        <span>${this.say("booking_service")}</span>
        <select @change=${(event: Event) => void this.chooseService(value(event))}>
          <option value="">${this.say("choose")}</option>
          ${services.map(
            (one) => html`<option value=${one.id} ?selected=${one.id === this.service}>
              ${this.pick(one.name)}
            </option>`,
          )}
        </select>
      </label>
      ${chosen
        ? html`<label class="field">
            <span>${this.say("booking_procedure")}</span>
            <select @change=${(event: Event) => (this.procedure = value(event))}>
              <option value="">${this.say("booking_any")}</option>
              ${chosen.procedures.map(
                (one) => html`<option value=${one.code}>${this.pick(one.name)}</option>`,
              )}
            </select>
          </label>`
        : this.home()}
    `;
  }

  private home(): TemplateResult | typeof nothing {
    if (!this.offered?.home_visits) return nothing;
    const open = (): void => {
      this.atHome = true;
      this.requestUpdate();
    };
    return html`<section class="question">
      <h2>${this.say("visit_offer")}</h2>
      <p class="second">${this.say("visit_who")}</p>
      <button class="wide" @click=${open}>${this.say("visit_ask")}</button>
    </section>`;
  }

  private when(): TemplateResult {
    const day = this.days.find((one) => one.day === this.day) ?? this.days[0];
    if (!day) return html`<p role="status">${this.say("booking_no_slots")}</p>`;
    return html`
      <label class="field">
        <span>${this.say("booking_day")}</span>
        <select
          @change=${(event: Event) => {
            this.day = value(event);
            this.requestUpdate();
          }}
        >
          ${this.days.map(
            (one) => html`<option value=${one.day} ?selected=${one.day === day.day}>
              ${dayName(one.day, this.language)}
            </option>`,
          )}
        </select>
      </label>
      <h2>${this.say("booking_time")}</h2>
      <div class="slots">${day.slots.map((slot) => this.half(slot))}</div>
      ${this.moving ? html`<button class="wide" @click=${() => this.stopMoving()}>${this.say("back")}</button>` : nothing}
    `;
  }

  private half(slot: SlotView): TemplateResult {
    const words = slot.free ? this.say("booking_free", { n: slot.free }) : this.say("booking_full");
    return html`<button
      ?disabled=${slot.free === 0 || this.busy}
      @click=${() => void this.take(slot.at)}
    >
      <strong>${hour(slot.at)}</strong> <span class="second">${words}</span>
    </button>`;
  }

  private kept(mine: Booked): TemplateResult {
    const { view } = mine;
    const what = view.procedure_name ?? view.service_name;
    return html`
      <section class="ticket">
        <p class="what">${this.pick(what)}</p>
        <p class="time">${this.time(mine)}</p>
        <p class="code"><span class="label">${this.say("booking_code")}</span>
          <strong>${view.code.slice(0, 4)} ${view.code.slice(4)}</strong></p>
        <p class="stand">${sayState(this.language, mine.kind, view.state)}</p>
      </section>
      ${mine.kind === "appointment" && view.state === "booked" ? this.advice(mine) : nothing}
      ${this.choices(mine)} ${view.state === "booked" || view.state === "requested" ? nothing : this.fresh()}
    `;
  }

  private time(mine: Booked): string {
    if (mine.kind === "visit") {
      return `${dayName(mine.view.day, this.language)}, ${sayState(this.language, "part", mine.view.part)}`;
    }
    return `${hour(mine.view.at)}, ${dayName(mine.view.at.slice(0, 10), this.language)}`;
  }

  private advice(mine: Booked & { kind: "appointment" }): TemplateResult {
    const values = { from: hour(mine.view.check_in_from), late: hour(mine.view.late_after) };
    return html`<p>${this.say("booking_come", values)}</p>
      <p class="second">${this.say("booking_keep")}</p>`;
  }

  private choices(mine: Booked): TemplateResult | typeof nothing {
    if (!mine.view.allowed.includes("cancel")) return nothing;
    if (this.sure) {
      return html`<section class="question">
        <h2>${this.say(mine.kind === "visit" ? "visit_cancel_sure" : "booking_cancel_sure")}</h2>
        <div class="choices">
          <button @click=${() => this.ask(false)}>${this.say("back")}</button>
          <button class="danger" ?disabled=${this.busy} @click=${() => void this.cancel(mine)}>
            ${this.say("booking_cancel")}
          </button>
        </div>
      </section>`;
    }
    return html`<div class="choices">
      ${mine.kind === "appointment"
        ? html`<button @click=${() => void this.startMoving(mine.view.service)}>
            ${this.say("booking_move")}
          </button>`
        : nothing}
      <button @click=${() => this.ask(true)}>${this.say("booking_cancel")}</button>
    </div>`;
  }

  // -- what happens

  private async load(): Promise<void> {
    const [offered, found] = await Promise.all([offer(), this.look()]);
    this.offered = offered;
    this.mine = found === "none" ? null : found;
    this.state = offered === null || found === null ? "away" : "ready";
    if (this.code && found === "none") this.state = "unknown";
    if (this.state === "ready" && offered?.home_visits) this.rooms = (await halfDays()) ?? [];
    this.requestUpdate();
  }

  private async look(): Promise<Booked | "none" | null> {
    return this.code ? booked(this.code) : "none";
  }

  private async chooseService(service: string): Promise<void> {
    this.service = service;
    this.procedure = "";
    this.days = service ? ((await slots(service)) ?? []) : [];
    this.day = this.days.find((one) => one.slots.some((slot) => slot.free))?.day ?? "";
    this.requestUpdate();
  }

  private async startMoving(service: string): Promise<void> {
    this.moving = true;
    this.trouble = "";
    await this.chooseService(service);
  }

  private stopMoving(): void {
    this.moving = false;
    this.requestUpdate();
  }

  private ask(sure: boolean): void {
    this.sure = sure;
    this.trouble = "";
    this.requestUpdate();
  }

  private async take(at: string): Promise<void> {
    const code = this.mine?.view.code;
    const wish = { service: this.service, at, language: this.language };
    const body = this.procedure ? { ...wish, procedure: this.procedure } : wish;
    const done = code
      ? await this.send(`${APPOINTMENTS}/by-code/${code}/move`, { at })
      : await this.send(APPOINTMENTS, body);
    // Whatever went wrong: somebody else may have taken the place.
    if (done === null) this.days = (await slots(this.service)) ?? this.days;
    this.requestUpdate();
  }

  private async askHome(body: object): Promise<void> {
    await this.send(HOME_VISITS, { ...body, language: this.language });
    this.requestUpdate();
  }

  private async cancel(mine: Booked): Promise<void> {
    const base = mine.kind === "visit" ? HOME_VISITS : APPOINTMENTS;
    await this.send(`${base}/by-code/${mine.view.code}/cancel`, {});
    this.sure = false;
    this.requestUpdate();
  }

  /** Send it once; what was booked has a page of its own, so that a reload finds it again. */
  private async send(url: string, body: object): Promise<Booked | null> {
    this.busy = true;
    this.requestUpdate();
    const answer = await press(url, body);
    this.busy = false;
    this.trouble = this.troubleOf(answer);
    if (answer.kind !== "done") return null;
    const kind = url.startsWith(HOME_VISITS) ? "visit" : "appointment";
    this.mine = { kind, view: answer.body } as Booked;
    this.moving = false;
    this.atHome = false;
    history.replaceState(null, "", `/a/${this.mine.view.code}`);
    return this.mine;
  }

  private troubleOf(answer: Answer): string {
    if (answer.kind === "away") return this.say("server_away");
    return answer.kind === "refused" ? refusal(this.language, answer.problem) : "";
  }
}

function codeOf(path: string): string {
  return decodeURIComponent(path.split("/").filter(Boolean)[1] ?? "");
}

function value(event: Event): string {
  return (event.target as HTMLSelectElement).value;
}

applyAppearance(appearance());
customElements.define("booking-page", BookingPage);
