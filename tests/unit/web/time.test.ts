import assert from "node:assert/strict";
import { test } from "node:test";
import {
  clock,
  date,
  measured,
  minutesSeconds,
  minutesSince,
  percent,
  wholeMinutes,
} from "../../../queue_server/web/src/time";

test("the clock is the office's, wherever the reader is", () => {
  assert.equal(clock("2026-11-22T00:05:00Z"), "07:05");
  assert.equal(clock("2026-11-21T17:00:00Z"), "00:00");
});

test("the date changes at the office's midnight", () => {
  const late = Date.parse("2026-11-21T17:00:00Z");
  assert.equal(date(late, "en"), "Sunday 22 November");
  assert.match(date(late, "vi"), /^Chủ [Nn]hật, 22 tháng 11$/);
});

test("a wait is never negative when clocks differ", () => {
  const now = Date.parse("2026-11-22T08:00:00+07:00");
  assert.equal(minutesSince("2026-11-22T07:47:30+07:00", now), 12.5);
  assert.equal(minutesSince("2026-11-22T08:00:02+07:00", now), 0);
});

test("hours stay minutes", () => {
  assert.equal(minutesSeconds(0), "0:00");
  assert.equal(minutesSeconds(9 + 5.9 / 60), "9:05");
  assert.equal(minutesSeconds(72.5), "72:30");
});

test("a forecast is rounded up, but not by a crumb", () => {
  assert.equal(wholeMinutes(14.2), 15);
  assert.equal(wholeMinutes(14.001), 14);
  assert.equal(wholeMinutes(0), 0);
});

test("a measured wait has the comma of its language", () => {
  assert.equal(measured(14.26, "vi"), "14,3");
  assert.equal(measured(14.26, "en"), "14.3");
});

test("a small share is not nothing", () => {
  assert.equal(percent(0), "0 %");
  assert.equal(percent(0.004), "< 1 %");
  assert.equal(percent(0.344), "34 %");
  assert.equal(percent(1), "100 %");
});
