// What differs between two sets of rules, a line each, in the words of the page.
import type { ChangeLine } from "./admin_contract";
import { CLASSES, entries, type CounterRules, type Rules, type RulesNow } from "./rules_data";
import { NUMBERS } from "./rules_form";
import { say, sayState, type Language } from "./words";
import "./words_rules";

/** Every difference; the letter of a service stands for it. */
export function rulesChanges(
  old: RulesNow,
  next: RulesNow,
  letters: Map<string, string>,
  language: Language,
): ChangeLine[] {
  const found = generalLines(old.rules, next.rules, language);
  for (const counter of next.counters) {
    const before = old.counters.find((one) => one.number === counter.number);
    const where = say(language, "rule_counter", { n: counter.number });
    if (before) found.push(...counterLines(before, counter, where, letters, language));
  }
  return found.filter((line) => line.before !== line.after);
}

function generalLines(old: Rules, next: Rules, language: Language): ChangeLine[] {
  const yes = (on: boolean): string => say(language, on ? "rule_yes" : "rule_no");
  const text = (value: unknown): string => (value === null || value === undefined ? "–" : String(value));
  return [
    {
      where: say(language, "rule_policy"),
      before: say(language, `rule_policy_${old.policy}`),
      after: say(language, `rule_policy_${next.policy}`),
    },
    ...NUMBERS.map(({ key, label }) => ({
      where: say(language, label),
      before: text(old[key]),
      after: text(next[key]),
    })),
    ...CLASSES.map((one) => ({
      where: `${say(language, "rule_class_limits")}, ${say(language, `rule_class_${one}`)}`,
      before: text(old.class_limit_min[one]),
      after: text(next.class_limit_min[one]),
    })),
    {
      where: say(language, "rule_lunch"),
      before: yes(old.pause_at_lunch),
      after: yes(next.pause_at_lunch),
    },
  ];
}

function counterLines(
  old: CounterRules,
  next: CounterRules,
  where: string,
  letters: Map<string, string>,
  language: Language,
): ChangeLine[] {
  const priority = (one: CounterRules): string => sayState(language, "rule_use", one.priority);
  const line = (what: string, of: (one: CounterRules) => string): ChangeLine => ({
    where: `${where}, ${what}`,
    before: of(old),
    after: of(next),
  });
  return [
    line(say(language, "rule_work"), (one) => work(one, letters)),
    line(say(language, "rule_use"), priority),
    line(say(language, "rule_breaks"), breakText),
    line(say(language, "rule_others"), (one) => others(one, letters, language)),
  ];
}

/** "B, A; phụ 1: C ×2": lines of first order, then those of the next. */
export function work(
  of: Parameters<typeof entries>[0],
  letters: Map<string, string>,
): string {
  const orders = new Map<number, string[]>();
  for (const one of entries(of)) {
    const named = `${letters.get(one.service) ?? one.service}${one.weight === 1 ? "" : ` ×${one.weight}`}`;
    orders.set(one.order, [...(orders.get(one.order) ?? []), named]);
  }
  const sorted = [...orders].sort(([a], [b]) => a - b);
  return sorted.map(([order, names]) => `${order ? `${order}: ` : ""}${names.sort().join(" ")}`).join("; ") || "–";
}

export function breakText(one: CounterRules): string {
  const spans = one.breaks.map((span) => `${span.start.slice(0, 5)}-${span.end.slice(0, 5)}`);
  return spans.join(", ") || "–";
}

function others(one: CounterRules, letters: Map<string, string>, language: Language): string {
  const each = one.others.map((other) => {
    const who = other.by_clerk ? "" : `, ${say(language, "rule_by_leader")}`;
    const use = other.priority === "shared" ? "" : `, ${sayState(language, "rule_use", other.priority)}`;
    return `${language === "vi" ? other.name_vi : other.name_en} (${work(other, letters)}${use}${who})`;
  });
  return each.join("; ") || "–";
}
