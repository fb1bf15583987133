// Offices with their live waits: a list to read, a map to look at, a file for other programs.
import { html, nothing, svg, type TemplateResult } from "lit";
import { appearance, applyAppearance } from "./choices";
import type { OfficeOnMap, OfficeSmile, OfficesView } from "./map_contract";
import { planeOf, type Spot } from "./map_plane";
import { waitMark } from "./marks";
import { Page } from "./page";
import { staySignedIn } from "./session";
import { clock, measured, percent, wholeMinutes } from "./time";
import { waitState, type WaitState } from "./wait_state";

const OFFICES = "/api/v1/offices";
const EVERY_MS = 10_000;
const SIZE = 600;
const MARGIN = 150;

type Placed = OfficeOnMap & Spot;

class OfficePage extends Page {
  private view: OfficesView | null = null;
  private link: "live" | "lost" | "signed_out" | "not_allowed" = "live";

  override connectedCallback(): void {
    super.connectedCallback();
    void this.ask();
    this.every(EVERY_MS, () => void this.ask());
  }

  private async ask(): Promise<void> {
    try {
      const answer = await fetch(OFFICES);
      if (answer.ok) this.view = (await answer.json()) as OfficesView;
      this.link = answer.ok
        ? "live"
        : answer.status === 401
          ? "signed_out"
          : answer.status === 403
            ? "not_allowed"
            : "lost";
    } catch {
      this.link = "lost";
    }
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const view = this.view;
    document.title = `${this.say("offices_title")} · ${this.say("product")}`;
    return html`
      ${this.linkNotice(this.link, view?.at ?? null)}
      <header class="bar">
        <h1><span class="brand">${this.say("offices_title")}</span></h1>
        <nav>${this.linkTo("/", "all_pages")} ${this.languageSwitch()} ${this.appearanceChoice()}</nav>
        <p class="clock">${view ? clock(view.at) : ""}</p>
      </header>
      <main>${view === null ? nothing : html`${this.list(view)} ${this.map(view)}`}</main>
    `;
  }

  private list(view: OfficesView): TemplateResult {
    return html`<section class="list" aria-label=${this.say("offices_title")}>
      <ul>
        ${view.offices.map((office) => this.card(office, view))}
      </ul>
      <p><a href="/api/v1/offices.geojson" download="offices.geojson">${this.say("offices_geojson")}</a></p>
    </section>`;
  }

  private card(office: OfficeOnMap, view: OfficesView): TemplateResult {
    const { wait } = office;
    const state = stateOf(office, view);
    return html`<li class="${state ?? "none"} ${office.link}">
      <h2>${waitMark(state)} ${this.pick(office.name)}</h2>
      ${wait === null
        ? html`<p class="second">${this.say("office_never")}</p>`
        : html`<p class="wait">
              <strong>${wait.forecast_min === null ? "–" : wholeMinutes(wait.forecast_min)}</strong>
              ${this.say("office_forecast")}
            </p>
            <p>
              ${this.say("office_now", { waiting: wait.waiting, counters: wait.counters_open })}
              ${wait.mean_wait_min === null
                ? nothing
                : this.say("office_mean", { mean: measured(wait.mean_wait_min, this.language) })}
            </p>
            ${wait.smile ? this.smile(wait.smile) : nothing}
            ${office.link === "silent"
              ? html`<p class="silent">${this.say("office_silent", { time: clock(wait.at) })}</p>`
              : nothing}`}
    </li>`;
  }

  /** Never without what it stands on and the words that say how little it is. */
  private smile(smile: OfficeSmile): TemplateResult {
    const { n, low, high } = smile;
    const values = { n, low: percent(low), high: percent(high), words: this.pick(smile.words) };
    return html`<p class="smile">
      ${this.say("smile_index")}: <b>${percent(smile.share)}</b>
      <span class="second">${this.say("smile_of", values)}</span>
    </p>`;
  }

  private map(view: OfficesView): TemplateResult {
    const placed = view.offices.filter(
      (office): office is Placed => office.latitude !== null && office.longitude !== null,
    );
    if (placed.length === 0) return html`<p class="second map">${this.say("offices_no_place")}</p>`;
    const plane = planeOf(placed, SIZE, MARGIN);
    const { km, units } = plane.scale;
    return html`<section class="map" aria-hidden="true">
      <svg viewBox="0 0 ${SIZE} ${SIZE}">
        <defs>
          <pattern id="grid" width=${units} height=${units} patternUnits="userSpaceOnUse">
            <path d="M ${units} 0 L 0 0 0 ${units}" />
          </pattern>
        </defs>
        <rect class="ground" width=${SIZE} height=${SIZE} fill="url(#grid)" />
        ${placed.map((office) => this.pin(office, plane.at(office), stateOf(office, view)))}
        <g class="scale" transform="translate(24 ${SIZE - 24})">
          <path d="M0 -6 V0 H${units} V-6" />
          <text x=${units + 8}>${km} km</text>
        </g>
        <g class="north" transform="translate(${SIZE - 30} 40)">
          <path d="M0 14 V-14 M-6 -6 L0 -14 L6 -6" />
          <text y="32" text-anchor="middle">${this.say("north")}</text>
        </g>
      </svg>
      ${placed.some((office) => office.wait?.smile)
        ? html`<p class="second">${this.say("smile_note")}</p>`
        : nothing}
    </section>`;
  }

  private pin(
    office: Placed,
    at: { x: number; y: number },
    state: WaitState | null,
  ): TemplateResult {
    const minutes = office.wait?.forecast_min ?? null;
    // Outwards, so that names of offices side by side do not meet.
    const right = at.x >= SIZE / 2;
    const shape =
      state === "over_limit"
        ? svg`<rect x="-9" y="-9" width="18" height="18" />`
        : state === "near_limit"
          ? svg`<circle class="outline" r="9" /><path d="M0 -9 A9 9 0 0 0 0 9 Z" />`
          : state === "on_target"
            ? svg`<circle r="9" />`
            : svg`<circle class="outline" r="9" />`;
    return svg`<g class="pin ${state ?? "none"}" transform="translate(${at.x} ${at.y})">
      ${shape}
      <text x=${right ? 16 : -16} y="-2" text-anchor=${right ? "start" : "end"}>${this.pick(office.name)}</text>
      <text class="second" x=${right ? 16 : -16} y="16" text-anchor=${right ? "start" : "end"}>
        ${minutes === null ? "–" : this.say("about_minutes", { n: wholeMinutes(minutes) })}
      </text>
      ${office.wait?.smile
        ? svg`<text class="second" x=${right ? 16 : -16} y="34" text-anchor=${right ? "start" : "end"}>
            ${this.say("smile_on_map", { share: percent(office.wait.smile.share) })}
          </text>`
        : nothing}
    </g>`;
  }
}

/** A silent office has no state: nobody knows how long people wait there now. */
function stateOf(office: OfficeOnMap, view: OfficesView): WaitState | null {
  if (office.link === "silent" || office.wait === null) return null;
  return waitState(office.wait.forecast_min, view.targets);
}

applyAppearance(appearance());
staySignedIn();
customElements.define("office-page", OfficePage);
