// What the manager should do next: one sentence, the most urgent thing first.
import type { BoardDevice, BoardService, BoardView } from "./contract";
import type { Alert } from "./manager_contract";
import { minutesSince, wholeMinutes } from "./time";
import { type Language, pick, say } from "./words";

/** A board, and what is to be acted on where a manager looks. */
type Seen = BoardView & { alerts?: Alert[] };

/** The advice for this board at this moment (milliseconds). */
export function nextStep(board: Seen, now: number, language: Language): string {
  const waiting = board.services.filter((service) => service.waiting > 0);
  return (
    openFirst(waiting, language) ??
    relieve(waiting, board, now, language) ??
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
  { alerts, targets }: Seen,
  now: number,
  language: Language,
): string | null {
  const worst = most(waiting, (service) => oldestMinutes(service, now) ?? 0);
  const minutes = worst ? (oldestMinutes(worst, now) ?? 0) : 0;
  if (!worst || minutes <= targets.limit_min) return null;
  const values = { service: pick(language, worst.name), minutes: Math.floor(minutes) };
  // Where no counter is left that could open, only more people help.
  const alert = alerts?.find((one) => one.service === worst.id);
  const none = alert !== undefined && (alert.offers ?? []).length === 0;
  return say(language, none ? "do_relieve_more" : "do_relieve", values);
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
