// What a reader wants to have done: the offices that do it, and how long that line is there now.
import { html, type TemplateResult } from "lit";
import { forService } from "./city_choice";
import type { CityServices, LineInCity, OfficeInCity, ServiceInCity, ServiceLines } from "./city_contract";
import type { Words } from "./contract";
import type { WordKey } from "./words";

const SERVICES = "/api/v1/services";
/** Lines change with every call; a list that jumps each second is not read. */
const AGAIN_MS = 5_000;
/** What can be done somewhere seldom changes. */
const SERVICES_MS = 60_000;

interface Host {
  say: (key: WordKey, values?: Record<string, string | number>) => string;
  pick: (both: Words) => string;
  changed: () => void;
}

export class ServiceFilter {
  private services: ServiceInCity[] = [];
  private lines: ReadonlyMap<string, LineInCity> | null = null;
  private askedAt = 0;
  private listedAt = 0;
  /** The Vietnamese name, which is the same everywhere; empty: whatever is done there. */
  name = new URLSearchParams(location.search).get("service") ?? "";

  constructor(private readonly host: Host) {}

  /** Those that fit: all, until the lines of the chosen service are here. */
  among(offices: ReadonlyMap<string, OfficeInCity>): Iterable<OfficeInCity> {
    return this.name === "" || this.lines === null ? offices.values() : forService(offices.values(), this.lines);
  }

  /** Ask anew where it is time; an answer that does not come leaves what is shown. */
  async refresh(): Promise<void> {
    if (Date.now() - this.askedAt < AGAIN_MS) return;
    this.askedAt = Date.now();
    const { name } = this;
    try {
      if (Date.now() - this.listedAt > SERVICES_MS) {
        this.services = ((await (await fetch(SERVICES)).json()) as CityServices).services;
        this.listedAt = Date.now();
      } else if (name === "") return;
      if (name !== "") {
        const answer = await fetch(`${SERVICES}/lines?name=${encodeURIComponent(name)}`);
        const { lines } = (await answer.json()) as ServiceLines;
        if (name !== this.name) return;
        this.lines = new Map(lines.map((line) => [line.office, line]));
      }
    } catch {
      return;
    }
    this.host.changed();
  }

  /** What stands before a wait that is of this service alone. */
  label(): string {
    const chosen = this.services.find(({ name }) => name.vi === this.name);
    return chosen === undefined ? "" : `${this.host.pick(chosen.name)}: `;
  }

  choice(): TemplateResult {
    const known = this.services.some(({ name }) => name.vi === this.name);
    const asked = { vi: this.name, en: this.name };
    const all = known || this.name === "" ? this.services : [{ name: asked, offices: 0 }, ...this.services];
    return html`<label>
      ${this.host.say("city_service")}
      <select @change=${(event: Event) => this.choose((event.target as HTMLSelectElement).value)}>
        <option value="" ?selected=${this.name === ""}>${this.host.say("city_service_all")}</option>
        ${all.map(
          ({ name }) =>
            html`<option value=${name.vi} ?selected=${name.vi === this.name}>${this.host.pick(name)}</option>`,
        )}
      </select>
    </label>`;
  }

  private choose(name: string): void {
    this.name = name;
    this.lines = null;
    this.askedAt = 0;
    const address = new URL(location.href);
    if (name === "") address.searchParams.delete("service");
    else address.searchParams.set("service", name);
    history.replaceState(null, "", address);
    this.host.changed();
    void this.refresh();
  }
}
