// What the manager should do next: one sentence, the most urgent thing first.
import type { BoardDevice, BoardService, BoardView } from "./contract";
import { minutesSince, wholeMinutes } from "./time";
import { type Language, pick, say } from "./words";

/** The advice for this board at this moment (milliseconds). */
export function nextStep(board: BoardView, now: number, language: Language): string {
  const waiting = board.services.filter((service) => service.waiting > 0);
  return (
    openFirst(waiting, language) ??
    relieve(waiting, board.targets.limit_min, now, language) ??
    paper(board.devices, language) ??
    offline(board.devices, language) ??
    watch(waiting, board.targets.good_min, language) ??
    say(language, "do_nothing")
  );
}

/** How long the longest-waiting citizen of a service has waited, in minutes. */
export function oldestMinutes(service: BoardService, now: number): number | null {
  return service.oldest_since === null ? null : minutesSince(service.oldest_since, now);
}

function openFirst(waiting: BoardService[], language: Language): string | null {
  const worst = most(
    waiting.filter((service) => service.counters_open === 0),
    (service) => service.waiting,
  );
  if (!worst) return null;
  const values = { service: pick(language, worst.name), n: worst.waiting };
  return say(language, "do_open_first", values);
}

function relieve(
  waiting: BoardService[],
  limit: number,
  now: number,
  language: Language,
): string | null {
  const worst = most(waiting, (service) => oldestMinutes(service, now) ?? 0);
  const minutes = worst ? (oldestMinutes(worst, now) ?? 0) : 0;
  if (!worst || minutes <= limit) return null;
  const values = { service: pick(language, worst.name), minutes: Math.floor(minutes) };
  return say(language, "do_relieve", values);
}

function watch(waiting: BoardService[], good: number, language: Language): string | null {
  const worst = most(waiting, (service) => service.forecast?.p50_min ?? 0);
  const minutes = worst?.forecast?.p50_min ?? 0;
  if (!worst || minutes <= good) return null;
  const values = { service: pick(language, worst.name), minutes: wholeMinutes(minutes), good };
  return say(language, "do_watch", values);
}

function paper(devices: BoardDevice[], language: Language): string | null {
  const empty = devices.find((device) => device.online && device.paper === "out");
  return empty ? say(language, "do_paper", { device: empty.id }) : null;
}

function offline(devices: BoardDevice[], language: Language): string | null {
  // A device that was never seen is not installed yet; one that was seen has gone.
  const gone = devices.find((device) => !device.online && device.seen_at !== null);
  return gone ? say(language, "do_device", { device: gone.id }) : null;
}

function most<T>(items: T[], measure: (item: T) => number): T | undefined {
  return items.reduce<T | undefined>(
    (best, item) => (best === undefined || measure(item) > measure(best) ? item : best),
    undefined,
  );
}
