import assert from "node:assert/strict";
import { test } from "node:test";
import { breakWords } from "../../../queue_server/web/src/console_break";

const from = "2026-05-12T09:30:00+07:00";
const until = "2026-05-12T09:45:00+07:00";
const at = (clock: string): number => Date.parse(`2026-05-12T${clock}:00+07:00`);
const counter = (state: string) => ({ state, break_from: from, break_until: until });

test("a break is said a quarter of an hour before and while it lasts", () => {
  assert.equal(breakWords(counter("open"), at("09:10"), "vi"), "");
  assert.equal(breakWords(counter("open"), at("09:16"), "vi"), "nghỉ lúc 09:30");
  assert.equal(breakWords(counter("paused"), at("09:31"), "vi"), "nghỉ đến 09:45");
});

test("a clerk who works through a break, or has none, is told nothing", () => {
  assert.equal(breakWords(counter("open"), at("09:31"), "vi"), "");
  const none = { state: "open", break_from: null, break_until: null };
  assert.equal(breakWords(none, at("09:31"), "vi"), "");
});
