// A counter's break in words: until when the running one lasts, or when the next one begins.
import type { ConsoleView } from "./console_contract";
import { clock } from "./time";
import { say, type Language } from "./words";

const SOON_MS = 15 * 60_000;

type Break = Pick<ConsoleView, "state" | "break_from" | "break_until">;

/** Empty while no break is near; a clerk who works through a break is not reminded of it. */
export function breakWords(view: Break, now: number, language: Language): string {
  if (!view.break_from || !view.break_until) return "";
  const running = Date.parse(view.break_from) <= now;
  if (running && view.state === "paused") {
    return say(language, "break_until", { time: clock(view.break_until) });
  }
  const soon = !running && Date.parse(view.break_from) - now <= SOON_MS;
  return soon && view.state === "open"
    ? say(language, "break_from", { time: clock(view.break_from) })
    : "";
}
