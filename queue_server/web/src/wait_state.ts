// Where a wait stands against the office's two limits.
import type { BoardTargets } from "./contract";

export type WaitState = "on_target" | "near_limit" | "over_limit";

/** At or under `good` is on target, above `limit` is over; without a wait there is no state. */
export function waitState(minutes: number | null, targets: BoardTargets): WaitState | null {
  if (minutes === null) return null;
  if (minutes <= targets.good_min) return "on_target";
  return minutes <= targets.limit_min ? "near_limit" : "over_limit";
}
