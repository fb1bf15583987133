import assert from "node:assert/strict";
import { test } from "node:test";
import { rulesChanges, work } from "../../../queue_server/web/src/rules_changes";
import { breaksOf, servicesOf } from "../../../queue_server/web/src/rules_counters";
import { withEntry, type RulesNow } from "../../../queue_server/web/src/rules_data";

const services = ["B", "A", "C"].map((letter, n) => ({
  id: ["CT", "HT", "DD"][n] as string,
  letter,
  name: { vi: letter, en: letter },
  waiting: 0,
  forecast: null,
  counters_open: 0,
}));
const letters = new Map(services.map((one) => [one.id, one.letter]));
const counter = {
  number: 1,
  services: ["CT", "HT"],
  profile: [],
  priority: "shared" as const,
  others: [],
  breaks: [],
};
const now: RulesNow = {
  rules: { policy: "weighted", class_limit_min: { age_80: 10 }, pause_at_lunch: false, limit_min: 30 },
  counters: [counter],
  hash: "0",
};

test("a service gets another order or weight, or is taken out", () => {
  const helped = withEntry(counter, "CT", 1, 1);
  assert.deepEqual([helped.services, helped.profile], [["HT"], [{ service: "CT", order: 1, weight: 1 }]]);
  assert.deepEqual(withEntry(helped, "CT", 0, 1).profile, []);
  assert.deepEqual(withEntry(counter, "HT", null, 1).services, ["CT"]);
});

test("work is written as it is read", () => {
  const typed = servicesOf("a B; 1: C ×2.5", services);
  assert.deepEqual(typed.services, ["HT", "CT"]);
  assert.equal(work(typed, letters), "A B; 1: C ×2.5");
  assert.deepEqual(servicesOf(work(typed, letters), services).profile, typed.profile);
});

test("what is no service or no time is not lost: the server names it", () => {
  assert.deepEqual(servicesOf("Z", services).services, ["Z"]);
  assert.deepEqual(breaksOf("nine, 15:00-15:10"), [
    { start: "nine", end: "" },
    { start: "15:00", end: "15:10" },
  ]);
});

test("each difference is one line, and nothing else is", () => {
  assert.deepEqual(rulesChanges(now, structuredClone(now), letters, "vi"), []);
  const next: RulesNow = {
    ...now,
    rules: { ...now.rules, policy: "fifo", class_limit_min: {}, pause_at_lunch: true },
    counters: [{ ...withEntry(counter, "DD", 1, 1), priority: "dedicated", breaks: breaksOf("09:30-09:45") }],
  };
  const lines = rulesChanges(now, next, letters, "en").map((one) => `${one.where}: ${one.before} → ${one.after}`);
  assert.deepEqual(lines, [
    "Order of calls: Weighted turns → First come, first served",
    "Limits of each class (min), 80 and older: 10 → –",
    "Idle counters pause between the sessions: no → yes",
    "Counter 1, services: A B → A B; 1: C",
    "Counter 1, Whom it serves: Everybody → Priority only",
    "Counter 1, Breaks: – → 09:30-09:45",
  ]);
});
