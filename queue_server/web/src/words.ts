// Every text of the pages, in both languages, some in Khmer, and how values are put into it.
import type audit from "../words/audit.json";
import type city from "../words/city.json";
import complaints from "../words/complaints.json";
import dossiers from "../words/dossiers.json";
import manager from "../words/manager.json";
import type office from "../words/office.json";
import type rules from "../words/rules.json";
import type signOn from "../words/sign_on.json";
import shared from "../words/words.json";
import type { Problem, Words } from "./contract";

const common = { ...shared, ...manager, ...dossiers, ...complaints };
export type Language = "vi" | "en" | "km";
export type WordKey = keyof (
  typeof common & typeof audit & typeof city & typeof office & typeof rules & typeof signOn
);

/** Texts by key. A phone that follows a number does not carry those of pages that only staff opens. */
export const words = { ...common } as Partial<Record<WordKey, Words>> as Record<WordKey, Words>;

/** Know the texts of a file too; whoever says one of them imports `words_audit`, `_city`, `_office`, `_rules` or `_sign_on`. */
export function learn(more: Record<string, Words>): void {
  Object.assign(words, more);
}

const khmer: Record<string, string> = {};
const khmerNames: Record<string, string> = {};

/**
 * Say these in Khmer; whoever offers the language imports `words_khmer`.
 *
 * `names` are those of services and procedures by their Vietnamese, as the office's data has them:
 * what an office calls otherwise stays as it says it.
 */
export function learnKhmer(
  texts: Record<string, string>,
  names: Record<string, string>,
): void {
  Object.assign(khmer, texts);
  Object.assign(khmerNames, names);
}

/** What this page can be read in, Vietnamese first. */
export function languages(): Language[] {
  return Object.keys(khmer).length > 0 ? ["vi", "en", "km"] : ["vi", "en"];
}

/** The text for a key, `{name}` replaced by the value of that name; without Khmer, in Vietnamese. */
export function say(
  language: Language,
  key: WordKey,
  values: Record<string, string | number> = {},
): string {
  const text = language === "km" ? (khmer[key] ?? words[key].vi) : words[key][language];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    String(values[name] ?? whole),
  );
}

/** The text for a state that the server names, or the bare name of one we do not know yet. */
export function sayState(language: Language, prefix: string, state: string): string {
  const key = `${prefix}_${state}`;
  return key in words ? say(language, key as WordKey) : state;
}

/** One of the two texts that come with the data; in Khmer its known name, else the Vietnamese one. */
export function pick(language: Language, both: Words): string {
  if (language === "km") return khmerNames[both.vi] ?? both.vi;
  return (language === "en" && both.en) || both.vi;
}

/** Why the server would not do it. */
export function refusal(language: Language, problem: Problem): string {
  const both = { vi: problem.title_vi, en: problem.title };
  return (language === "km" && problem.title_km) || pick(language, both);
}

export function other(language: Language): Language {
  return language === "vi" ? "en" : "vi";
}
