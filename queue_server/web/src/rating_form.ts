// The five faces, what the rating is about, and the citizen's own words; used on phone and tablet.
import { html, nothing, svg, type TemplateResult } from "lit";
import { sayState, type Language, type WordKey } from "./words";

export interface Rating {
  score: number;
  reasons: string[];
  comment: string;
}

const SCORES = [1, 2, 3, 4, 5];
const MOST_LETTERS = 200;

/** Keeps what is half done: which face is chosen, what it is about. */
export class RatingForm {
  private score = 0;
  private reasons = new Set<string>();
  private comment = "";

  constructor(
    private readonly say: (key: WordKey) => string,
    private readonly language: () => Language,
    private readonly changed: () => void,
  ) {}

  /** Forget all of it: somebody else stands here. */
  clear(): void {
    this.score = 0;
    this.reasons = new Set();
    this.comment = "";
  }

  get begun(): boolean {
    return this.score > 0;
  }

  render(reasons: string[], busy: boolean, send: (rating: Rating) => void): TemplateResult {
    return html`<form
      class="question rating"
      @submit=${(event: Event) => {
        event.preventDefault();
        send({ score: this.score, reasons: [...this.reasons], comment: this.comment.trim() });
      }}
    >
      <fieldset>
        <legend>${this.say("rate_title")}</legend>
        <div class="faces">${SCORES.map((score) => this.face(score))}</div>
      </fieldset>
      ${this.score === 0 ? nothing : this.more(reasons, busy)}
    </form>`;
  }

  private more(reasons: string[], busy: boolean): TemplateResult {
    return html`<fieldset>
        <legend>${this.say("rate_about")}</legend>
        <div class="chips">${reasons.map((reason) => this.chip(reason))}</div>
      </fieldset>
      <label class="comment">
        <span>${this.say("rate_comment")}</span>
        <textarea
          rows="2"
          maxlength=${MOST_LETTERS}
          .value=${this.comment}
          @input=${(event: Event) => (this.comment = (event.target as HTMLTextAreaElement).value)}
        ></textarea>
        <span class="second">${this.say("rate_comment_rule")}</span>
      </label>
      <button class="main" type="submit" ?disabled=${busy}>${this.say("rate_send")}</button>
      <p class="second">${this.say("rate_private")}</p>`;
  }

  private face(score: number): TemplateResult {
    return html`<label>
      <input
        type="radio"
        name="score"
        .checked=${this.score === score}
        @change=${() => {
          this.score = score;
          this.changed();
        }}
      />
      ${face(score)}
      <span>${sayState(this.language(), "score", String(score))}</span>
    </label>`;
  }

  private chip(reason: string): TemplateResult {
    return html`<label>
      <input
        type="checkbox"
        .checked=${this.reasons.has(reason)}
        @change=${(event: Event) => {
          if ((event.target as HTMLInputElement).checked) this.reasons.add(reason);
          else this.reasons.delete(reason);
        }}
      />
      <span>${sayState(this.language(), "reason", reason)}</span>
    </label>`;
  }
}

/** The mouth bends from -6 to 6: worst to best. */
export function face(score: number): TemplateResult {
  const bend = 15.5 + (score - 3) * 3;
  return html`<svg viewBox="0 0 24 24" aria-hidden="true">
    <circle cx="12" cy="12" r="10" />
    ${svg`<circle class="eye" cx="8.5" cy="9.5" r="1.2" /><circle class="eye" cx="15.5" cy="9.5" r="1.2" />
    <path d="M7.5 15.5Q12 ${bend} 16.5 15.5" />`}
  </svg>`;
}
