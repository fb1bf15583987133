// Which settings a person edits, in which section or list, under which label.
import type { Row } from "./admin_data";
import type { WordKey } from "./words";
import "./words_office";

export type Kind = "text" | "number" | "colour" | "list" | "choice" | "hours";

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
      { key: "place", label: "admin_place", kind: "text" },
      { key: "signer_vi", label: "admin_signer_vi", kind: "text" },
      { key: "signer_en", label: "admin_signer_en", kind: "text" },
      { key: "signer_name", label: "admin_signer_name", kind: "text" },
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
