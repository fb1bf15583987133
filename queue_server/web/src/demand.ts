// When it is quiet in an area in the coming days: half hours as bars, and how sure that is.
import { html, nothing, svg, type TemplateResult } from "lit";
import "./words_city";
import { ask, type Got } from "./asking";
import { dayName } from "./booking_time";
import { appearance, applyAppearance } from "./choices";
import type { AreaDay, AreaDemand, AreaSlot, CityDemand } from "./city_contract";
import { Page } from "./page";

const AGAIN_MS = 5_000;
const HEIGHT = 100;
const BAR = 20;
const FEW_DAYS = 10;

class DemandPage extends Page {
  private got: Got<CityDemand> | null = null;
  private area = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render(): TemplateResult {
    document.title = `${this.say("demand_title")} · ${this.say("product")}`;
    const view = this.got?.state === "ready" ? this.got.body : null;
    return html`
      <header class="bar">
        <h1><span class="brand">${this.say("demand_title")}</span></h1>
        <nav>
          <a class="button" href="/city">${this.say("month_city")}</a> ${this.languageSwitch()}
          ${this.appearanceChoice()}
        </nav>
      </header>
      <main aria-busy=${view === null}>${view === null ? nothing : this.areas(view)}</main>
      ${this.unansweredNotice(this.got?.state, null)}
    `;
  }

  private areas(view: CityDemand): TemplateResult {
    if (view.made_at === null) return html`<p role="status">${this.say("demand_counting")}</p>`;
    const area = view.areas[this.area];
    if (area === undefined) return html`<p class="second">${this.say("demand_unknown")}</p>`;
    const choose = (event: Event): void => {
      this.area = Number((event.target as HTMLSelectElement).value);
      this.requestUpdate();
    };
    return html`<label class="choice">
        <span>${this.say("demand_area")}</span>
        <select @change=${choose}>
          ${view.areas.map(
            (one, place) => html`<option value=${place} ?selected=${place === this.area}>${this.name(one)}</option>`,
          )}
        </select>
      </label>
      <p>${this.about(area)}</p>
      ${area.days.length === 0
        ? html`<p class="second">${this.say("demand_unknown")}</p>`
        : html`<ul class="days">${area.days.map((day) => this.day(day, most(area)))}</ul>
            <p class="second">${this.say("demand_how")}</p>`}`;
  }

  private name({ area, province }: AreaDemand): string {
    return area ?? this.say("demand_province", { province });
  }

  private about(one: AreaDemand): string {
    const known = this.say("demand_about", { n: one.offices, days: one.history_days });
    if (one.missed_day_share === null || one.history_days < FEW_DAYS) return `${known} ${this.say("demand_unsure")}`;
    const share = Math.round(one.missed_day_share * 100);
    return `${known} ${this.say("demand_missed", { share, days: one.tried_days })}`;
  }

  private day(one: AreaDay, highest: number): TemplateResult {
    const quiet = quietest(one.slots);
    const words = {
      n: this.digits(one.expected),
      low: this.digits(one.low),
      high: this.digits(one.high),
    };
    const width = one.slots.length * BAR;
    return html`<li>
      <h2>${dayName(one.day, this.language)}</h2>
      <p class="many">${this.say("demand_day", words)}</p>
      ${one.holiday ? html`<p class="second">${one.holiday}</p>` : nothing}
      <svg
        viewBox="0 0 ${width} ${HEIGHT + 16}"
        role="img"
        aria-label=${this.say("demand_picture", { ...words, quiet: hours(quiet) })}
      >
        ${one.slots.map((slot, place) => this.bar(slot, place, highest, quiet.includes(slot)))}
      </svg>
      ${quiet.length > 0 ? html`<p><strong>${this.say("demand_quiet", { hours: hours(quiet) })}</strong></p>` : nothing}
    </li>`;
  }

  private bar(slot: AreaSlot, place: number, highest: number, quiet: boolean): TemplateResult {
    const tall = (value: number): number => (Math.min(value, highest) / highest) * HEIGHT;
    const x = place * BAR;
    const whole = slot.at.endsWith(":00") && Number(slot.at.slice(0, 2)) % 2 === 1;
    return svg`<rect
        class=${quiet ? "quiet-time" : "part"}
        x=${x + 2} y=${HEIGHT - tall(slot.expected)} width=${BAR - 4} height=${tall(slot.expected)}
      />
      <line class="sure" x1=${x + BAR / 2} x2=${x + BAR / 2} y1=${HEIGHT - tall(slot.high)} y2=${HEIGHT - tall(slot.low)} />
      ${whole ? svg`<text x=${x} y=${HEIGHT + 13}>${Number(slot.at.slice(0, 2))}h</text>` : nothing}`;
  }

  private digits(value: number): string {
    return Math.round(value).toLocaleString(this.language === "en" ? "en-GB" : "vi-VN");
  }

  private async load(): Promise<void> {
    this.got = await ask<CityDemand>("/api/v1/demand");
    if (this.got.state !== "ready" || this.got.body.made_at === null) {
      window.setTimeout(() => void this.load(), AGAIN_MS);
    }
    this.requestUpdate();
  }
}

/** The scale of an area: one for all its days, so that they can be compared. */
function most({ days }: AreaDemand): number {
  return Math.max(1, ...days.flatMap(({ slots }) => slots.map(({ high }) => high)));
}

/** The hour with fewest people, of those in which an office works: at least a tenth of the busiest. */
function quietest(slots: AreaSlot[]): AreaSlot[] {
  const busiest = Math.max(0, ...slots.map(({ expected }) => expected));
  let found: AreaSlot[] = [];
  let least = Infinity;
  slots.forEach((slot, place) => {
    const pair = [slot, slots[place + 1]].filter((one) => one !== undefined);
    const sum = pair.reduce((total, one) => total + one.expected, 0);
    if (pair.length < 2 || pair.some((one) => one.expected < busiest / 10) || sum >= least) return;
    found = pair;
    least = sum;
  });
  return found;
}

function hours(slots: AreaSlot[]): string {
  const [first, last] = [slots[0], slots[slots.length - 1]];
  if (first === undefined || last === undefined) return "–";
  const [hour = 0, minute = 0] = last.at.split(":").map(Number);
  const end = hour * 60 + minute + 30;
  return `${first.at}–${String(Math.floor(end / 60)).padStart(2, "0")}:${String(end % 60).padStart(2, "0")}`;
}

applyAppearance(appearance());
customElements.define("demand-page", DemandPage);
