import assert from "node:assert/strict";
import { test } from "node:test";
import audit from "../../../queue_server/web/words/audit.json";
import city from "../../../queue_server/web/words/city.json";
import complaints from "../../../queue_server/web/words/complaints.json";
import dossiers from "../../../queue_server/web/words/dossiers.json";
import khmer from "../../../queue_server/web/words/khmer.json";
import booking from "../../../queue_server/web/words/khmer_booking.json";
import manager from "../../../queue_server/web/words/manager.json";
import office from "../../../queue_server/web/words/office.json";
import rules from "../../../queue_server/web/words/rules.json";
import signOn from "../../../queue_server/web/words/sign_on.json";
import { learnKhmer, pick, refusal, say, sayState, words, type WordKey } from "../../../queue_server/web/src/words";
import "../../../queue_server/web/src/words_audit";
import "../../../queue_server/web/src/words_city";
import "../../../queue_server/web/src/words_office";
import "../../../queue_server/web/src/words_rules";
import "../../../queue_server/web/src/words_sign_on";
import shared from "../../../queue_server/web/words/words.json";

const slots = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort();

test("each text stands in both languages with the same values in it", () => {
  for (const [key, both] of Object.entries(words)) {
    assert.ok(both.vi.length > 0 && both.en.length > 0, key);
    assert.deepEqual(slots(both.vi), slots(both.en), key);
  }
});

test("what is said in Khmer has its text in the other languages, with the same values", () => {
  assert.ok(khmer.needs_native_review && booking.needs_native_review);
  const twice = Object.keys(booking.texts).filter((key) => key in khmer.texts);
  assert.deepEqual(twice, []);
  for (const [key, text] of Object.entries({ ...khmer.texts, ...booking.texts })) {
    assert.match(text, /[\u1780-\u17ff]/, key);
    assert.deepEqual(slots(text), slots(words[key as WordKey].vi), key);
  }
});

test("a text without Khmer is said in Vietnamese, as what comes with the data", () => {
  assert.equal(say("km", "board_title"), words.board_title.vi);
  assert.equal(pick("km", { vi: "Đất đai", en: "Land" }), "Đất đai");
});

test("a name that is known is said in Khmer, one that the office gave itself as it is", () => {
  learnKhmer({}, khmer.names);
  assert.equal(pick("km", { vi: "Đất đai", en: "Land" }), khmer.names["Đất đai"]);
  assert.equal(pick("en", { vi: "Đất đai", en: "Land" }), "Land");
  assert.equal(pick("km", { vi: "Quầy hỗ trợ", en: "Help" }), "Quầy hỗ trợ");
});

test("the page that books lacks no text in Khmer", () => {
  const prefixes = ["booking_", "visit_", "part_", "need_", "appointment_"];
  const wanted = Object.keys(shared).filter((key) => prefixes.some((one) => key.startsWith(one)));
  assert.ok(wanted.length > 40);
  assert.deepEqual(wanted.filter((key) => !(key in booking.texts)), []);
});

test("a refusal is said in the reader's language, and in Vietnamese where Khmer is missing", () => {
  const problem = { type: "", status: 409, code: "not_bookable", title: "No", title_vi: "Không" } as const;
  assert.equal(refusal("en", problem), "No");
  assert.equal(refusal("km", problem), "Không");
  assert.equal(refusal("km", { ...problem, title_km: "ទេ" }), "ទេ");
});

test("no key stands in two files", () => {
  const all = [shared, manager, dossiers, complaints, audit, city, office, rules, signOn].flatMap(Object.keys);
  assert.deepEqual(all.filter((key, at) => all.indexOf(key) < at), []);
  assert.deepEqual(Object.keys(words).sort(), all.sort());
});

test("values are put in, and a missing one is seen", () => {
  assert.equal(say("vi", "ahead", { n: 4 }), "Còn 4 người phía trước");
  assert.equal(say("en", "ahead"), "{n} people before you");
});

test("every state of the contract has words", () => {
  const tickets = ["reserved", "serving", "held", "finished", "no_show", "cancelled", "expired"];
  for (const state of [...tickets, "void"]) assert.notEqual(sayState("vi", "state", state), state);
  for (const state of ["open", "paused", "closed"]) {
    assert.notEqual(sayState("vi", "counter", state), state);
  }
});

test("a state that we do not know yet is shown by its name", () => {
  assert.equal(sayState("vi", "state", "teleported"), "teleported");
});

test("data without English falls back to Vietnamese", () => {
  assert.equal(pick("en", { vi: "Đất đai", en: "" }), "Đất đai");
});

test("no text shouts", () => {
  for (const key of Object.keys(words) as WordKey[]) {
    const text = words[key].vi.replace(/\{\w+\}/g, "");
    assert.ok(text !== text.toUpperCase() || !/\p{L}{2}/u.test(text), key);
  }
});
