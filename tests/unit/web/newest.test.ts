import assert from "node:assert/strict";
import { test } from "node:test";
import { replaces, retryDelayMs } from "../../../queue_server/web/src/newest";

const at = (seq: number, second: number) => ({
  seq,
  at: `2026-11-22T08:00:${String(second).padStart(2, "0")}+07:00`,
});

test("anything is newer than nothing", () => {
  assert.equal(replaces(null, at(1, 0)), true);
});

test("a smaller number never replaces a larger one, however late it was made", () => {
  assert.equal(replaces(at(8, 0), at(7, 30)), false);
  assert.equal(replaces(at(8, 30), at(9, 0)), true);
});

test("of the same number the later one counts", () => {
  assert.equal(replaces(at(8, 5), at(8, 6)), true);
  assert.equal(replaces(at(8, 6), at(8, 5)), false);
});

test("offsets are understood: the same moment written twice", () => {
  assert.equal(replaces(at(8, 0), { seq: 8, at: "2026-11-22T01:00:01Z" }), true);
  assert.equal(replaces(at(8, 2), { seq: 8, at: "2026-11-22T01:00:01Z" }), false);
});

test("tries grow apart and stay under 12.5 s", () => {
  assert.equal(retryDelayMs(0, 0.5), 1000);
  assert.equal(retryDelayMs(2, 0.5), 4000);
  assert.equal(retryDelayMs(30, 1), 12_500);
  assert.ok(retryDelayMs(0, 0) < retryDelayMs(0, 1));
});
