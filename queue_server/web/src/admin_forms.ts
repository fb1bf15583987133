// Forms of settings: fields of one section, and lists whose rows are added, changed and removed.
import { html, nothing, type TemplateResult } from "lit";
import type { Row } from "./admin_data";
import { say, type Language, type WordKey } from "./words";

type Kind = "text" | "number" | "colour" | "list" | "choice" | "hours";

/** One field: its key in the settings, its label, and how it is edited. */
export interface Field {
  key: string;
  label: WordKey;
  kind: Kind;
  choices?: readonly string[];
}

export const SECTIONS: { name: "office" | "targets" | "reports" | "display" | "brand" | "appointments"; title: WordKey; fields: Field[] }[] = [
  {
    name: "office",
    title: "admin_office",
    fields: [
      { key: "name_vi", label: "admin_name_vi", kind: "text" },
      { key: "name_en", label: "admin_name_en", kind: "text" },
      { key: "sessions", label: "admin_hours", kind: "hours" },
    ],
  },
  {
    name: "appointments",
    title: "admin_days_off",
    fields: [{ key: "closed_days", label: "admin_closed_days", kind: "list" }],
  },
  {
    name: "targets",
    title: "admin_targets",
    fields: [
      { key: "good_min", label: "admin_good_min", kind: "number" },
      { key: "limit_min", label: "admin_limit_min", kind: "number" },
    ],
  },
  {
    name: "reports",
    title: "admin_reports",
    fields: [
      { key: "staff", label: "admin_staff", kind: "number" },
      { key: "per_clerk_year", label: "admin_per_clerk", kind: "choice", choices: ["1800", "1600", "1200", "800"] },
      { key: "service_min", label: "admin_service_min", kind: "number" },
      { key: "service_direction", label: "admin_direction", kind: "choice", choices: ["at_most", "at_least"] },
      { key: "agency", label: "admin_agency", kind: "text" },
      { key: "fewest", label: "admin_fewest", kind: "number" },
    ],
  },
  {
    name: "display",
    title: "admin_display",
    fields: [
      { key: "notice_vi", label: "admin_notice_vi", kind: "text" },
      { key: "notice_en", label: "admin_notice_en", kind: "text" },
    ],
  },
  {
    name: "brand",
    title: "admin_brand",
    fields: [
      { key: "colour", label: "admin_colour", kind: "colour" },
      { key: "colour_dark", label: "admin_colour_dark", kind: "colour" },
    ],
  },
];

export const LISTS: { name: "services" | "counters" | "devices"; title: WordKey; fields: Field[]; blank: Row }[] = [
  {
    name: "services",
    title: "admin_services",
    fields: [
      { key: "id", label: "admin_id", kind: "text" },
      { key: "letter", label: "admin_letter", kind: "text" },
      { key: "name_vi", label: "admin_name_vi", kind: "text" },
      { key: "name_en", label: "admin_name_en", kind: "text" },
      { key: "service_min", label: "admin_minutes", kind: "number" },
      { key: "appointments", label: "admin_places", kind: "number" },
    ],
    blank: { id: "", letter: "", name_vi: "", name_en: "" },
  },
  {
    name: "counters",
    title: "admin_counters",
    fields: [
      { key: "number", label: "admin_number", kind: "number" },
      { key: "name_vi", label: "admin_name_vi", kind: "text" },
      { key: "services", label: "admin_serves", kind: "list" },
      { key: "priority", label: "admin_priority", kind: "choice", choices: ["shared", "preferred", "dedicated"] },
    ],
    blank: { services: [] },
  },
  {
    name: "devices",
    title: "admin_devices",
    fields: [
      { key: "id", label: "admin_id", kind: "text" },
      { key: "role", label: "admin_role", kind: "choice", choices: ["kiosk", "counter", "display", "announcer", "camera", "manager", "admin"] },
      { key: "counter", label: "admin_at_counter", kind: "number" },
    ],
    blank: { id: "", role: "kiosk" },
  },
];

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
