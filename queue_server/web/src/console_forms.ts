// The forms of the console's dialog: lists to choose from, a number, a note, the keys.
import { html, type TemplateResult } from "lit";
import { KEYS } from "./console_keys";
import type { Shown } from "./console_data";
import type { Ask } from "./console_dialog";
import { findProcedures } from "./procedure_search";
import { pick, say, type Language, type WordKey } from "./words";

const FOUND_AT_MOST = 8;
const NOTE_LETTERS = 200;

/** One thing to choose; `digit` is the key that chooses it where the list is short. */
export interface Choice {
  label: string;
  hint: string;
  mark?: string;
  digit?: number;
  ask: Ask;
}

interface Group {
  title: string;
  choices: Choice[];
}

export function outcomes({ options, language }: Shown): Group[] {
  const choices = (options?.outcomes ?? []).map((one, place) => ({
    label: pick(language, one.name),
    hint: "",
    mark: String(place + 1),
    digit: place + 1,
    ask: { move: "finish", body: { outcome: one.code } },
  }));
  return [{ title: "", choices }];
}

/** The work of this counter; what only a leader switches is named as such and refused kindly. */
export function profiles({ view, options, language }: Shown): Group[] {
  const letters = new Map(options?.services.map((one) => [one.id, one.letter]));
  const choices = view.profiles.map((one, place) => {
    const lines = one.services.map((id) => letters.get(id) ?? id).join(" ");
    const now = one.id === (view.profile ?? null) ? ` · ${say(language, "work_now")}` : "";
    const rule = one.by_clerk ? "" : ` · ${say(language, "work_by_leader")}`;
    return {
      label: pick(language, one.name),
      hint: `${lines}${now}${rule}`,
      mark: String(place + 1),
      digit: place + 1,
      ask: { move: "profile", body: { profile: one.id } },
    };
  });
  return [{ title: "", choices }];
}

/** Counters first, because a digit is a counter; then the lines of other services. */
export function targets({ view, options, language }: Shown): Group[] {
  const service = view.citizen?.ticket.service;
  const names = new Map(options?.services.map((one) => [one.id, one]));
  const counters = (options?.counters ?? [])
    .filter((one) => one.number !== view.number)
    .map((one) => ({
      label: pick(language, one.name),
      hint: `${say(language, `console_${one.state}` as WordKey)} · ${one.services
        .map((id) => names.get(id)?.letter ?? id)
        .join(" ")}`,
      mark: String(one.number),
      digit: one.number,
      ask: { move: "transfer", body: { to_counter: one.number } },
    }));
  const services = (options?.services ?? [])
    .filter((one) => one.id !== service)
    .map((one) => ({
      label: pick(language, one.name),
      hint: say(language, "n_waiting", { n: one.waiting }),
      mark: one.letter,
      ask: { move: "transfer", body: { to_service: one.id } },
    }));
  return [
    { title: say(language, "to_a_counter"), choices: counters },
    { title: say(language, "to_a_service"), choices: services },
  ];
}

export function procedureChoices({ view, options, language }: Shown, query: string): Group[] {
  const found = findProcedures(options?.procedures ?? [], query, view.services, FOUND_AT_MOST);
  const letters = new Map(options?.services.map((one) => [one.id, one.letter]));
  const choices = found.map((one) => ({
    label: pick(language, one.name),
    hint: one.code,
    mark: letters.get(one.service) ?? one.service,
    ask: { move: "add-procedure", body: { procedure: one.code } },
  }));
  return [{ title: choices.length === 0 ? say(language, "nothing_found") : "", choices }];
}

export function numberForm(
  language: Language,
  value: string,
  action: WordKey,
  send: (number: string) => void,
): TemplateResult {
  return html`<form
    @submit=${(event: SubmitEvent) => {
      const number = field(event, "number");
      if (number) send(number);
    }}
  >
    <label for="number">${say(language, "ticket_number")}</label>
    <input
      id="number"
      name="number"
      class="number"
      .value=${value}
      maxlength="12"
      autocomplete="off"
      autocapitalize="characters"
      spellcheck="false"
    />
    <button class="main">${say(language, action)}</button>
  </form>`;
}

export function noteForm(language: Language, send: (note: string) => void): TemplateResult {
  return html`<form
    @submit=${(event: SubmitEvent) => {
      const note = field(event, "note");
      if (note) send(note);
    }}
  >
    <label for="note">${say(language, "note_label")}</label>
    <textarea id="note" name="note" rows="4" maxlength=${NOTE_LETTERS} aria-describedby="rule"></textarea>
    <p id="rule" class="second">${say(language, "note_rule", { n: NOTE_LETTERS })}</p>
    <button class="main">${say(language, "save_note")}</button>
  </form>`;
}

export function keyList(
  language: Language,
  on: boolean,
  choose: (on: boolean) => void,
): TemplateResult {
  const rows = Object.entries(KEYS);
  return html`<label class="switch">
      <input
        type="checkbox"
        .checked=${on}
        @change=${(event: Event) => choose((event.target as HTMLInputElement).checked)}
      />
      ${say(language, "keys_on")}
    </label>
    <dl class="keys">
      ${rows.map(
        ([action, letter]) =>
          html`<div>
            <dt><kbd>${letter}</kbd></dt>
            <dd>${say(language, `move_${action}` as WordKey)}</dd>
          </div>`,
      )}
      <div>
        <dt><kbd>1</kbd>…<kbd>9</kbd></dt>
        <dd>${say(language, "keys_digits")}</dd>
      </div>
      <div>
        <dt><kbd>Esc</kbd></dt>
        <dd>${say(language, "close_dialog")}</dd>
      </div>
    </dl>`;
}

function field(event: SubmitEvent, name: string): string {
  event.preventDefault();
  return String(new FormData(event.currentTarget as HTMLFormElement).get(name)).trim();
}
