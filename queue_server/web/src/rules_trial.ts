// What a trial gave: the wanted rules beside the present ones and what really was.
import { html, nothing, type TemplateResult } from "lit";
import type { ServiceView } from "./contract";
import type { RuleFiguresView, RulesTrial } from "./replay_contract";
import { measured, percent } from "./time";
import { pick, say, type Language, type WordKey } from "./words";
import "./words_rules";

type Kind = "minutes" | "share" | "people";
type Figure = number | null;

interface Line {
  name: string;
  kind: Kind;
  value: (of: RuleFiguresView) => Figure;
  /** False where a larger figure is the better one. */
  lessIsBetter?: boolean;
}

const LINES: { key: WordKey; kind: Kind; value: Line["value"]; more?: true }[] = [
  { key: "rule_mean", kind: "minutes", value: (of) => of.all.mean_min },
  { key: "rule_priority_mean", kind: "minutes", value: (of) => of.priority.mean_min },
  { key: "rule_over_30", kind: "share", value: (of) => of.all.over_30 },
  { key: "rule_over_15", kind: "share", value: (of) => of.all.over_15 },
  { key: "rule_p90", kind: "minutes", value: (of) => of.all.p90_min },
  { key: "rule_longest", kind: "minutes", value: (of) => of.all.longest_min },
  { key: "rule_called", kind: "people", value: (of) => of.all.called, more: true },
  { key: "rule_uncalled", kind: "people", value: (of) => of.uncalled },
];

/** The sentence, then the figures; before any day is over only the sentence. */
export function trialResult(
  trial: RulesTrial,
  services: ServiceView[],
  language: Language,
): TemplateResult {
  return html`<p class="sentence">${pick(language, trial.words)}</p>
    ${table(trial, services, language)}`;
}

function table(
  { wanted, present, was }: RulesTrial,
  services: ServiceView[],
  language: Language,
): TemplateResult | typeof nothing {
  if (!wanted || !present || !was) return nothing;
  const served = services.filter((one) => [wanted, present, was].some((of) => of.services[one.id]));
  const lines: Line[] = [
    ...LINES.map((line) => ({ ...line, name: say(language, line.key), lessIsBetter: !line.more })),
    ...served.map((one): Line => ({
      name: say(language, "rule_service_mean", { letter: one.letter, name: pick(language, one.name) }),
      kind: "minutes",
      value: (of) => of.services[one.id]?.mean_min ?? null,
    })),
  ];
  const heads: WordKey[] = ["rule_figure", "rule_wanted", "rule_present", "rule_apart", "rule_was"];
  return html`<div class="scroll" role="group" tabindex="0" aria-label=${say(language, "rule_result")}>
      <table class="trial">
        <thead>
          <tr>
            ${heads.map((key) => html`<th scope="col">${say(language, key)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${lines.map(
            (line) => html`<tr>
              <th scope="row">${line.name}</th>
              <td><b>${figure(line.value(wanted), line.kind, language)}</b></td>
              <td>${figure(line.value(present), line.kind, language)}</td>
              <td>${apart(line, line.value(wanted), line.value(present), language)}</td>
              <td>${figure(line.value(was), line.kind, language)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="second">${say(language, "rule_limits")}</p>`;
}

function apart(line: Line, next: Figure, now: Figure, language: Language): TemplateResult | string {
  if (next === null || now === null) return "–";
  const by = next - now;
  const text = figure(Math.abs(by), line.kind, language);
  if (text === figure(0, line.kind, language)) return "=";
  const better = by < 0 === (line.lessIsBetter ?? true);
  return html`${by > 0 ? "+" : "−"}${text}
    <span class=${better ? "better" : "worse"}>${say(language, better ? "rule_better" : "rule_worse")}</span>`;
}

function figure(value: Figure, kind: Kind, language: Language): string {
  if (value === null) return "–";
  if (kind === "people") return String(value);
  return kind === "share" ? percent(value) : measured(value, language);
}
