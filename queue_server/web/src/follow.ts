// The page behind the slip's QR code: the number, people ahead, forecast, and the call.
import { html, nothing, type TemplateResult } from "lit";
import type { FollowView } from "./contract";
import { appearance, applyAppearance } from "./choices";
import { Live } from "./live";
import { arrow } from "./marks";
import { Page } from "./page";
import { clock, wholeMinutes } from "./time";
import { sayState } from "./words";

class FollowPage extends Page {
  private readonly live = new Live<FollowView>(this, source(location.pathname));

  protected override render(): TemplateResult {
    const view = this.live.view;
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
    `;
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
