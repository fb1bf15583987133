// The rules that hold for the whole office as a form: policy, limits, moves, appointments, day's end.
import { html, nothing, type TemplateResult } from "lit";
import { CLASSES, type Policy, type Rules } from "./rules_data";
import { say, type Language, type WordKey } from "./words";
import "./words_rules";

interface NumberField {
  key: string;
  label: WordKey;
  part: "limits" | "moves" | "appointments" | "end";
  /** May be left empty: then the rule is switched off. */
  optional?: boolean;
}

const POLICIES: Policy[] = ["weighted", "fifo", "strict"];

export const NUMBERS: NumberField[] = [
  { key: "priority_turns", label: "rule_turns", part: "limits" },
  { key: "limit_min", label: "rule_limit", part: "limits" },
  { key: "recall_limit", label: "rule_recalls", part: "moves" },
  { key: "late_tolerance_min", label: "rule_late", part: "moves" },
  { key: "undo_s", label: "rule_undo", part: "moves" },
  { key: "confirm_within_s", label: "rule_confirm", part: "moves" },
  { key: "appointment_early_min", label: "rule_early", part: "appointments" },
  { key: "appointment_late_min", label: "rule_late_appointment", part: "appointments" },
  { key: "clear_after_min", label: "rule_clear", part: "end", optional: true },
  { key: "close_counters_after_min", label: "rule_close", part: "end", optional: true },
];

export type Edit = (rules: Rules) => void;

/** All of it; `edit` gets the rules with one thing changed. */
export function rulesForm(rules: Rules, language: Language, edit: Edit): TemplateResult {
  return html`
    <fieldset class="policies">
      <legend>${say(language, "rule_policy")}</legend>
      ${POLICIES.map((one) => policy(one, rules, language, edit))}
      <p class="second">${say(language, "rule_guard")}</p>
    </fieldset>
    <div class="sections">
      ${group("limits", "rule_part_limits", rules, language, edit)}
      ${classes(rules, language, edit)}
      ${group("moves", "rule_part_moves", rules, language, edit)}
      ${group("appointments", "rule_part_appointments", rules, language, edit)}
      ${group("end", "rule_part_end", rules, language, edit)}
    </div>
  `;
}

function policy(one: Policy, rules: Rules, language: Language, edit: Edit): TemplateResult {
  return html`<label class="policy">
    <input
      type="radio"
      name="policy"
      .checked=${rules.policy === one}
      @change=${() => edit({ ...rules, policy: one })}
    />
    <span>
      <strong>${say(language, `rule_policy_${one}`)}</strong>
      <span class="second"
        >${say(language, `rule_policy_${one}_hint`, { n: Number(rules["priority_turns"]) })}</span
      >
    </span>
  </label>`;
}

function group(
  part: NumberField["part"],
  title: WordKey,
  rules: Rules,
  language: Language,
  edit: Edit,
): TemplateResult {
  return html`<fieldset>
    <legend>${say(language, title)}</legend>
    ${NUMBERS.filter((field) => field.part === part).map((field) => {
      const value = rules[field.key];
      return numberField(say(language, field.label), value as number | null, language, (next) => {
        if (next !== null || field.optional) edit({ ...rules, [field.key]: next });
      });
    })}
    ${part === "end"
      ? html`<label class="tick">
          <input
            type="checkbox"
            .checked=${rules.pause_at_lunch}
            @change=${(event: Event) =>
              edit({ ...rules, pause_at_lunch: (event.target as HTMLInputElement).checked })}
          />
          ${say(language, "rule_lunch")}
        </label>`
      : nothing}
  </fieldset>`;
}

function classes(rules: Rules, language: Language, edit: Edit): TemplateResult {
  return html`<fieldset>
    <legend>${say(language, "rule_class_limits")}</legend>
    ${CLASSES.map((one) => {
      const label = say(language, `rule_class_${one}`);
      const value = rules.class_limit_min[one] ?? null;
      return numberField(label, value, language, (next) => {
        const { [one]: _old, ...others } = rules.class_limit_min;
        edit({ ...rules, class_limit_min: next === null ? others : { ...others, [one]: next } });
      });
    })}
    <p class="second">${say(language, "rule_class_hint", { n: Number(rules["limit_min"]) })}</p>
  </fieldset>`;
}

function numberField(
  label: string,
  value: number | null,
  language: Language,
  changed: (next: number | null) => void,
): TemplateResult {
  return html`<label class="number">
    <span>${label}</span>
    <input
      type="number"
      min="0"
      step="any"
      placeholder=${say(language, "rule_off")}
      .value=${value === null ? "" : String(value)}
      @change=${(event: Event) => {
        const field = event.target as HTMLInputElement;
        const text = field.value.trim();
        // What is no number is put back: an empty field would read as "off".
        if (field.validity.badInput) field.value = value === null ? "" : String(value);
        else changed(text === "" ? null : Number(text));
      }}
    />
  </label>`;
}
