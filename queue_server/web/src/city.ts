// Choose an office of the city: the wait now, the way there, what is open; a map beside the list.
import { html, nothing, type TemplateResult } from "lit";
import "./words_city";
import { appearance, applyAppearance } from "./choices";
import { choose, kmTo, minutesOfWay, waitOf, type Order, type Place } from "./city_choice";
import type { CityView, OfficeInCity, OfficeLines } from "./city_contract";
import { CityMap } from "./city_map";
import { ServiceFilter } from "./city_service";
import { WishPanel } from "./city_wish";
import { waitMark } from "./marks";
import { Page } from "./page";
import { clock, measured, moment, wholeMinutes } from "./time";
import { waitState, type WaitState } from "./wait_state";

const STREAM = "/api/v1/city/stream";
const AT_ONCE = 20;
const ORDERS = ["wait", "near", "both"] as const;
/** The server beats every 15 s. */
const STALL_MS = 35_000;

class CityPage extends Page {
  private view: CityView | null = null;
  private readonly offices = new Map<string, OfficeInCity>();
  private found: OfficeInCity[] = [];
  private source: EventSource | null = null;
  private heardAt = Date.now();
  private asked = "";
  private order: Order = "wait";
  private place: Place | null = null;
  private placeSays: "city_located" | "city_not_located" | null = null;
  private shown = AT_ONCE;
  private chosen: OfficeLines | null = null;
  private map: CityMap | null = null;
  private readonly service = new ServiceFilter({
    say: (key, values) => this.say(key, values),
    pick: (both) => this.pick(both),
    changed: () => this.search(),
  });
  private readonly wish = new WishPanel({
    say: (key, values) => this.say(key, values),
    pick: (both) => this.pick(both),
    language: () => this.language,
    redraw: () => this.requestUpdate(),
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.source = new EventSource(STREAM);
    this.source.addEventListener("city", (event) => {
      this.take(JSON.parse((event as MessageEvent<string>).data) as CityView);
    });
    this.source.addEventListener("beat", () => {
      this.heardAt = Date.now();
      void this.service.refresh();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.source?.close();
  }

  private take(view: CityView): void {
    this.heardAt = Date.now();
    this.view = view;
    if (view.whole) this.offices.clear();
    for (const office of view.offices) this.offices.set(office.id, office);
    this.search();
    void this.service.refresh();
    const chosen = this.chosen?.office.id;
    if (view.offices.some(({ id }) => id === chosen)) void this.open(chosen ?? "");
  }

  private search(): void {
    this.found = choose(this.service.among(this.offices), this.asked, this.order, this.place);
    this.requestUpdate();
  }

  private async open(id: string): Promise<void> {
    try {
      const answer = await fetch(`/api/v1/city/${encodeURIComponent(id)}`);
      if (answer.ok) {
        if (id !== this.chosen?.office.id) this.wish.forgetChoice();
        this.chosen = (await answer.json()) as OfficeLines;
      }
    } catch {
      // Away: the stream notices by itself, and what is shown stays.
    }
    this.requestUpdate();
  }

  private state(office: OfficeInCity): WaitState | null {
    return this.view === null ? null : waitState(waitOf(office), this.view.targets);
  }

  protected override updated(): void {
    const canvas = this.querySelector("canvas");
    if (canvas === null) return;
    this.map ??= new CityMap(
      canvas,
      (office, at) => (office === null ? this.standAt(at) : void this.open(office.id)),
      (office) => this.pick(office.name),
    );
    const pins = this.found.map((office) => ({ office, state: this.state(office) }));
    this.map.show(pins, this.place, this.chosen?.office.id ?? null);
  }

  protected override render(): TemplateResult {
    document.title = `${this.say("city_title")} · ${this.say("product")}`;
    const link = this.view === null ? "connecting" : Date.now() - this.heardAt > STALL_MS ? "lost" : "live";
    return html`
      ${this.linkNotice(link, this.view?.at ?? null)}
      <header class="bar">
        <h1><span class="brand">${this.say("city_title")}</span></h1>
        <nav><a class="button" href="/demand">${this.say("demand_link")}</a> <a class="button" href="/months">${this.say("city_months")}</a> ${this.languageSwitch()} ${this.appearanceChoice()}</nav>
        <p class="clock">${this.view ? clock(this.view.at) : ""}</p>
      </header>
      <main>${this.view === null ? nothing : html`${this.list()} ${this.side(this.view)}`}</main>
    `;
  }

  private list(): TemplateResult {
    const open = this.found.filter(({ counters_open }) => counters_open > 0).length;
    const more = this.found.length - this.shown;
    return html`<section class="list" aria-label=${this.say("city_title")}>
      <form @submit=${(event: Event) => event.preventDefault()}>${this.asking()}</form>
      <p class="second" role="status">
        ${this.found.length === 0
          ? this.say("city_none")
          : this.say("city_count", { open, all: this.found.length })}
      </p>
      <ul>
        ${this.found.slice(0, this.shown).map((office) => this.card(office))}
      </ul>
      ${more > 0
        ? html`<button @click=${() => this.showMore()}>
            ${this.say("city_more", { n: Math.min(AT_ONCE, more) })}
          </button>`
        : nothing}
      <p class="second basis">${this.say("city_basis")}</p>
    </section>`;
  }

  private asking(): TemplateResult {
    return html`
      ${this.service.choice()}
      <label>
        ${this.say("city_search")}
        <input
          type="search"
          maxlength="80"
          .value=${this.asked}
          @input=${(event: Event) => {
            this.asked = (event.target as HTMLInputElement).value;
            this.shown = AT_ONCE;
            this.search();
          }}
        />
      </label>
      <label>
        ${this.say("city_order")}
        <select
          @change=${(event: Event) => {
            this.order = (event.target as HTMLSelectElement).value as Order;
            if (this.order !== "wait" && this.place === null) this.locate();
            this.search();
          }}
        >
          ${ORDERS.map(
            (one) =>
              html`<option value=${one} ?selected=${one === this.order}>
                ${this.say(`city_order_${one}`)}
              </option>`,
          )}
        </select>
      </label>
      <button type="button" @click=${() => this.locate()}>${this.say("city_locate")}</button>
      ${this.placeSays === null ? nothing : html`<p class="second">${this.say(this.placeSays)}</p>`}
    `;
  }

  private card(office: OfficeInCity): TemplateResult {
    const state = this.state(office);
    const km = kmTo(office, this.place);
    return html`<li class="${state ?? "none"} ${office.id === this.chosen?.office.id ? "chosen" : ""}">
      <button class="card" @click=${() => void this.open(office.id)}>
        <span class="name">${waitMark(state)} ${this.pick(office.name)}</span>
        <span class="wait">${this.waitWords(office)}</span>
        ${office.counters_open > 0
          ? html`<span class="second">
              ${this.say("city_people", { waiting: office.waiting, counters: office.counters_open })}
            </span>`
          : nothing}
        ${km === null ? nothing : html`<span class="second">${this.way(km)}</span>`}
      </button>
    </li>`;
  }

  private way(km: number): string {
    return this.say("city_km", { km: measured(km, this.language), min: wholeMinutes(minutesOfWay(km)) });
  }

  private waitWords(office: OfficeInCity): TemplateResult | string {
    const { state } = office;
    if (state === "closed" || state === "never" || state === "linked" || state === "set_aside")
      return this.say(`city_state_${state}`);
    if (state === "away") return this.awayWords(office);
    if (this.service.name !== "" && office.counters_open === 0) return this.say("city_service_no_counter");
    const wait = waitOf(office);
    if (wait === null) return this.say("city_wait_unknown");
    if (wait === 0) return this.say("city_wait_now");
    const values = { p50: wholeMinutes(wait), p90: wholeMinutes(office.p90_min ?? wait) };
    return this.say("city_wait", values);
  }

  private awayWords({ away_since: since }: OfficeInCity): string {
    return since ? this.say("city_state_away", { at: moment(since, Date.now()) }) : this.say("city_state_away_long");
  }

  private side(view: CityView): TemplateResult {
    const placed = this.found.filter(({ latitude }) => latitude !== null).length;
    return html`<section class="side">
      ${this.wish.standing()} ${this.chosen === null ? nothing : this.detail(this.chosen)}
      <div class="map">
        <canvas role="img" aria-label=${this.say("city_map", { n: placed })}></canvas>
        <div class="zoom">
          <button aria-label=${this.say("city_zoom_in")} @click=${() => this.map?.zoom(1.6)}>+</button>
          <button aria-label=${this.say("city_zoom_out")} @click=${() => this.map?.zoom(0.625)}>−</button>
        </div>
      </div>
      <p class="key">
        <span>${waitMark("on_target")} ${this.say("city_key_good", { n: view.targets.good_min })}</span>
        <span>${waitMark("near_limit")} ${this.say("city_key_near", { n: view.targets.limit_min })}</span>
        <span>${waitMark("over_limit")} ${this.say("city_key_over")}</span>
        <span>
          <svg class="mark none" viewBox="0 0 24 24" aria-hidden="true">
            <circle class="outline" cx="12" cy="12" r="8" />
          </svg>
          ${this.say("city_key_none")}
        </span>
        <span class="second">${this.say("city_map_hint")}</span>
      </p>
    </section>`;
  }

  private detail({ office, lines }: OfficeLines): TemplateResult {
    const { mean_wait_min: mean, called, sessions, url, note } = office;
    const asked = this.found.find(({ id }) => id === office.id) ?? office;
    return html`<article class="detail" aria-live="polite">
      <h2>${waitMark(this.state(asked))} ${this.pick(office.name)}</h2>
      <p class="wait">${this.service.label()}${this.waitWords(asked)}</p>
      ${note ? html`<p class="note">${this.pick(note)}</p>` : nothing}
      ${office.away_since && office.state !== "away"
        ? html`<p class="note">${this.awayWords(office)}</p>`
        : nothing}
      ${lines.length > 0 && office.state !== "away" ? this.lines(lines) : nothing}
      ${sessions.length > 0
        ? html`<p>${this.say("city_sessions", { sessions: sessions.join(", ") })}</p>`
        : nothing}
      ${mean === null
        ? nothing
        : html`<p class="second">
            ${this.say("city_mean", { n: called, mean: measured(mean, this.language) })}
          </p>`}
      ${this.wish.asking(office, lines)}
      ${url === null ? nothing : html`<p><a class="button" href="${url}/a">${this.say("city_book")}</a></p>`}
    </article>`;
  }

  private lines(lines: OfficeLines["lines"]): TemplateResult {
    return html`<table>
      <thead>
        <tr>
          <th scope="col">${this.say("city_line")}</th>
          <th scope="col">${this.say("city_line_waiting")}</th>
          <th scope="col">${this.say("city_line_counters")}</th>
          <th scope="col">${this.say("city_line_wait")}</th>
        </tr>
      </thead>
      <tbody>
        ${lines.map(
          (line) => html`<tr>
            <th scope="row">${this.pick(line.name)}</th>
            <td>${line.waiting}</td>
            <td>${line.counters_open}</td>
            <td>
              ${line.p50_min === null
                ? this.say("city_line_none")
                : line.p50_min === 0
                  ? this.say("city_line_now")
                  : this.say("about_minutes", { n: wholeMinutes(line.p50_min) })}
            </td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  private showMore(): void {
    this.shown += AT_ONCE;
    this.requestUpdate();
  }

  /** A press beside every office says where the reader is, if the device does not. */
  private standAt(at: Place): void {
    if (this.placeSays !== "city_not_located") return;
    this.place = at;
    this.search();
  }

  private locate(): void {
    const failed = (): void => {
      this.placeSays = "city_not_located";
      this.requestUpdate();
    };
    if (!("geolocation" in navigator)) return failed();
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      this.place = { latitude: coords.latitude, longitude: coords.longitude };
      this.placeSays = "city_located";
      if (this.order === "wait") this.order = "both";
      this.search();
    }, failed);
  }
}

applyAppearance(appearance());
customElements.define("city-page", CityPage);
