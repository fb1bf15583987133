// The period before and after one, by its ISO days; the server says what a period contains.

const DAY_MS = 86_400_000;

/** The day before the first, or after the last: a day of the neighbour. */
export function neighbour(first: string, last: string, step: -1 | 1): string {
  return moved(step < 0 ? first : last, step);
}

/** A range as long, just before or after. */
export function shifted(first: string, last: string, step: -1 | 1): [from: string, to: string] {
  const days = Math.round((Date.parse(last) - Date.parse(first)) / DAY_MS) + 1;
  return [moved(first, step * days), moved(last, step * days)];
}

function moved(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}
