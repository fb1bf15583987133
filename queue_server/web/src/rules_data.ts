// The calling rules as the server has them, and what the rules page asks it.
import { ask, type Got } from "./admin_data";
import type { RulesTrial } from "./replay_contract";

export type Policy = "fifo" | "weighted" | "strict";
export type Priority = "shared" | "preferred" | "dedicated";

export interface Session {
  start: string;
  end: string;
}

export interface Entry {
  service: string;
  order: number;
  weight: number;
}

export interface WorkProfile {
  id: string;
  name_vi: string;
  name_en: string;
  services: string[];
  profile: Entry[];
  priority: Priority;
  by_clerk: boolean;
}

export interface CounterRules {
  number: number;
  services: string[];
  profile: Entry[];
  priority: Priority;
  others: WorkProfile[];
  breaks: Session[];
}

/** Minutes, seconds and counts; null where a rule is switched off. */
export interface Rules {
  policy: Policy;
  class_limit_min: Record<string, number>;
  pause_at_lunch: boolean;
  [key: string]: string | number | boolean | null | Record<string, number>;
}

export interface RulesNow {
  rules: Rules;
  counters: CounterRules[];
  hash: string;
}

export const CLASSES = ["age_60", "age_80", "pregnant", "disabled", "merit", "small_child"] as const;

export const rulesNow = (): Promise<Got<RulesNow>> => ask("/rules");

/** What these rules would have given on the last working day; nothing is changed. */
export const tried = (wanted: RulesNow): Promise<Got<RulesTrial>> =>
  ask("/rules/try", "POST", { rules: wanted.rules, counters: wanted.counters });

/** Use them from now on, over those that were read, after the trial with this mark. */
export const savedRules = (wanted: RulesNow, trial: string): Promise<Got<RulesNow>> =>
  ask("/rules", "PUT", {
    rules: wanted.rules,
    counters: wanted.counters,
    expected: wanted.hash,
    trial,
  });

/** The services of a counter or work profile in one list, however the file writes them. */
export function entries(of: { services: string[]; profile: Entry[] }): Entry[] {
  return [...of.services.map((service) => ({ service, order: 0, weight: 1 })), ...of.profile];
}

/** The same with one service at another place; `order` null takes it out. */
export function withEntry<T extends { services: string[]; profile: Entry[] }>(
  of: T,
  service: string,
  order: number | null,
  weight: number,
): T {
  const kept = entries(of).filter((one) => one.service !== service);
  const place = entries(of).findIndex((one) => one.service === service);
  if (order !== null) kept.splice(place < 0 ? kept.length : place, 0, { service, order, weight });
  return { ...of, ...written(kept) };
}

/** As short as the file would have it: a service of first order and plain weight is only named. */
function written(all: Entry[]): { services: string[]; profile: Entry[] } {
  const plain = (one: Entry): boolean => one.order === 0 && one.weight === 1;
  return {
    services: all.filter(plain).map((one) => one.service),
    profile: all.filter((one) => !plain(one)),
  };
}
