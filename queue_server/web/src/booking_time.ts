// Times of the booking page, always as the clock of the office shows them.
import type { Language } from "./words";

const LOCALES = { vi: "vi-VN", en: "en-GB", km: "km-KH" };

/** `08:30` of an instant that the server wrote with the office's own offset. */
export function hour(instant: string): string {
  return instant.slice(11, 16);
}

/** A day in words, for example `Thứ Ba, 24/11`. */
export function dayName(day: string, language: Language): string {
  const locale = LOCALES[language];
  const at = new Date(`${day}T12:00:00Z`);
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }).format(at);
  return `${weekday}, ${day.slice(8, 10)}/${day.slice(5, 7)}`;
}
