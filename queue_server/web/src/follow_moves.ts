// What the holder of a slip can do from the phone: be late, give the number up, rate the visit.
import { html, nothing, type TemplateResult } from "lit";
import type { FollowView } from "./contract";
import { press, type Answer } from "./console_press";
import { RatingForm } from "./rating_form";
import { refusal, type Language, type WordKey } from "./words";

type Say = (key: WordKey, values?: Record<string, string | number>) => string;

const STEPS = [5, 10, 15, 30];

/** Keeps what is half done on this page: which question is open, which face is chosen. */
export class FollowMoves {
  private asking: "late" | "cancel" | null = null;
  private readonly form: RatingForm;
  private trouble = "";
  private busy = false;

  constructor(
    private readonly base: string,
    private readonly say: Say,
    private readonly language: () => Language,
    private readonly changed: (view: FollowView | null) => void,
  ) {
    this.form = new RatingForm(say, language, () => changed(null));
  }

  render(view: FollowView): TemplateResult {
    const may = (move: string): boolean => view.allowed.includes(move);
    return html`
      ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
      ${may("late") || may("cancel") ? this.leaving(view, may) : nothing}
      ${may("rate") ? this.form.render(view.reasons, this.busy, (rating) => void this.send("rating", rating)) : nothing}
      ${view.score === null ? nothing : html`<p class="thanks" role="status">${this.say("rated")}</p>`}
    `;
  }

  private leaving(view: FollowView, may: (move: string) => boolean): TemplateResult {
    if (this.asking === "late") return this.howLate(view.late_left_min);
    if (this.asking === "cancel") return this.sure();
    return html`<div class="choices">
      ${may("late") ? this.button("late", () => this.ask("late")) : nothing}
      ${may("cancel") ? this.button("give_up", () => this.ask("cancel")) : nothing}
    </div>`;
  }

  private howLate(left: number): TemplateResult {
    const steps = STEPS.filter((minutes) => minutes <= left);
    const offered = steps.length ? steps : [left];
    return html`<section class="question" aria-labelledby="how-late">
      <h2 id="how-late">${this.say("how_late")}</h2>
      <p class="second">${this.say("late_means", { n: left })}</p>
      <div class="choices">
        ${offered.map(
          (minutes) =>
            html`<button
              ?disabled=${this.busy}
              @click=${() => this.send("late", { minutes })}
            >
              ${this.say("n_minutes", { n: minutes })}
            </button>`,
        )}
        ${this.button("back", () => this.ask(null))}
      </div>
    </section>`;
  }

  private sure(): TemplateResult {
    return html`<section class="question" aria-labelledby="sure">
      <h2 id="sure">${this.say("give_up_sure")}</h2>
      <div class="choices">
        ${this.button("back", () => this.ask(null))}
        <button class="danger" ?disabled=${this.busy} @click=${() => this.send("cancel", {})}>
          ${this.say("give_up_yes")}
        </button>
      </div>
    </section>`;
  }

  private button(key: WordKey, then: () => void): TemplateResult {
    return html`<button @click=${then}>${this.say(key)}</button>`;
  }

  private ask(next: "late" | "cancel" | null): void {
    this.asking = next;
    this.trouble = "";
    this.changed(null);
  }

  private async send(move: string, body: object): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.changed(null);
    const answer = await press(`${this.base}/${move}`, body);
    this.busy = false;
    this.trouble = this.troubleOf(answer);
    if (answer.kind === "done") this.asking = null;
    this.changed(answer.kind === "done" ? (answer.body as FollowView) : null);
  }

  private troubleOf(answer: Answer): string {
    if (answer.kind === "away") return this.say("server_away");
    return answer.kind === "refused" ? refusal(this.language(), answer.problem) : "";
  }
}
