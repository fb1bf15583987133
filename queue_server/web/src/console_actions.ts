// Every move as a button in a fixed place: what cannot be done now is dimmed, nothing jumps about.
import { html, nothing, type TemplateResult } from "lit";
import { KEYS, type Action } from "./console_keys";
import type { Shown } from "./console_data";
import { say, type WordKey } from "./words";

const LARGE: Action[] = ["call-next", "start", "finish"];
const SMALL: Action[] = [
  "recall",
  "no-show",
  "return",
  "hold",
  "outcome",
  "transfer",
  "add-procedure",
  "note",
  "call",
  "resume",
  "slip",
  "undo",
];

export type Click = (action: Action) => (event: MouseEvent) => void;

export function actionGrid(shown: Shown, click: Click): TemplateResult {
  const state = shown.view.citizen?.ticket.state ?? "nobody";
  const likely: Action = state === "called" ? "start" : "call-next";
  const one = (action: Action): TemplateResult => {
    const can = allows(shown, action);
    return html`<button
      class="do-${action} ${action === likely && can ? "main" : ""}"
      aria-disabled=${can ? nothing : "true"}
      aria-keyshortcuts=${KEYS[action]}
      @click=${click(action)}
    >
      <span>${label(shown, action, state)}</span>
      <kbd aria-hidden="true">${KEYS[action]}</kbd>
    </button>`;
  };
  return html`<section class="actions" aria-label=${say(shown.language, "moves")}>
    <div class="large">${LARGE.map(one)}</div>
    <div class="small">${SMALL.map(one)}</div>
  </section>`;
}

function allows({ view, now }: Shown, action: Action): boolean {
  if (action === "slip") return true;
  if (action === "undo" && undoLeft(view.citizen?.undo_until ?? null, now) === 0) return false;
  return view.allowed.includes(action === "outcome" ? "finish" : action);
}

/** Seconds that the last move can still be taken back. */
export function undoLeft(until: string | null, now: number): number {
  return until === null ? 0 : Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));
}

function label({ view, now, language }: Shown, action: Action, state: string): string {
  if (action === "call-next" && state === "serving") return say(language, "move_finish_next");
  const recalls = view.citizen?.ticket.recalls ?? 0;
  if (action === "recall" && state === "called") {
    return say(language, "move_recall_n", { n: recalls, most: view.recall_limit });
  }
  const left = undoLeft(view.citizen?.undo_until ?? null, now);
  if (action === "undo" && left > 0) return say(language, "move_undo_n", { n: left });
  return say(language, `move_${action}` as WordKey);
}
