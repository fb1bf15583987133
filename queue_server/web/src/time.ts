// Times as people read them: office clock, minutes and seconds, whole minutes.
import type { Language } from "./words";

const ZONE = "Asia/Ho_Chi_Minh";
const CLOCK = new Intl.DateTimeFormat("en-GB", {
  timeZone: ZONE,
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** Time of day in the office, `07:05`, wherever the reader is. */
export function clock(at: string | number): string {
  return CLOCK.format(typeof at === "string" ? Date.parse(at) : at);
}

const DAY_MS = 24 * 3_600_000;
const DAY = new Intl.DateTimeFormat("vi-VN", { timeZone: ZONE, day: "numeric", month: "numeric" });

/** A moment that may be days ago: `07:05`, or `07:05, 26/11` where the clock alone would mislead. */
export function moment(at: string, now: number): string {
  const then = Date.parse(at);
  const sameDay = now - then < DAY_MS && DAY.format(then) === DAY.format(now);
  return sameDay ? clock(then) : `${clock(then)}, ${DAY.format(then)}`;
}

/** The date in the office, in words. */
export function date(at: number, language: Language): string {
  const locale = language === "en" ? "en-GB" : "vi-VN";
  const format = { timeZone: ZONE, weekday: "long", day: "numeric", month: "long" } as const;
  const text = new Intl.DateTimeFormat(locale, format).format(at);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Time since then in minutes, never negative: clocks differ by a little. */
export function minutesSince(since: string, now: number): number {
  return Math.max(0, (now - Date.parse(since)) / 60_000);
}

/** Minutes and seconds, `12:40`; hours stay minutes, because the targets are minutes. */
export function minutesSeconds(minutes: number): string {
  const seconds = Math.floor(minutes * 60);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Whole minutes of a promise or forecast, rounded up: better called early than late. */
export function wholeMinutes(minutes: number): number {
  return Math.ceil(Math.round(minutes * 100) / 100);
}

/** A measured wait in minutes with one decimal, `12,4` in Vietnamese. */
export function measured(minutes: number, language: Language): string {
  const text = minutes.toFixed(1);
  return language === "en" ? text : text.replace(".", ",");
}

/** A share 0..1 in per cent; a share that is not zero never reads as 0 %. */
export function percent(share: number): string {
  if (share > 0 && share < 0.01) return "< 1 %";
  return `${Math.round(share * 100)} %`;
}

/** A minute of the day as a clock shows it, `07:05`. */
export function minuteClock(minute: number): string {
  const pad = (n: number): string => String(n).padStart(2, "0");
  return `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
}
