// Forms of settings: fields of one section, and lists whose rows are added, changed and removed.
import { html, nothing, type TemplateResult } from "lit";
import type { Row } from "./admin_data";
import type { Field } from "./admin_fields";
import { say, type Language, type WordKey } from "./words";
import "./words_office";

/** The field of a row as a labelled input; `changed` gets the row with its new value. */
export function input(
  row: Row,
  field: Field,
  language: Language,
  changed: (row: Row) => void,
  spoken = "",
): TemplateResult {
  const label = spoken ? `${say(language, field.label)}, ${spoken}` : nothing;
  const set = (event: Event): void => {
    const text = (event.target as HTMLInputElement).value.trim();
    changed({ ...row, [field.key]: read(field, text) });
  };
  if (field.kind === "choice") {
    return html`<select aria-label=${label} @change=${set}>
      ${(field.choices ?? []).map(
        (one) =>
          html`<option value=${one} ?selected=${String(row[field.key] ?? "") === one}>
            ${choiceWords(language, one)}
          </option>`,
      )}
    </select>`;
  }
  const type = field.kind === "number" ? "number" : field.kind === "colour" ? "color" : "text";
  return html`<input
    type=${type}
    step="any"
    aria-label=${label}
    .value=${written(field, row[field.key])}
    @change=${set}
  />`;
}

function choiceWords(language: Language, choice: string): string {
  return /^\d+$/.test(choice) ? choice : say(language, `admin_choice_${choice}` as WordKey);
}

function written(field: Field, value: unknown): string {
  if (value === null || value === undefined) return "";
  if (field.kind === "hours") {
    const sessions = value as { start: string; end: string }[];
    return sessions.map((one) => `${one.start.slice(0, 5)}-${one.end.slice(0, 5)}`).join(", ");
  }
  return Array.isArray(value) ? value.join(", ") : String(value);
}

function read(field: Field, text: string): unknown {
  const parts = text.split(",").map((one) => one.trim()).filter(Boolean);
  switch (field.kind) {
    case "number":
      return text === "" ? null : Number(text);
    case "list":
      return parts;
    case "hours":
      return parts.map((one) => {
        const [start = "", end = ""] = one.split("-").map((time) => time.trim());
        return { start, end };
      });
    case "choice":
      return /^\d+$/.test(text) ? Number(text) : text;
    default:
      return text === "" ? null : text;
  }
}
