// What a saved counter does: read here, changed and tried at the rules; only new services are given.
import { html, nothing, type TemplateResult } from "lit";
import type { Row, Settings } from "./admin_data";
import { say, type Language, type WordKey } from "./words";
import "./words_office";
import "./words_rules";

interface Entry {
  service: string;
  order?: number;
}

/** Whether the office has this counter already, so that its work is a calling rule. */
export function isSaved(counter: Row, saved: Settings): boolean {
  return saved.counters.some((one) => one["number"] === counter["number"]);
}

/** The counter's services; beside them a tick for each service that nobody has tried yet. */
export function savedWork(
  counter: Row,
  now: Settings,
  saved: Settings,
  changed: (counter: Row) => void,
): TemplateResult {
  const known = new Set(saved.services.map((one) => one["id"]));
  const fresh = now.services.filter((one) => one["id"] && !known.has(one["id"]));
  const listed = (counter["services"] ?? []) as string[];
  const own = worked(counter).filter((id) => known.has(id));
  return html`<span>${own.join(", ") || "–"}</span>
    ${fresh.map((one) => {
      const id = String(one["id"]);
      const put = (on: boolean): void =>
        changed({ ...counter, services: on ? [...listed, id] : listed.filter((other) => other !== id) });
      return html`<label class="tick">
        <input
          type="checkbox"
          .checked=${listed.includes(id)}
          @change=${(event: Event) => put((event.target as HTMLInputElement).checked)}
        />
        + ${id}
      </label>`;
    })}`;
}

/** Whom it serves first, in words. */
export function savedUse(counter: Row, language: Language): TemplateResult {
  return html`<span>${say(language, `admin_choice_${String(counter["priority"] ?? "shared")}` as WordKey)}</span>`;
}

/** Why there is nothing to edit in these columns, and where there is. */
export function whereWorkChanges(now: Settings, saved: Settings, language: Language): TemplateResult | typeof nothing {
  if (!now.counters.some((one) => isSaved(one, saved))) return nothing;
  return html`<p class="second">
    ${say(language, "admin_work_by_rules")} <a href="/rules">${say(language, "rule_title")}</a>
  </p>`;
}

/** A service that is gone is nobody's work any more. */
export function withoutService(counters: Row[], id: string): Row[] {
  const kept = (of: Row): Row => ({
    ...of,
    services: ((of["services"] ?? []) as string[]).filter((one) => one !== id),
    profile: ((of["profile"] ?? []) as Entry[]).filter((one) => one.service !== id),
  });
  return counters.map((one) => ({ ...kept(one), others: ((one["others"] ?? []) as Row[]).map(kept) }));
}

function worked(counter: Row): string[] {
  const entries = [...((counter["profile"] ?? []) as Entry[])];
  entries.sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
  return [...((counter["services"] ?? []) as string[]), ...entries.map((one) => one.service)];
}
