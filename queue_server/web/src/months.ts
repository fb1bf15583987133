// A month of the city: index 766, online shares, offices side by side; public, and drafts by their id.
import { html, nothing, svg, type TemplateResult } from "lit";
import "./words_city";
import { ask, type Got } from "./asking";
import { appearance, applyAppearance } from "./choices";
import { plain } from "./city_choice";
import type {
  CityMonth,
  ComparedShare,
  MonthOffice,
  OfficeIndex,
  OnlineShare,
  PublishedMonth,
  ShownMonth,
} from "./city_contract";
import { Page } from "./page";
import { date } from "./time";
import { sayState, type WordKey } from "./words";

const API = "/api/v1/months";
const AT_ONCE = 25;
const MINUTES = new Set(["mean_wait_min"]);

class MonthsPage extends Page {
  private all: PublishedMonth[] = [];
  private state: Got<unknown>["state"] | null = null;
  private chosen = location.pathname.split("/")[2] ?? "";
  private shown: ShownMonth | null = null;
  private asked = "";
  private most = AT_ONCE;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render(): TemplateResult {
    document.title = `${this.say("month_title")} · ${this.say("product")}`;
    return html`
      <header class="bar">
        <h1><span class="brand">${this.say("month_title")}</span></h1>
        <nav><a class="button" href="/city">${this.say("month_city")}</a> ${this.languageSwitch()} ${this.appearanceChoice()}</nav>
      </header>
      <main aria-busy=${this.state === null}>
        ${this.choice()} ${this.shown === null ? nothing : this.month(this.shown)}
      </main>
      ${this.unansweredNotice(this.state, null)}
    `;
  }

  private choice(): TemplateResult {
    if (this.state === "ready" && this.all.length === 0 && this.shown === null) {
      return html`<p class="second">${this.say("month_none")}</p>`;
    }
    return html`<form class="choice" @submit=${(event: Event) => event.preventDefault()}>
      ${this.all.length === 0
        ? nothing
        : html`<label>
            <span>${this.say("month_which")}</span>
            <select @change=${(event: Event) => void this.choose((event.target as HTMLSelectElement).value)}>
              ${this.all.some(({ id }) => id === this.chosen)
                ? nothing
                : html`<option value="" selected>${this.say("choose")}</option>`}
              ${this.all.map(
                (one) => html`<option value=${one.id} ?selected=${one.id === this.chosen}>
                  ${this.pick(one.name)}${one.state === "published"
                    ? ""
                    : ` (${sayState(this.language, "month_state", one.state)})`}
                </option>`,
              )}
            </select>
          </label>`}
      ${this.shown === null
        ? nothing
        : html`<label>
              <span>${this.say("city_search")}</span>
              <input
                type="search"
                maxlength="80"
                .value=${this.asked}
                @input=${(event: Event) => {
                  this.asked = (event.target as HTMLInputElement).value;
                  this.most = AT_ONCE;
                  this.requestUpdate();
                }}
              />
            </label>
            <a class="button" download href="${API}/${this.chosen}/file.csv">CSV</a>`}
    </form>`;
  }

  private month({ state, replaced, steps, month }: ShownMonth): TemplateResult {
    const words = plain(this.asked).split(/\s+/).filter(Boolean);
    const fits = ({ name }: MonthOffice): boolean => {
      const text = plain(`${name.vi} ${name.en}`);
      return words.every((word) => text.includes(word));
    };
    const offices = month.offices.filter(fits);
    const last = steps[steps.length - 1];
    return html`
      <section class="headline">
        <p class="large">${this.pick(month.name)}</p>
        ${state === "published"
          ? nothing
          : html`<p class="notice" role="status">${this.say("month_draft", { state: sayState(this.language, "month_state", state) })}</p>`}
        ${replaced ? html`<p class="notice" role="status">${this.say("month_replaced")}</p>` : nothing}
        <p>${this.say("month_heard", { n: month.offices.length, silent: month.silent })}</p>
        <p class="second">
          ${this.say("month_when", { day: date(Date.parse(last?.at ?? month.made_at), this.language), least: month.least })}
        </p>
      </section>
      ${this.index(month, offices)} ${this.online(month)} ${this.compared(month, offices)}
    `;
  }

