// Two days at the same minute, and one day under other rules, as tables.
import { html, type TemplateResult } from "lit";
import type { ManagerBoardView } from "./manager_contract";
import type { RulesTried, WaitsView } from "./replay_contract";
import { measured, percent } from "./time";
import { pick, say, type Language, type WordKey } from "./words";

type Figure = number | null;

interface Row {
  key: WordKey;
  value: (view: ManagerBoardView) => Figure;
  as: "count" | "minutes" | "share";
}

const ROWS: Row[] = [
  { key: "course_arrived", value: (v) => v.course.slots.reduce((n, s) => n + s.arrived, 0), as: "count" },
  { key: "course_called", value: (v) => v.today.called, as: "count" },
  { key: "waiting", value: (v) => v.today.waiting, as: "count" },
  { key: "mean_today", value: (v) => v.today.mean_wait_min, as: "minutes" },
  { key: "compare_p50", value: (v) => v.today.p50_wait_min, as: "minutes" },
  { key: "p90_today", value: (v) => v.today.p90_wait_min, as: "minutes" },
  { key: "compare_over_good", value: (v) => v.today.over_good_share, as: "share" },
  { key: "compare_over_limit", value: (v) => v.today.over_limit_share, as: "share" },
  { key: "no_shows_today", value: (v) => v.today.no_shows, as: "count" },
  { key: "rating_share", value: (v) => v.satisfaction.good_share, as: "share" },
];

export function compareTable(
  one: ManagerBoardView,
  other: ManagerBoardView,
  names: readonly [string, string],
  until: string,
  language: Language,
): TemplateResult {
  const limits = { good: one.targets.good_min, limit: one.targets.limit_min };
  return html`<section class="compare">
    <h2>${say(language, "compare_title", { time: until })}</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">${say(language, "compare_figure")}</th>
          ${[...names, say(language, "compare_difference")].map(
            (name) => html`<th scope="col">${name}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${ROWS.map((row) => {
          const a = row.value(one);
          const b = row.value(other);
          const apart = a === null || b === null ? null : a - b;
          return html`<tr>
            <th scope="row">${say(language, row.key, limits)}</th>
            <td>${figure(a, row.as, language)}</td>
            <td>${figure(b, row.as, language)}</td>
            <td>${apart !== null && apart > 0 ? "+" : ""}${difference(apart, row.as, language)}</td>
          </tr>`;
        })}
      </tbody>
    </table>
  </section>`;
}

export function rulesTable(tried: RulesTried, language: Language): TemplateResult {
  const rows: [string, WaitsView, WaitsView, number][] = [
    [say(language, "rules_was"), tried.was.all, tried.was.priority, tried.was.uncalled],
    ...tried.rules.map(
      (rule): [string, WaitsView, WaitsView, number] => [
        pick(language, rule.words),
        rule.figures.all,
        rule.figures.priority,
        rule.figures.uncalled,
      ],
    ),
  ];
  const heads: WordKey[] = [
    "rules_rule",
    "mean_today",
    "p90_today",
    "rules_over_30",
    "rules_priority",
    "rules_longest",
    "rules_uncalled",
  ];
  return html`<section class="compare">
    <h2>${say(language, "rules_title")}</h2>
    <table>
      <thead>
        <tr>
          ${heads.map((key) => html`<th scope="col">${say(language, key)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([name, all, priority, uncalled]) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${figure(all.mean_min, "minutes", language)}</td>
              <td>${figure(all.p90_min, "minutes", language)}</td>
              <td>${figure(all.over_30, "share", language)}</td>
              <td>${figure(priority.mean_min, "minutes", language)}</td>
              <td>${figure(all.longest_min, "minutes", language)}</td>
              <td>${uncalled}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    <p class="second">${say(language, "rules_limits")}</p>
  </section>`;
}

function figure(value: Figure, as: Row["as"], language: Language): string {
  if (value === null) return "–";
  if (as === "count") return String(value);
  return as === "share" ? percent(value) : measured(value, language);
}

function difference(value: Figure, as: Row["as"], language: Language): string {
  if (value === null) return "–";
  return as === "share" ? `${Math.round(value * 100)} %` : figure(value, as, language);
}
