import assert from "node:assert/strict";
import { test } from "node:test";
import type { BoardDevice, BoardService, BoardView } from "../../../queue_server/web/src/contract";
import { nextStep } from "../../../queue_server/web/src/next_step";

const NOW = Date.parse("2026-11-22T08:00:00+07:00");

function service(id: string, changes: Partial<BoardService> = {}): BoardService {
  return {
    id,
    letter: id,
    name: { vi: `lĩnh vực ${id}`, en: `service ${id}` },
    waiting: 2,
    oldest_since: new Date(NOW - 5 * 60_000).toISOString(),
    called: 0,
    mean_wait_min: null,
    longest_wait_min: null,
    counters_open: 1,
    forecast: { p50_min: 5, p90_min: 9, basis: "formula" },
    ...changes,
  };
}

function device(changes: Partial<BoardDevice>): BoardDevice {
  const seen_at = "2026-11-22T07:59:00+07:00";
  return { id: "kiosk-1", role: "kiosk", online: true, paper: "ok", seen_at, ...changes };
}

function advice(services: BoardService[], devices: BoardDevice[] = []): string {
  const targets = { good_min: 15, limit_min: 30 };
  return nextStep({ services, devices, targets } as unknown as BoardView, NOW, "en");
}

const waited = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

test("all well: nothing to do", () => {
  assert.equal(advice([service("a")], [device({})]), "Nothing needs doing now.");
});

test("people waiting at no open counter come before everything else", () => {
  const said = advice([
    service("a", { oldest_since: waited(50) }),
    service("b", { counters_open: 0 }),
    service("c", { counters_open: 0, waiting: 4 }),
  ]);
  assert.match(said, /Open a counter for service c: 4 waiting/);
});

test("a closed service without people needs no counter", () => {
  const empty = { counters_open: 0, waiting: 0, oldest_since: null, forecast: null };
  assert.equal(advice([service("a", empty)]), "Nothing needs doing now.");
});

test("over the limit: the longest wait is named", () => {
  const said = advice([
    service("a", { oldest_since: waited(31) }),
    service("b", { oldest_since: waited(40.9) }),
  ]);
  assert.match(said, /Add a counter for service b: someone has waited 40 minutes/);
});

test("where no counter is left to open, more people are needed", () => {
  const services = [service("a", { oldest_since: waited(31) })];
  const targets = { good_min: 15, limit_min: 30 };
  const said = (offers: object[]): string => {
    const board = { services, devices: [], targets, alerts: [{ service: "a", offers }] };
    return nextStep(board as unknown as BoardView, NOW, "en");
  };
  assert.match(said([]), /needs more people/);
  assert.match(said([{ counter: 1 }]), /Add a counter/);
});

test("exactly the limit is not over it", () => {
  assert.equal(advice([service("a", { oldest_since: waited(30) })]), "Nothing needs doing now.");
});

test("a printer without paper comes before a device that is gone", () => {
  const devices = [device({ id: "led", online: false }), device({ id: "k", paper: "out" })];
  assert.match(advice([service("a")], devices), /paper in k/);
});

test("a device that was never seen is not missing", () => {
  const never = device({ online: false, seen_at: null });
  assert.equal(advice([service("a")], [never]), "Nothing needs doing now.");
  assert.match(advice([service("a")], [device({ online: false })]), /Check kiosk-1/);
});

test("a forecast over the target is worth a look", () => {
  const forecast = { p50_min: 15.2, p90_min: 25, basis: "formula" };
  assert.match(advice([service("a", { forecast })]), /Watch service a: forecast 16 minutes/);
});
