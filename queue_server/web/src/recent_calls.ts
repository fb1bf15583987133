// The calls of the public display: the one now, and the last others.
import type { BoardCall } from "./contract";

export interface Calls {
  now: BoardCall | null;
  before: BoardCall[];
}

/** The newest call and up to `count` older ones; a number called again stands only once. */
export function recentCalls(calls: BoardCall[], count: number): Calls {
  const newest = [...calls].sort((a, b) => b.seq - a.seq);
  const seen = new Set<string>();
  const once = newest.filter((call) => !seen.has(call.number) && seen.add(call.number));
  return { now: once[0] ?? null, before: once.slice(1, 1 + count) };
}

export interface ListPage<T> {
  shown: T[];
  page: number;
  pages: number;
}

/** One page of a long list, turned every `seconds`, or the given one; as equal as can be. */
export function listPage<T>(
  items: T[],
  most: number,
  now: number,
  seconds: number,
  given: number | null = null,
): ListPage<T> {
  const pages = pagesOf(items.length, most);
  const size = Math.ceil(items.length / pages);
  const page = given ?? turnOf(now, seconds) % pages;
  return { shown: items.slice(page * size, (page + 1) * size), page, pages };
}

/** What a wall shows in this turn: a page of the services, or, after the last one, the outlook. */
export function wallTurn(
  services: number,
  most: number,
  now: number,
  seconds: number,
): { page: number; outlook: boolean } {
  const pages = pagesOf(services, most);
  const page = turnOf(now, seconds) % (pages + 1);
  return page === pages ? { page: 0, outlook: true } : { page, outlook: false };
}

function pagesOf(items: number, most: number): number {
  return Math.max(1, Math.ceil(items / most));
}

function turnOf(now: number, seconds: number): number {
  return Math.floor(now / 1000 / seconds);
}