  private index(month: CityMonth, offices: MonthOffice[]): TemplateResult {
    const of = new Map(month.index.map((one) => [one.office, one]));
    const measured = month.metrics.filter(({ id, most }) => most && month.index.some((one) => id in one.metrics));
    const other = month.metrics.filter((one) => !measured.includes(one) && one.most);
    const most = measured.reduce((sum, one) => sum + (one.most ?? 0), 0);
    return html`<section aria-labelledby="index">
      <h2 id="index">${this.say("month_index")}</h2>
      <p>${this.say("month_index_of", { most: this.digits(most, 0) })}</p>
      ${this.table(
        html`<th scope="col">${this.say("month_office")}</th>
          <th scope="col">${this.say("month_points")}</th>
          ${measured.map((one) => html`<th scope="col">${one.id} ${this.pick(one.name)} (${this.say("month_most", { most: this.digits(one.most ?? 0, 0) })})</th>`)}`,
        offices.slice(0, this.most).map((office) => this.indexRow(office, of.get(office.id), measured.map(({ id }) => id))),
      )}
      ${this.more(offices)}
      <details>
        <summary>${this.say("month_not_measured", { n: other.length })}</summary>
        <ul>
          ${other.map(
            (one) => html`<li>
              ${one.id} ${this.pick(one.name)} (${this.say("month_most", { most: this.digits(one.most ?? 0, 0) })})${one.missing ? html`: <span class="second">${this.pick(one.missing)}</span>` : nothing}
            </li>`,
          )}
        </ul>
      </details>
    </section>`;
  }

  private indexRow(office: MonthOffice, index: OfficeIndex | undefined, ids: string[]): TemplateResult {
    const points = index?.points ?? null;
    return html`<tr>
      ${this.head(office)}
      <td class="wide">
        ${points === null || index === undefined
          ? this.nothing()
          : html`${bar(points / index.most, null)}
              <strong>${this.digits(points, 1)}</strong> / ${this.digits(index.most, 0)}`}
      </td>
      ${ids.map((id) => {
        const one = index?.metrics[id];
        if (one === undefined) return html`<td>${this.nothing()}</td>`;
        return html`<td>
          ${one.points === null ? this.nothing() : this.digits(one.points, 1)} <span class="second">n = ${this.digits(one.n, 0)}</span>
        </td>`;
      })}
    </tr>`;
  }

  private online(month: CityMonth): TemplateResult | typeof nothing {
    if (month.online.length === 0) return nothing;
    const absent = month.online.filter(({ offices }) => offices === 0);
    return html`<section aria-labelledby="online">
      <h2 id="online">${this.say("month_online")}</h2>
      <p class="second">${this.say("month_online_of", { source: month.online_source })}</p>
      ${this.table(
        html`<th scope="col">${this.say("month_agency")}</th>
          <th scope="col">${this.say("month_share")}</th>
          <th scope="col">${this.say("month_target")}</th>
          <th scope="col">${this.say("month_reached_before")}</th>
          <th scope="col">${this.say("month_dossiers")}</th>
          <th scope="col">${this.say("month_offices")}</th>`,
        month.online.filter(({ offices }) => offices > 0).map((one) => this.onlineRow(one)),
      )}
      ${absent.length === 0
        ? nothing
        : html`<details>
            <summary>${this.say("month_absent", { n: absent.length })}</summary>
            <ul>
              ${absent.map((one) => html`<li>${one.agency}: ${this.say("month_target")} ${this.percent(one.target)}</li>`)}
            </ul>
          </details>`}
    </section>`;
  }

  private onlineRow(one: OnlineShare): TemplateResult {
    const mark = one.reached === null ? "" : one.reached ? "reached" : "short";
    return html`<tr class=${mark}>
      <th scope="row">${one.agency ?? this.say("month_no_agency")}</th>
      <td class="wide">
        ${one.share === null
          ? this.nothing()
          : html`${bar(one.share, one.target)} <strong>${this.percent(one.share)}</strong>
              ${this.say(one.reached ? "month_reached" : "month_short")}`}
      </td>
      <td>${this.percent(one.target)}</td>
      <td>${one.before === null ? this.nothing() : this.percent(one.before)}</td>
      <td>${this.digits(one.online, 0)} / ${this.digits(one.filed, 0)}</td>
      <td>${one.offices}</td>
    </tr>`;
  }

