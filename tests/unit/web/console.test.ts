import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProcedureView } from "../../../queue_server/web/src/console_contract";
import { undoLeft } from "../../../queue_server/web/src/console_actions";
import { KEYS, actionOf, placeOf } from "../../../queue_server/web/src/console_keys";
import { newKey, press } from "../../../queue_server/web/src/console_press";
import { findProcedures, fold } from "../../../queue_server/web/src/procedure_search";

const stroke = (code: string, more: object = {}) => ({
  code,
  repeat: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...more,
});

test("a letter is an action by the place of its key, once, and alone", () => {
  assert.equal(actionOf(stroke("KeyN")), "call-next");
  assert.equal(actionOf(stroke("KeyN", { repeat: true })), null);
  assert.equal(actionOf(stroke("KeyN", { ctrlKey: true })), null);
  assert.equal(actionOf(stroke("KeyX")), null);
  assert.equal(new Set(Object.values(KEYS)).size, Object.keys(KEYS).length);
});

test("a digit is a place, on either side of the keyboard", () => {
  assert.equal(placeOf(stroke("Digit3")), 2);
  assert.equal(placeOf(stroke("Numpad9")), 8);
  assert.equal(placeOf(stroke("Digit0")), null);
  assert.equal(placeOf(stroke("Digit3", { altKey: true })), null);
});

test("the undo window counts whole seconds down to nothing", () => {
  const until = "2026-05-12T08:00:10+07:00";
  assert.equal(undoLeft(until, Date.parse(until) - 9_400), 10);
  assert.equal(undoLeft(until, Date.parse(until)), 0);
  assert.equal(undoLeft(null, 0), 0);
});

const one = (code: string, service: string, vi: string, also: string[] = []): ProcedureView => ({
  code,
  service,
  name: { vi, en: "" },
  also,
  papers: [],
});
const ALL = [
  one("1.000001", "HT", "Đăng ký khai sinh", ["làm giấy khai sinh"]),
  one("2.000815", "CT", "Chứng thực bản sao từ bản chính", ["sao y", "công chứng"]),
  one("1.000002", "HT", "Đăng ký kết hôn", ["giấy kết hôn"]),
];
const names = (query: string, own: string[] = []) =>
  findProcedures(ALL, query, own, 8).map((found) => found.code);

test("procedures are found without diacritics, by the beginnings of words", () => {
  assert.equal(fold("  Đăng ký, KHAI-sinh "), "dang ky khai sinh");
  assert.deepEqual(names("khai si"), ["1.000001"]);
  assert.deepEqual(names("sao y"), ["2.000815"]);
  assert.deepEqual(names("2.0008"), ["2.000815"]);
  assert.deepEqual(names("đăng ký"), ["1.000001", "1.000002"]);
  assert.deepEqual(names("hộ chiếu"), []);
});

test("before anything is typed, the counter's own procedures stand there", () => {
  assert.deepEqual(names("", ["CT"]), ["2.000815"]);
  assert.equal(findProcedures(ALL, "dang ky", [], 1).length, 1);
});

const answering = (...answers: (Response | Error)[]) => {
  const keys: string[] = [];
  const post = (async (_url: string, request: RequestInit) => {
    keys.push((request.headers as Record<string, string>)["Idempotency-Key"] ?? "");
    const answer = answers[Math.min(keys.length, answers.length) - 1];
    if (answer instanceof Error) throw answer;
    return answer;
  }) as typeof fetch;
  return { keys, post };
};

test("a press is tried again with the same key, and is one press", async () => {
  const { keys, post } = answering(new Error("cut"), Response.json({ number: "A001" }));
  assert.deepEqual(await press("/x", {}, post), { kind: "done", body: { number: "A001" } });
  assert.equal(keys.length, 2);
  assert.equal(new Set(keys).size, 1);
  assert.notEqual(newKey(), newKey());
});

test("a press that nobody answers is given up in time", async () => {
  const { keys, post } = answering(new Error("away"));
  let clock = 0;
  const answer = await press("/x", {}, post, () => (clock += 1_200));
  assert.deepEqual(answer, { kind: "away" });
  assert.ok(keys.length >= 2);
});

test("a refusal is no retry", async () => {
  const problem = { code: "stale_version", title: "", title_vi: "", status: 409, type: "" };
  const { keys, post } = answering(Response.json(problem, { status: 409 }));
  assert.deepEqual(await press("/x", {}, post), { kind: "refused", problem });
  assert.equal(keys.length, 1);
  const none = answering(new Response(null, { status: 204 }));
  assert.deepEqual(await press("/x", {}, none.post), { kind: "nobody" });
});
