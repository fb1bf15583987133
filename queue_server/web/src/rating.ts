// The tablet at a counter: who was just served rates the visit; between citizens it says who may.
import { html, nothing, type TemplateResult } from "lit";
import { appearance, applyAppearance } from "./choices";
import { press, type Answer } from "./console_press";
import { Live } from "./live";
import { Page } from "./page";
import { RatingForm, type Rating } from "./rating_form";
import type { TabletView } from "./rating_contract";
import { staySignedIn } from "./session";

const ROOT = `/api/v1/counters/${/^\/rate\/(\d+)$/.exec(location.pathname)?.[1] ?? "0"}/rating`;
const THANKS_MS = 6_000;
/** Nobody touched it for so long: whoever began has gone. */
const IDLE_MS = 60_000;

class RatingTablet extends Page {
  private readonly live = new Live<TabletView>(this, {
    stream: `${ROOT}/stream`,
    event: "tablet",
    snapshot: ROOT,
  });
  private readonly form = new RatingForm(
    (key) => this.say(key),
    () => this.language,
    () => this.touched(),
  );
  /** The ticket that the citizen here began to rate; it stays until sent or left alone. */
  private number: string | null = null;
  private touchedAt = 0;
  private thanksUntil = 0;
  private trouble = "";
  private busy = false;

  protected override render(): TemplateResult {
    const view = this.live.view;
    if (view) this.follow(view);
    document.title = view ? `${this.say("rate_send")} · ${this.pick(view.counter_name)}` : "Một Cửa";
    return html`
      ${this.linkNotice(this.live.link, view?.at ?? null)} ${this.trainingMark(view?.training)}
      <header class="bar">
        <h1><span class="brand">${view ? this.pick(view.counter_name) : this.say("product")}</span></h1>
        <nav>${this.languageSwitch()}</nav>
      </header>
      <main>${view ? this.whole(view) : this.missing()}</main>
    `;
  }

  private missing(): TemplateResult | typeof nothing {
    return this.live.link === "not_found"
      ? html`<p class="rest">${this.say("no_such_counter")}</p>`
      : nothing;
  }

  /** Another citizen's number replaces this one only while nobody is half way. */
  private follow(view: TabletView): void {
    const left = Date.now() - this.touchedAt > IDLE_MS;
    if ((this.form.begun && !left && this.number !== null) || view.number === this.number) {
      if (!(left && this.form.begun)) return;
    }
    this.number = view.number;
    this.trouble = "";
    this.form.clear();
  }

  private whole(view: TabletView): TemplateResult {
    if (Date.now() < this.thanksUntil) {
      return html`<p class="rest thanks" role="status">${this.say("rated")}</p>`;
    }
    if (this.number === null) return html`<p class="rest">${this.say("rate_tablet_rest")}</p>`;
    const service = view.number === this.number && view.service ? this.pick(view.service) : "";
    return html`
      <p class="whose">
        ${this.say("rate_tablet_number", { number: this.number })}
        <span class="second">${service}</span>
      </p>
      ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
      ${this.form.render(view.reasons, this.busy, (rating) => void this.send(rating))}
    `;
  }

  private touched(): void {
    this.touchedAt = Date.now();
    this.requestUpdate();
  }

  private async send(rating: Rating): Promise<void> {
    if (this.busy || this.number === null) return;
    this.busy = true;
    this.touched();
    const answer = await press(ROOT, { ...rating, number: this.number });
    this.busy = false;
    this.trouble = this.troubleOf(answer);
    if (answer.kind === "done") {
      this.thanksUntil = Date.now() + THANKS_MS;
      this.form.clear();
      this.number = null;
      await this.live.refresh();
    }
    this.requestUpdate();
  }

  private troubleOf(answer: Answer): string {
    if (answer.kind === "away") return this.say("server_away");
    if (answer.kind !== "refused") return "";
    return this.language === "vi" ? answer.problem.title_vi : answer.problem.title;
  }
}

applyAppearance(appearance());
staySignedIn();
customElements.define("rating-tablet", RatingTablet);
