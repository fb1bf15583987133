// What every page has: light DOM, a language, an appearance, a tick each second.
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { chooseAppearance, chooseLanguage, appearance, language } from "./choices";
import type { Link } from "./live";
import { clock } from "./time";
import { languages, pick, say, type Language, type WordKey } from "./words";
import type { Words } from "./contract";

const LANGUAGE_NAMES = { vi: "Tiếng Việt", en: "English", km: "ខ្មែរ" };
const APPEARANCES = ["auto", "light", "dark", "contrast"] as const;

/** A whole page; plain CSS files style it, so it draws into the document itself. */
export abstract class Page extends LitElement {
  language: Language = language();
  private readonly repeating: number[] = [];

  protected override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.every(1000, () => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const one of this.repeating.splice(0)) window.clearInterval(one);
  }

  /** Do it again and again, while the page stands there. */
  protected every(milliseconds: number, work: () => void): void {
    this.repeating.push(window.setInterval(work, milliseconds));
  }

  protected say(key: WordKey, values: Record<string, string | number> = {}): string {
    return say(this.language, key, values);
  }

  protected pick(both: Words): string {
    return pick(this.language, both);
  }

  protected linkTo(address: string, word: WordKey): TemplateResult {
    return html`<a class="way" href=${address}>${this.say(word)}</a>`;
  }

  /** A button for each other language, labelled in that language. */
  protected languageSwitch(): TemplateResult {
    const others = languages().filter((one) => one !== this.language);
    return html`${others.map(
      (next) => html`<button
        class="quiet"
        lang=${next}
        @click=${() => {
          this.language = chooseLanguage(next);
          this.requestUpdate();
        }}
      >
        ${LANGUAGE_NAMES[next]}
      </button>`,
    )}`;
  }

  protected appearanceChoice(): TemplateResult {
    return html`<select
      class="quiet"
      aria-label=${this.say("appearance")}
      @change=${(event: Event) => chooseAppearance((event.target as HTMLSelectElement).value)}
    >
      ${APPEARANCES.map(
        (one) =>
          html`<option value=${one} ?selected=${one === appearance()}>
            ${this.say(`appearance_${one}`)}
          </option>`,
      )}
    </select>`;
  }

  /** A frame and a word that no picture of this page can leave out: nobody here is real. */
  protected trainingMark(training: boolean | undefined): TemplateResult | typeof nothing {
    if (!training) return nothing;
    return html`<aside class="training-mark">
      <p>${say("vi", "training")} · <span lang="en">${say("en", "training")}</span></p>
    </aside>`;
  }

  /** What stands over the page while the server is not heard; nothing while all is well. */
  protected linkNotice(link: Link, shownAt: string | null): TemplateResult {
    const alone = shownAt === null ? "alone" : "";
    return html`<div class="link-notice ${alone}" role="status">${this.linkWords(link, shownAt)}</div>`;
  }

  /** The same for a page that asks: why the last answer gave nothing, if the page is not to blame. */
  protected unansweredNotice(
    state: string | null | undefined,
    shownAt: string | null,
  ): TemplateResult | typeof nothing {
    if (state === "signed_out" || state === "not_allowed") return this.linkNotice(state, null);
    return state === "away" ? this.linkNotice("lost", shownAt) : nothing;
  }

  private linkWords(link: Link, shownAt: string | null): TemplateResult | string | typeof nothing {
    switch (link) {
      case "live":
        return nothing;
      case "connecting":
        return html`<p class="calm">${this.say("connecting")}</p>`;
      case "lost":
        return html`<p>
          ${shownAt === null ? this.say("lost_never") : this.say("lost", { time: clock(shownAt) })}
        </p>`;
      case "signed_out":
      case "not_allowed": {
        const back = encodeURIComponent(location.pathname + location.search);
        return html`<p>
          ${this.say(link)} <a href="/?next=${back}">${this.say("sign_in")}</a>
        </p>`;
      }
      case "not_found":
        return nothing; // the page has nothing else to show: it says so in its own place
    }
  }
}