  private compared(month: CityMonth, offices: MonthOffice[]): TemplateResult {
    const of = new Map(month.compared.map((one) => [one.office, one.figures]));
    const names = Object.keys(month.compared[0]?.figures ?? {});
    return html`<section aria-labelledby="compared">
      <h2 id="compared">${this.say("month_compared")}</h2>
      <p>${this.say("month_compared_how", { least: month.least })}</p>
      ${this.table(
        html`<th scope="col">${this.say("month_office")}</th>
          <th scope="col">${this.say("month_days")}</th>
          <th scope="col">${this.say("month_a_day")}</th>
          ${names.map((name) => html`<th scope="col">${this.say(`month_figure_${name}` as WordKey)}</th>`)}`,
        offices.slice(0, this.most).map(
          (office) => html`<tr>
            ${this.head(office)}
            <td>${office.days}</td>
            <td>${this.digits(office.tickets_a_day, 0)}</td>
            ${names.map((name) => html`<td>${this.share(name, of.get(office.id)?.[name])}</td>`)}
          </tr>`,
        ),
      )}
      ${this.more(offices)}
    </section>`;
  }

  private share(name: string, one: ComparedShare | undefined): TemplateResult {
    const value = one?.value ?? null;
    const words = value === null ? this.nothing() : MINUTES.has(name) ? this.digits(value, 1) : this.percent(value);
    return html`${words} <span class="second">n = ${this.digits(one?.n ?? 0, 0)}</span>`;
  }

  private table(head: TemplateResult, rows: TemplateResult[]): TemplateResult {
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${this.say("month_table")}>
      <table>
        <thead>
          <tr>
            ${head}
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`;
  }

  private head(office: MonthOffice): TemplateResult {
    const about = [office.area, office.agency].filter(Boolean).join(" · ");
    return html`<th scope="row">
      ${this.pick(office.name)} ${about ? html`<span class="second">${about}</span>` : nothing}
    </th>`;
  }

  private more(offices: MonthOffice[]): TemplateResult | typeof nothing {
    const left = offices.length - this.most;
    if (left <= 0) return nothing;
    const show = (): void => {
      this.most += AT_ONCE;
      this.requestUpdate();
    };
    return html`<button @click=${show}>${this.say("city_more", { n: Math.min(AT_ONCE, left) })}</button>`;
  }

  private nothing(): TemplateResult {
    return html`<span class="few" title=${this.say("month_few")}>–</span>`;
  }

  private digits(value: number, places: number): string {
    const form = { minimumFractionDigits: places, maximumFractionDigits: places };
    return value.toLocaleString(this.language === "en" ? "en-GB" : "vi-VN", form);
  }

  private percent(value: number): string {
    return `${this.digits(value * 100, 1)} %`;
  }

  private async choose(id: string): Promise<void> {
    if (id === "") return;
    this.chosen = id;
    this.shown = null;
    history.replaceState(null, "", `/months/${id}`);
    const got = await ask<ShownMonth>(`${API}/${id}`);
    if (got.state === "ready" && this.chosen === id) this.shown = got.body;
    else this.state = got.state;
    this.requestUpdate();
  }

  private async load(): Promise<void> {
    const got = await ask<PublishedMonth[]>(API);
    this.state = got.state;
    if (got.state === "ready") this.all = got.body;
    const first = this.chosen || this.all.find(({ state }) => state === "published")?.id;
    if (first) await this.choose(first);
    this.requestUpdate();
  }
}

/** A share as a bar, and its target as a line. */
function bar(share: number, target: number | null): TemplateResult {
  const width = Math.max(0, Math.min(1, share)) * 100;
  return html`<svg class="share" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
    ${svg`<rect class="ground" width="100" height="10" /><rect class="part" width=${width} height="10" />`}
    ${target === null ? nothing : svg`<rect class="goal" x=${target * 100 - 0.75} width="1.5" height="10" />`}
  </svg>`;
}

applyAppearance(appearance());
customElements.define("months-page", MonthsPage);
