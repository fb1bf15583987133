// Satisfaction over a day or a month: waits, ratings and the smile index beside each other.
import { html, nothing, type TemplateResult } from "lit";
import { appearance, applyAppearance } from "./choices";
import { DeskPage } from "./desk_page";
import type { SatisfactionView } from "./satisfaction_contract";
import { lowRatings, trendTable } from "./satisfaction_tables";
import { staySignedIn } from "./session";

const ADDRESS = "/api/v1/satisfaction";
const EVERY_MS = 60_000;

class SatisfactionPage extends DeskPage {
  private view: SatisfactionView | null = null;
  private refused: "signed_out" | "not_allowed" | "lost" | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
    this.every(EVERY_MS, () => void this.load());
  }

  private async load(): Promise<void> {
    const asked = new URLSearchParams(location.search);
    const wanted = new URLSearchParams();
    for (const name of ["day", "month"]) {
      const value = asked.get(name);
      if (value) wanted.set(name, value);
    }
    try {
      const answer = await fetch(`${ADDRESS}?${wanted.toString()}`);
      this.refused = answer.ok ? null : answer.status === 401 ? "signed_out" : answer.status === 403 ? "not_allowed" : "lost";
      if (answer.ok) this.view = (await answer.json()) as SatisfactionView;
    } catch {
      this.refused = "lost";
    }
    this.requestUpdate();
  }

  private choose(name: "day" | "month", value: string): void {
    if (!value) return;
    const address = new URL(location.href);
    address.searchParams.delete("day");
    address.searchParams.delete("month");
    address.searchParams.set(name, value);
    history.replaceState(null, "", address);
    void this.load();
  }

  protected override render(): TemplateResult {
    document.title = `${this.say("trend_title")} · ${this.say("product")}`;
    return html`
      ${this.refused ? this.linkNotice(this.refused, null) : nothing}
      ${this.deskBar("trend_title", this.linkTo("/board", "board_title"))}
      <main>${this.view === null ? nothing : this.whole(this.view)}</main>
    `;
  }

  private whole(view: SatisfactionView): TemplateResult {
    const month = view.period.length === 7;
    return html`
      <section class="controls" aria-label=${this.say("replay_controls")}>
        ${this.choice("day", "date", month ? "" : view.period)}
        ${this.choice("month", "month", view.period.slice(0, 7))}
      </section>
      <section aria-labelledby="trend">
        <h2 id="trend">${this.say(month ? "trend_by_day" : "trend_by_hour")}</h2>
        <p class="second">${this.say("trend_three")}</p>
        ${view.points.length === 0 ? html`<p role="status">${this.say("trend_empty")}</p>` : trendTable(view, this.language)}
        <p class="smile-words">${this.pick(view.index.words)}. ${this.calibration(view)}</p>
      </section>
      <section aria-labelledby="low">
        <h2 id="low">${this.say("low_title")}</h2>
        <p class="second">
          ${this.say("low_of", { low: view.low_ratings.low, rated: view.low_ratings.rated })}
          ${this.pick(view.low_ratings.words)}
        </p>
        ${view.low_ratings.groups.length === 0
          ? html`<p>${this.say("low_few")}</p>`
          : lowRatings(view.low_ratings, this.language)}
      </section>
    `;
  }

  private choice(name: "day" | "month", kind: string, value: string): TemplateResult {
    return html`<label>
      <span>${this.say(name === "day" ? "replay_day" : "trend_month")}</span>
      <input
        type=${kind}
        .value=${value}
        @change=${(event: Event) => this.choose(name, (event.target as HTMLInputElement).value)}
      />
    </label>`;
  }

  private calibration(view: SatisfactionView): string {
    const said = view.index.calibration;
    if (!said) return this.say("calibration_none");
    const figure = (value: number): string => value.toFixed(2);
    return this.say(said.used ? "calibration_used" : "calibration_poor", {
      n: said.n,
      bad: said.n_bad,
      auc: figure(said.auc),
      low: figure(said.low),
      high: figure(said.high),
    });
  }
}

applyAppearance(appearance());
staySignedIn();
customElements.define("satisfaction-trend", SatisfactionPage);
