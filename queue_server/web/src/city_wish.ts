// A number or a time from afar: the office decides, and this says what is known and what is not.
import { html, nothing, type TemplateResult } from "lit";
import { dayName, hour } from "./booking_time";
import type { LineNow, OfficeInCity, SlotDay, WishView } from "./city_contract";
import { newKey, press } from "./console_press";
import type { Problem, Words } from "./contract";
import { clock, wholeMinutes } from "./time";
import type { Language, WordKey } from "./words";

const LOOK_EVERY_MS = 1000;
/** A wish whose keeping was never confirmed is looked for so often. */
const LOOKS = 30;
const KEPT_AS = "motcua_city_wish";
const OPEN = ["asking", "offline", "unsure"];

/** What a page lends to its panel. */
export interface Reader {
  say(key: WordKey, values?: Record<string, string | number>): string;
  pick(both: Words): string;
  language(): Language;
  redraw(): void;
}

interface Kept {
  key: string;
  office: Words;
}

/** One wish at a time; it is found again after a reload, until the reader puts it away. */
export class WishPanel {
  private wish: WishView | null = null;
  private office: Words | null = null;
  private service = "";
  private days: SlotDay[] | null = null;
  private day = "";
  private trouble = "";
  private busy = false;
  private timer = 0;
  private unseen = 0;

  constructor(private readonly page: Reader) {
    const kept = keptWish();
    if (kept === null) return;
    this.office = kept.office;
    void this.look(kept.key);
  }

  /** What was asked and what came of it; nothing while nothing was. */
  standing(): TemplateResult | typeof nothing {
    const { wish, office } = this;
    if (wish === null || office === null || wish.kind === "slots") return nothing;
    return html`<section class="wish ${wish.state}" role="status" aria-label=${this.page.say("city_wish")}>
      <p class="second">${this.page.pick(office)}</p>
      ${this.words(wish)}
      <div class="choices">
        ${wish.page ? html`<a class="button" href=${wish.page}>${this.page.say("city_wish_page")}</a>` : nothing}
        ${OPEN.includes(wish.state)
          ? html`<button @click=${() => void this.giveUp(wish)}>${this.page.say("city_wish_give_up")}</button>`
          : html`<button @click=${() => this.putAway()}>${this.page.say("city_wish_away")}</button>`}
      </div>
    </section>`;
  }

  /** Ask this office; nothing while an earlier wish is open. */
  asking(office: OfficeInCity, lines: LineNow[]): TemplateResult | typeof nothing {
    if (lines.length === 0 || office.state === "never") return nothing;
    const { say } = this.page;
    const open = this.wish !== null && this.wish.kind !== "slots";
    if (open) return nothing;
    const chosen = lines.find((line) => line.service === this.service);
    return html`<section class="ask" aria-label=${say("city_wish")}>
      <p class="strong">${say("city_wish")}</p>
      <p class="second">${say("city_wish_how")}</p>
      <label>
        ${say("city_line")}
        <select @change=${(event: Event) => this.choose((event.target as HTMLSelectElement).value)}>
          <option value="" ?selected=${chosen === undefined}>${say("choose")}</option>
          ${lines.map(
            (line) => html`<option value=${line.service} ?selected=${line === chosen}>
              ${this.page.pick(line.name)}
            </option>`,
          )}
        </select>
      </label>
      ${chosen === undefined
        ? nothing
        : html`<div class="choices">
            <button class="main" ?disabled=${this.busy} @click=${() => void this.ask(office, { kind: "ticket" })}>
              ${say("city_wish_number")}
            </button>
            <button ?disabled=${this.busy} @click=${() => void this.ask(office, { kind: "slots" })}>
              ${say("city_wish_times")}
            </button>
          </div>`}
      ${this.wish?.kind === "slots" ? this.slotWords(this.wish) : nothing}
      ${this.days === null ? nothing : this.times(office, this.days)}
      ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
    </section>`;
  }

  /** Another office is looked at: what was chosen for the one before counts no more. */
  forgetChoice(): void {
    this.choose("");
  }

  private choose(service: string): void {
    this.service = service;
    this.days = null;
    this.trouble = "";
    if (this.wish?.kind === "slots") this.wish = null;
    this.page.redraw();
  }

  private slotWords(wish: WishView): TemplateResult | typeof nothing {
    if (wish.state === "asking") return html`<p role="status">${this.page.say("city_wish_asking")}</p>`;
    if (wish.state === "refused" && wish.words) return html`<p role="status">${this.page.pick(wish.words)}</p>`;
    if (wish.state === "done") return nothing;
    return html`<p class="note" role="status">${this.page.say("city_wish_no_times")}</p>`;
  }

  private times(office: OfficeInCity, days: SlotDay[]): TemplateResult {
    const { say } = this.page;
    const free = days.filter((one) => one.slots.some((slot) => slot.free > 0));
    const day = free.find((one) => one.day === this.day) ?? free[0];
    if (day === undefined) return html`<p role="status">${say("booking_no_slots")}</p>`;
    return html`<label>
        ${say("booking_day")}
        <select
          @change=${(event: Event) => {
            this.day = (event.target as HTMLSelectElement).value;
            this.page.redraw();
          }}
        >
          ${free.map(
            (one) => html`<option value=${one.day} ?selected=${one === day}>
              ${dayName(one.day, this.page.language())}
            </option>`,
          )}
        </select>
      </label>
      <div class="slots">
        ${day.slots.map(
          (slot) => html`<button
            ?disabled=${slot.free === 0 || this.busy}
            @click=${() => void this.ask(office, { kind: "appointment", at: slot.at })}
          >
            ${hour(slot.at)}
          </button>`,
        )}
      </div>`;
  }

