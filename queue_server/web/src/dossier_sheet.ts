// One dossier beside the inbox: its facts, its moves with their reasons, its papers, what was declared.
import { html, nothing, type TemplateResult } from "lit";
import { press } from "./console_press";
import type { Words } from "./contract";
import type { DossierContent, DossierStep, DossierView, PaperLine } from "./dossier_contract";
import { DOSSIERS, look, when } from "./dossier_data";
import { DossierFee } from "./dossier_fee";
import { dayName, hour } from "./booking_time";
import { sayState, type Language, type WordKey } from "./words";

type Say = (key: WordKey, values?: Record<string, string | number>) => string;

const NOTED_MS = 1500;
const given = (paper: PaperLine): boolean => paper.brought || !!paper.reuse || (paper.pages ?? 0) > 0;
const NEEDS_REASON = ["ask_supplement", "extend", "refuse", "stop"];
const MOVES = [
  "receive",
  "finish",
  "ask_supplement",
  "supplement",
  "extend",
  "hand_over",
  "refuse",
  "stop",
];
const ASKS = [...NEEDS_REASON, "hand_over", "finish"];

export class DossierSheet {
  private shown: DossierView | null = null;
  private content: DossierContent | "gone" | null = null;
  private steps: DossierStep[] = [];
  private asking = "";
  private trouble = "";
  private readonly fee: DossierFee;

  constructor(
    private readonly say: Say,
    private readonly pick: (both: Words) => string,
    private readonly language: () => Language,
    private readonly changed: (reload: boolean) => void,
  ) {
    this.fee = new DossierFee(say, language, () => this.changed(false));
  }

  get id(): string {
    return this.shown?.id ?? "";
  }

  open(one: DossierView): void {
    this.shown = one;
    this.content = null;
    this.asking = this.trouble = "";
    this.fee.open(one);
    void this.history();
    this.changed(false);
  }

  /** The newest form of the dossier that is open, if the list has it. */
  follow(all: DossierView[]): void {
    this.shown = all.find((one) => one.id === this.id) ?? this.shown;
  }

  /** How much time is left, in words. */
  left(one: DossierView): string {
    if (one.state === "awaiting") return this.say("dossier_stands");
    if (one.open_days === null) return "";
    if (one.overdue) return this.say("dossier_late", { n: Math.max(0, -one.open_days) });
    if (one.open_days === 0) return this.say("dossier_today");
    return this.say("dossier_left", { n: one.open_days });
  }

  render(): TemplateResult {
    const one = this.shown;
    if (one === null) return html`<p class="second">${this.say("dossiers_choose")}</p>`;
    return html`
      <h2>${this.pick(one.procedure_name)}</h2>
      <p class="number">${one.code}</p>
      <p>
        <strong>${sayState(this.language(), "dossier_state", one.state)}</strong> · ${this.left(one)}
      </p>
      ${this.facts(one)}
      ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : nothing}
      ${this.asking ? this.form(one) : this.moves(one)} ${this.fee.render()} ${this.papers(one)} ${this.declared(one)}
      <h3>${this.say("dossier_history")}</h3>
      <ol class="steps">
        ${this.steps.map(
          (step) => html`<li>
            <span class="second">${hour(step.at)} ${dayName(step.at.slice(0, 10), this.language())}</span>
            ${this.pick(step.words)} <span class="second">(${step.by})</span>
          </li>`,
        )}
      </ol>
    `;
  }

  private facts(one: DossierView): TemplateResult {
    const { say } = this;
    const language = this.language();
    return html`<div class="facts">
      ${one.filed_at ? html`<p>${when(say, "dossier_filed_at", one.filed_at, language)}</p>` : nothing}
      <p>
        ${one.due_at ? when(say, "dossier_due", one.due_at, language) : say("dossier_due_open")}
      </p>
      <p>
        ${say("dossier_places", {
          help: one.place_help,
          receipt: one.place_receipt,
          competent: one.competent,
        })}
      </p>
      ${one.kiosk ? html`<p>${say("dossier_from", { place: one.kiosk })}</p>` : nothing}
      ${one.assistant ? html`<p>${say("dossier_helped", { who: one.assistant })}</p>` : nothing}
      ${one.reason ? html`<p>${say("dossier_reason", { reason: one.reason })}</p>` : nothing}
    </div>`;
  }

  /** Every move keeps its place, so that no press falls on another one; dimmed where not allowed. */
  private moves(one: DossierView): TemplateResult {
    const likely = MOVES.find((move) => one.allowed.includes(move));
    return html`<div class="moves">
      ${MOVES.map(
        (move) => html`<button
          class=${move === likely ? "main" : ""}
          ?disabled=${!one.allowed.includes(move)}
          @click=${() => {
            if (ASKS.includes(move)) {
              this.asking = move;
              this.changed(false);
            } else void this.move(one, { move });
          }}
        >
          ${sayState(this.language(), "dossier_move", move)}
        </button>`,
      )}
    </div>`;
  }

