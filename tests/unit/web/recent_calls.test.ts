import assert from "node:assert/strict";
import { test } from "node:test";
import type { BoardCall } from "../../../queue_server/web/src/contract";
import { listPage, recentCalls } from "../../../queue_server/web/src/recent_calls";

const call = (seq: number, number: string): BoardCall => ({
  seq,
  number,
  counter: 1,
  counter_name: { vi: "Quầy 1", en: "Counter 1" },
  service: "a",
  at: "2026-11-22T08:00:00+07:00",
  recall: false,
});

test("the newest call is the one with the largest seq, in whatever order they came", () => {
  const { now, before } = recentCalls([call(2, "A002"), call(3, "A003"), call(1, "A001")], 5);
  assert.equal(now?.number, "A003");
  assert.deepEqual(
    before.map((one) => one.number),
    ["A002", "A001"],
  );
});

test("a number called again stands once, at its last call", () => {
  const { now, before } = recentCalls([call(3, "A001"), call(2, "A002"), call(1, "A001")], 5);
  assert.equal(now?.seq, 3);
  assert.deepEqual(
    before.map((one) => one.number),
    ["A002"],
  );
});

test("no more than asked for, and nothing from nothing", () => {
  const many = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => call(n, `A00${n}`));
  assert.equal(recentCalls(many, 5).before.length, 5);
  assert.equal(recentCalls([], 5).now, null);
});

test("pages are even, show everything in turn, and start over", () => {
  const items = ["a", "b", "c", "d", "e", "f", "g"];
  const first = listPage(items, 6, 0, 10);
  const second = listPage(items, 6, 10_000, 10);
  assert.deepEqual([...first.shown, ...second.shown], items);
  assert.equal(first.shown.length, 4);
  assert.deepEqual(listPage(items, 6, 20_000, 10), first);
});

test("what fits does not turn", () => {
  assert.deepEqual(listPage(["a"], 6, 99_000, 10), { shown: ["a"], page: 0, pages: 1 });
  assert.deepEqual(listPage([], 6, 0, 10), { shown: [], page: 0, pages: 1 });
});
