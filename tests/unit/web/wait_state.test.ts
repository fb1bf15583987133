import assert from "node:assert/strict";
import { test } from "node:test";
import { waitState } from "../../../queue_server/web/src/wait_state";

const targets = { good_min: 15, limit_min: 30 };

test("the limits belong to the better side", () => {
  assert.equal(waitState(0, targets), "on_target");
  assert.equal(waitState(15, targets), "on_target");
  assert.equal(waitState(15.01, targets), "near_limit");
  assert.equal(waitState(30, targets), "near_limit");
  assert.equal(waitState(30.01, targets), "over_limit");
});

test("without a wait there is no state", () => {
  assert.equal(waitState(null, targets), null);
});

test("the office's own limits count", () => {
  assert.equal(waitState(12, { good_min: 10, limit_min: 20 }), "near_limit");
});
