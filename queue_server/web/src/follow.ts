// The page behind the slip's QR code: the number, people ahead, forecast, and the call.
import { html, nothing, type TemplateResult } from "lit";
import type { FollowView } from "./contract";
import { Chime } from "./chime";
import { appearance, applyAppearance, languageChosen, showLanguage } from "./choices";
import { FollowMoves } from "./follow_moves";
import { Live } from "./live";
import { arrow } from "./marks";
import { Page } from "./page";
import { clock, wholeMinutes } from "./time";
import { languages, sayState } from "./words";
import "./words_khmer";

class FollowPage extends Page {
  private readonly from = source(location.pathname);
  private readonly live = new Live<FollowView>(this, this.from);
  private readonly chime = new Chime();
  private readonly moves = new FollowMoves(
    this.from.snapshot,
    (key, values) => this.say(key, values),
    () => this.language,
    (view) => this.moved(view),
  );
  private rungFor = "";

  protected override render(): TemplateResult {
    const view = this.live.view;
    if (view) this.ring(view);
    if (view) this.speakAs(view);
    document.title = view ? this.tabTitle(view) : this.say("product");
    return html`
      <header class="bar">
        <span class="brand">${view ? this.pick(view.office) : this.say("product")}</span>
        <nav>${this.languageSwitch()}</nav>
      </header>
      ${this.linkNotice(this.live.link, view?.at ?? null)} ${this.trainingMark(view?.training)}
      <main class="narrow">${this.content(view)}</main>
    `;
  }

  /** Whoever took the number in a language reads on in it, until a language is chosen here. */
  private speakAs(view: FollowView): void {
    const taken = languages().find((one) => one === view.language);
    if (taken && taken !== this.language && !languageChosen()) this.language = showLanguage(taken);
  }

  private content(view: FollowView | null): TemplateResult | typeof nothing {
    // A slip of yesterday is unknown today: its old number must not stay on the screen.
    if (this.live.link === "not_found") {
      return html`<h1 class="unknown">${this.say("not_found")}</h1>`;
    }
    return view === null ? nothing : this.whole(view);
  }

  private whole(view: FollowView): TemplateResult {
    return html`
      <p class="service">${this.pick(view.service)}</p>
      <h1>
        <span class="label">${this.say("your_number")}</span>
        <span class="number">${view.number}</span>
      </h1>
      <div class="state" aria-live="assertive">${this.state(view)}</div>
      ${this.bell(view)} ${this.moves.render(view)}
      <p class="second">${this.say("updated", { time: clock(view.at) })}</p>
      <p class="second">${this.say("keep_open")}</p>
    `;
  }

  private state(view: FollowView): TemplateResult {
    if (view.state === "called") {
      return html`<div class="go">
        <span>${this.say("go_to")}</span>
        <strong>${arrow()} ${this.counter(view)}</strong>
      </div>`;
    }
    if (view.state !== "waiting") {
      return html`<p class="sentence">${sayState(this.language, "state", view.state)}</p>`;
    }
    return html`
      <p class="ahead">${this.ahead(view.ahead)}</p>
      <p class="sentence">${this.forecast(view)}</p>
      <p class="second basis">${this.basis(view)}</p>
    `;
  }

  /** Allow sound beforehand; silence it when it rings. */
  private bell(view: FollowView): TemplateResult | typeof nothing {
    if (this.chime.ringing) {
      const stop = (): void => {
        this.chime.stop();
        this.requestUpdate();
      };
      return html`<button class="main wide" @click=${stop}>${this.say("heard")}</button>`;
    }
    if (view.state !== "waiting" && view.state !== "held") return nothing;
    if (this.chime.armed) return html`<p class="armed">${this.say("bell_on")}</p>`;
    const arm = (): void => {
      this.chime.arm();
      this.requestUpdate();
    };
    return html`<button class="main wide" @click=${arm}>${this.say("bell_allow")}</button>`;
  }

  /** Each call, and each repeat of it, rings once; whoever opens the page while called hears it. */
  private ring(view: FollowView): void {
    const call = view.state === "called" ? `${view.counter ?? ""}/${view.recalls}` : "";
    if (call === this.rungFor) return;
    this.rungFor = call;
    if (call) this.chime.start(() => this.requestUpdate());
    else this.chime.stop();
  }

  /** What a move answered is newer than the stream's next snapshot. */
  private moved(view: FollowView | null): void {
    if (view) this.live.answered(view);
    this.requestUpdate();
  }

  private ahead(people: number | null): string {
    if (people === null) return "";
    if (people === 0) return this.say("ahead_none");
    return people === 1 ? this.say("ahead_one") : this.say("ahead", { n: people });
  }

  private forecast(view: FollowView): string {
    if (view.forecast === null) return "";
    const p50 = wholeMinutes(view.forecast.p50_min);
    if (p50 < 1) return this.say("wait_short");
    return this.say("wait_about", { p50, p90: wholeMinutes(view.forecast.p90_min) });
  }

  private basis(view: FollowView): string {
    if (view.forecast === null || view.forecast.p50_min < 1) return "";
    const { basis } = view.forecast;
    const words = sayState(this.language, "basis", basis);
    return words === basis ? this.say("basis_other") : words;
  }

  private counter(view: FollowView): string {
    if (view.counter_name) return this.pick(view.counter_name);
    return this.say("counter_n", { n: view.counter ?? "" });
  }

  /** A tab in the background tells the news as well. */
  private tabTitle(view: FollowView): string {
    if (view.state === "called") return `${view.number} → ${this.counter(view)}`;
    if (view.state === "waiting") return `${view.number} · ${this.ahead(view.ahead)}`;
    return this.say("follow_title", { number: view.number });
  }
}

/** `/t/{code}`: the code is all that is needed, and all that is allowed. */
function source(path: string): { stream: string; event: string; snapshot: string } {
  const code = encodeURIComponent(decodeURIComponent(path.split("/").filter(Boolean).pop() ?? ""));
  const snapshot = `/api/v1/follow/${code}`;
  return { stream: `${snapshot}/stream`, event: "follow", snapshot };
}

applyAppearance(appearance());
customElements.define("follow-page", FollowPage);