  private words(wish: WishView): TemplateResult {
    const { say } = this.page;
    const until = clock(wish.until);
    switch (wish.state) {
      case "asking":
        return html`<p>${say("city_wish_asking")}</p>`;
      case "offline":
        return html`<p class="strong">${say("city_wish_offline")}</p><p>${say("city_wish_offline_kept", { until })}</p>`;
      case "unsure":
        return html`<p class="strong">${say("city_wish_unsure")}</p><p>${say("city_wish_unsure_wait")}</p>`;
      case "refused":
        return html`<p class="strong">${say("city_wish_refused")}</p>
          <p>${wish.words ? this.page.pick(wish.words) : nothing}</p>`;
      case "never":
        return html`<p class="strong">${say("city_wish_never")}</p>`;
      case "done":
        return html`${this.number(wish)} ${this.time(wish)}`;
    }
  }

  private number({ ticket }: WishView): TemplateResult | typeof nothing {
    if (!ticket) return nothing;
    const { say } = this.page;
    return html`<p class="label">${say("city_wish_yours")}</p>
      <p class="number">${ticket.number}</p>
      <p>${say("city_wish_ahead", { n: ticket.ahead })}
        ${ticket.p50_min === null
          ? nothing
          : say("city_wait", {
              p50: wholeMinutes(ticket.p50_min),
              p90: wholeMinutes(ticket.p90_min ?? ticket.p50_min),
            })}</p>
      <p class="second">${say("city_wish_come")}</p>`;
  }

  private time({ appointment }: WishView): TemplateResult | typeof nothing {
    if (!appointment) return nothing;
    const { say } = this.page;
    const from = hour(appointment.check_in_from);
    const late = hour(appointment.late_after);
    return html`<p class="label">${say("booking_yours")}</p>
      <p class="number">${hour(appointment.at)}</p>
      <p>${dayName(appointment.at.slice(0, 10), this.page.language())}</p>
      <p>${say("booking_code")}: <strong>${appointment.code.slice(0, 4)} ${appointment.code.slice(4)}</strong></p>
      <p class="second">${say("booking_come", { from, late })}</p>`;
  }

  // -- what happens

  private async ask(office: OfficeInCity, what: { kind: string; at?: string }): Promise<void> {
    const key = newKey();
    const body = { key, service: this.service, language: this.page.language() === "en" ? "en" : "vi", ...what };
    // Before the first try: whatever happens to this page, the wish can be found again.
    if (what.kind !== "slots") keep({ key, office: office.name });
    this.busy = true;
    this.trouble = "";
    this.page.redraw();
    const answer = await press(`/api/v1/city/${encodeURIComponent(office.id)}/wishes`, body);
    this.busy = false;
    if (answer.kind === "done") {
      this.office = office.name;
      this.take(answer.body as WishView);
      if (what.kind !== "slots") requestAnimationFrame(() => seen());
    } else {
      this.trouble = answer.kind === "refused" ? this.refusal(answer.problem) : this.page.say("city_wish_not_kept");
      if (answer.kind === "away") void this.look(key);
      else forget();
    }
    this.page.redraw();
  }

  private refusal(problem: Problem): string {
    return this.page.pick({ vi: problem.title_vi, en: problem.title });
  }

  private take(wish: WishView): void {
    this.wish = wish;
    this.trouble = "";
    if (wish.kind === "slots" && wish.state === "done") this.days = wish.days ?? [];
    window.clearTimeout(this.timer);
    if (OPEN.includes(wish.state)) this.timer = window.setTimeout(() => void this.look(wish.key), LOOK_EVERY_MS);
    this.page.redraw();
  }

  /** Look what became of it, and again while nobody answers; one that is not kept is let go. */
  private async look(key: string): Promise<void> {
    try {
      const answer = await fetch(`/api/v1/city/wishes/${key}`);
      if (answer.ok) return this.take((await answer.json()) as WishView);
      if (answer.status === 404 && (this.wish !== null || ++this.unseen > LOOKS)) return this.putAway();
    } catch {
      // Away: what is shown stays.
    }
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.look(key), LOOK_EVERY_MS);
  }

  private async giveUp(wish: WishView): Promise<void> {
    const answer = await press(`/api/v1/city/wishes/${wish.key}/give-up`, {});
    if (answer.kind === "done") this.take(answer.body as WishView);
  }

  private putAway(): void {
    window.clearTimeout(this.timer);
    forget();
    this.wish = null;
    this.forgetChoice();
  }
}

/** On a phone the answer stands above the button that was pressed. */
function seen(): void {
  document.querySelector(".wish")?.scrollIntoView({ block: "nearest" });
}

function keptWish(): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(KEPT_AS) ?? "null") as Kept | null;
  } catch {
    return null;
  }
}

function keep(kept: Kept): void {
  localStorage.setItem(KEPT_AS, JSON.stringify(kept));
}

function forget(): void {
  localStorage.removeItem(KEPT_AS);
}
