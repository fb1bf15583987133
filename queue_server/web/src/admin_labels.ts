// Changes of settings in the words of the forms: which field of what, and values as people say them.
import { LISTS, SECTIONS, type Field } from "./admin_fields";
import { NUMBERS } from "./rules_form";
import { say, words, type Language, type WordKey } from "./words";
import "./words_office";
import "./words_rules";

const ROW = /^(services|counters|devices) (\S+?)(?:\.(\w+))?$/;
const SECTION = /^(\w+)\.(\w+)/;
const RULE = /^rules\.(\w+)(?:\.(\w+))?$/;
/** Rules that are no number: how the page of rules calls them. */
const RULES: Record<string, WordKey> = {
  policy: "rule_policy",
  pause_at_lunch: "rule_lunch",
  class_limit_min: "rule_class_limits",
};
const PROCEDURE = /^(\d[\d.]*\d)(?: (\w+))?$/;
const SESSION = /start (\d\d:\d\d)(?::\d\d)?; end (\d\d:\d\d)(?::\d\d)?/g;
const NOTHING = "–";

/** `targets.good_min` as the form calls it; what has no form keeps its own name. */
export function labelOf(where: string, language: Language): string {
  const row = ROW.exec(where);
  if (row) {
    const [, list = "", id = "", key] = row;
    const named = `${say(language, `admin_one_${list}` as WordKey)} ${id}`;
    return key ? `${named}: ${fieldLabel(list, key, language)}` : named;
  }
  const rule = RULE.exec(where);
  if (rule) return ruleLabel(rule[1] ?? "", rule[2], language);
  const section = SECTION.exec(where);
  const known = SECTIONS.find((one) => one.name === section?.[1]);
  if (known && section?.[2]) {
    return `${say(language, known.title)}: ${fieldLabel(known.name, section[2], language)}`;
  }
  const procedure = PROCEDURE.exec(where);
  if (procedure) {
    const named = `${say(language, "admin_procedure")} ${procedure[1]}`;
    return procedure[2] ? `${named}: ${fieldLabel("", procedure[2], language)}` : named;
  }
  return where;
}

/** A value as the record has it, in words: choices, hours, yes and no, numbers of the language. */
export function valueOf(where: string, text: string, language: Language): string {
  if (text === NOTHING) return say(language, "admin_nothing");
  const said = text.replace(SESSION, "$1–$2").replace(/\bTrue\b/g, "✓").replace(/\bFalse\b/g, "✗");
  const [, list, , key] = ROW.exec(where) ?? [];
  if (list && !key) {
    const parts = said.split("; ").map((part) => {
      const [name = "", ...rest] = part.split(" ");
      return `${fieldLabel(list, name, language)} ${plain(rest.join(" "), language)}`;
    });
    return parts.join("; ");
  }
  if (where === "rules.policy") return wordOr(`rule_policy_${said}`, said, language);
  return plain(said, language);
}

/** One line of the record, `where: before → after`, in words. */
export function lineOf(line: string, language: Language): string {
  const where = line.slice(0, line.indexOf(": "));
  const [before, after] = line.slice(where.length + 2).split(" → ");
  if (!where || before === undefined || after === undefined) return line;
  const told = (text: string): string => valueOf(where, text, language);
  return `${labelOf(where, language)}: ${told(before)} → ${told(after)}`;
}

/** What kind of decision it was. */
export function kindOf(kind: string, what: string, language: Language): string {
  if (kind === "CatalogueChanged") {
    const [, version = "", how = ""] = /^catalogue (\d+): (.*)$/.exec(what) ?? [];
    const done = wordOr(`admin_catalogue_${how.replace(" ", "_")}`, how, language);
    return say(language, "admin_catalogue_changed", { n: version, how: done });
  }
  if (kind === "ReportStepTaken") {
    const [, period = "", step = ""] = /^report (.*): (\w+)$/.exec(what) ?? [];
    return say(language, "admin_report_step", {
      period,
      step: wordOr(`publish_step_${step}`, step, language),
    });
  }
  if (kind === "LogoChanged") {
    return say(language, what === "logo" ? "admin_logo_was_changed" : "admin_logo_was_dropped");
  }
  return say(language, "admin_settings_changed");
}

function ruleLabel(key: string, of: string | undefined, language: Language): string {
  const label = NUMBERS.find((one) => one.key === key)?.label ?? RULES[key];
  const named = `${say(language, "rule_title")}: ${label ? say(language, label) : key}`;
  return of ? `${named}, ${wordOr(`rule_class_${of}`, of, language)}` : named;
}

function fieldLabel(list: string, key: string, language: Language): string {
  const form = [...SECTIONS, ...LISTS].find((one) => one.name === list);
  const field = form?.fields.find((one: Field) => one.key === key);
  return field ? say(language, field.label) : wordOr(`admin_key_${key}`, key, language);
}

function plain(text: string, language: Language): string {
  const chosen = `admin_choice_${text}`;
  if (/^[a-z_]+$/.test(text) && chosen in words) return say(language, chosen as WordKey);
  if (!/^-?\d+\.\d+$/.test(text)) return text;
  const number = String(Number(text));
  return language === "vi" ? number.replace(".", ",") : number;
}

function wordOr(key: string, else_: string, language: Language): string {
  return key in words ? say(language, key as WordKey) : else_;
}