  private form(one: DossierView): TemplateResult {
    const move = this.asking;
    const field = (label: WordKey, name: string, type = "text"): TemplateResult =>
      html`<label class="field"
        ><span>${this.say(label)}</span><input name=${name} type=${type} required maxlength="200"
      /></label>`;
    return html`<form class="question" @submit=${(event: SubmitEvent) => this.submit(event, one)}>
      <h3>${sayState(this.language(), "dossier_move", move)}</h3>
      ${NEEDS_REASON.includes(move) ? field("dossier_reason_label", "reason") : nothing}
      ${move === "extend" ? field("dossier_until_label", "until", "date") : nothing}
      ${move === "hand_over" ? field("dossier_to_label", "to") : nothing}
      ${move === "finish"
        ? html`<label class="tick"
            ><input type="checkbox" name="on_the_spot" /> ${this.say("dossier_on_the_spot")}</label
          >`
        : nothing}
      <button class="main" type="submit">${this.say("dossier_confirm")}</button>
      <button
        type="button"
        @click=${() => {
          this.asking = "";
          this.changed(false);
        }}
      >
        ${this.say("dossier_cancel")}
      </button>
    </form>`;
  }

  private papers(one: DossierView): TemplateResult {
    const numbers = ["01", "06"];
    const more: Record<string, string> = { awaiting: "02", refused: "03", stopped: "05" };
    if (more[one.state]) numbers.push(more[one.state] ?? "");
    if (one.extended > 0 && one.state === "received") numbers.push("04");
    return html`<h3>${this.say("dossier_print")}</h3>
      <p class="papers">
        ${numbers.sort().map(
          (number) => html`<a class="way" target="_blank" href="${DOSSIERS}/${one.id}/papers/${number}"
            >${sayState(this.language(), "dossier_paper", number)}</a
          >`,
        )}
      </p>`;
  }

  private declared(one: DossierView): TemplateResult {
    const { content } = this;
    if (content === "gone") return html`<p>${this.say("dossier_gone")}</p>`;
    if (content === null)
      return html`<p>
        <button @click=${() => void this.show(one, false)}>${this.say("dossier_content")}</button>
        <span class="second">${this.say("dossier_recorded")}</span>
      </p>`;
    return html`<dl class="declared">
        ${content.lines.map(
          (line) => html`<dt>${this.pick(line.label)}</dt>
            <dd>${this.pick(line.value) || "—"}</dd>`,
        )}
      </dl>
      ${content.masked
        ? html`<button @click=${() => void this.show(one, true)}>${this.say("dossier_reveal")}</button>`
        : nothing}
      ${content.papers.some(given) ? this.brought(content) : nothing}`;
  }

  private brought(content: DossierContent): TemplateResult {
    return html`<h3>${this.say("dossier_papers")}</h3>
      <ul class="brought">
        ${content.papers.filter(given).map(
          (paper) => html`<li>
            <span>${paper.name}</span>
            ${paper.reuse
              ? html`<strong>${this.say("dossier_reused", { code: paper.reuse })}</strong>`
              : nothing}
            ${(paper.pages ?? 0) > 0
              ? this.scan(content.dossier, paper)
              : html`<span class="second">${this.say("dossier_paper_only")}</span>`}
          </li>`,
        )}
      </ul>`;
  }

  /** The look is written down when the paper is opened; soon after, the history tells of it. */
  private scan(one: DossierView, paper: PaperLine): TemplateResult {
    return html`<a
      class="way"
      target="_blank"
      href="${DOSSIERS}/${one.id}/scans/${paper.number}"
      @click=${() => window.setTimeout(() => void this.history(), NOTED_MS)}
      >${this.say("dossier_scan", { n: paper.pages ?? 0 })}</a
    >`;
  }

  private submit(event: SubmitEvent, one: DossierView): void {
    event.preventDefault();
    const said = Object.fromEntries(new FormData(event.currentTarget as HTMLFormElement));
    const body: Record<string, unknown> = { move: this.asking, ...said };
    if (this.asking === "finish") body["on_the_spot"] = said["on_the_spot"] === "on";
    void this.move(one, body);
  }

  private async move(one: DossierView, body: object): Promise<void> {
    const answer = await press(`${DOSSIERS}/${one.id}/moves`, {
      ...body,
      expected_version: one.version,
    });
    this.trouble = "";
    if (answer.kind === "done") {
      this.shown = answer.body as DossierView;
      this.asking = "";
      void this.history();
    } else if (answer.kind === "refused") {
      this.trouble =
        this.language() === "vi" ? answer.problem.title_vi : answer.problem.title;
    } else this.trouble = this.say("server_away");
    this.changed(true);
  }

  private async show(one: DossierView, reveal: boolean): Promise<void> {
    const found = await look<DossierContent>(`${DOSSIERS}/${one.id}/content?reveal=${reveal}`);
    this.content = found === "none" ? "gone" : found === "denied" || found === null ? null : found;
    void this.history();
    this.changed(false);
  }

  private async history(): Promise<void> {
    const found = await look<DossierStep[]>(`${DOSSIERS}/${this.id}/history`);
    if (Array.isArray(found)) this.steps = found;
    this.changed(false);
  }
}
