// Which of two snapshots to show: each one is whole, so the newest is always enough.

export interface Snapshot {
  seq: number;
  at: string;
}

/**
 * Whether `next` replaces `shown`. The same seq may come again with a later time, when only a
 * forecast or a device changed.
 */
export function replaces(shown: Snapshot | null, next: Snapshot): boolean {
  if (shown === null || next.seq > shown.seq) return true;
  return next.seq === shown.seq && Date.parse(next.at) >= Date.parse(shown.at);
}

/** Waiting time before try number `tries`: doubled from 1 s to 10 s, spread so that a hundred
 * displays do not come back in the same instant. `chance` is 0..1. */
export function retryDelayMs(tries: number, chance: number): number {
  return Math.min(10_000, 1000 * 2 ** tries) * (0.75 + 0.5 * chance);
}
