import assert from "node:assert/strict";
import { test } from "node:test";
import { choose, forService, kmBetween, kmTo, plain, waitOf } from "../../../queue_server/web/src/city_choice";
import type { OfficeInCity } from "../../../queue_server/web/src/city_contract";

const HA_NOI = { latitude: 21.0285, longitude: 105.8542 };
const HUE = { latitude: 16.4637, longitude: 107.5909 };

function office(id: string, more: Partial<OfficeInCity> = {}): OfficeInCity {
  return {
    id,
    province: "92",
    name: { vi: id, en: id },
    latitude: null,
    longitude: null,
    url: null,
    state: "open",
    waiting: 0,
    counters_open: 1,
    p50_min: 10,
    p90_min: 20,
    mean_wait_min: null,
    called: 0,
    sessions: [],
    event_at: null,
    note: null,
    ...more,
  };
}

const ids = (found: OfficeInCity[]): string[] => found.map(({ id }) => id);

test("the way from Hà Nội to Huế is about 540 km as the crow flies", () => {
  assert.ok(Math.abs(kmBetween(HA_NOI, HUE) - 540) < 10);
  assert.equal(kmTo(office("a"), HA_NOI), null);
  assert.equal(kmTo(office("a", HUE), null), null);
});

test("accents and case do not matter, every word must be there", () => {
  assert.equal(plain("ĐÔNG Hà"), "dong ha");
  const offices = [office("Phường Đông Hà"), office("Phường Đông Lễ"), office("Xã Hà Đông")];
  assert.deepEqual(ids(choose(offices, "ha dong", "wait", null)).sort(), ["Phường Đông Hà", "Xã Hà Đông"]);
  assert.deepEqual(choose(offices, "nowhere", "wait", null), []);
});

test("a wait counts only where a counter is open and the figures are believed", () => {
  assert.equal(waitOf(office("a")), 10);
  assert.equal(waitOf(office("a", { state: "clock" })), 10);
  for (const state of ["closed", "never", "linked", "away", "set_aside"] as const) assert.equal(waitOf(office("a", { state })), null);
  assert.equal(waitOf(office("a", { counters_open: 0 })), null);
});

test("shortest wait, nearest, and both; what is not known stands last", () => {
  const here = { latitude: 10, longitude: 105.8 };
  const near = office("near", { ...here, p50_min: 30 });
  const far = office("far", { latitude: 10.2, longitude: 105.8, p50_min: 5 });
  const middle = office("middle", { latitude: 10.02, longitude: 105.8, p50_min: 12 });
  const closed = office("closed", { ...here, state: "closed" });
  const all = [closed, near, far, middle];
  assert.deepEqual(ids(choose(all, "", "wait", null)), ["far", "middle", "near", "closed"]);
  assert.deepEqual(ids(choose(all, "", "near", here)), ["closed", "near", "middle", "far"]);
  assert.deepEqual(ids(choose(all, "", "both", here)), ["middle", "near", "far", "closed"]);
});

test("for one service its own line counts, and only offices that have it are there", () => {
  const line = { waiting: 4, counters_open: 1, p50_min: 25, p90_min: 40 };
  const lines = new Map([
    ["a", { office: "a", ...line }],
    ["b", { office: "b", ...line, p50_min: 5 }],
    ["c", { office: "c", ...line, counters_open: 0, p50_min: null }],
  ]);
  const offices = [office("a", { p50_min: 1 }), office("b"), office("c"), office("d", { p50_min: 0 })];
  const found = choose(forService(offices, lines), "", "wait", null);
  assert.deepEqual(ids(found), ["b", "a", "c"]);
  assert.deepEqual(found.map((one) => [one.waiting, waitOf(one)]), [[4, 5], [4, 25], [4, null]]);
});
