// Which offices fit a reader best: by name, by wait, by the way there; pure, without a browser.
import type { LineInCity, OfficeInCity } from "./city_contract";

export interface Place {
  latitude: number;
  longitude: number;
}

export type Order = "wait" | "near" | "both";

/** A straight line in a city, by motorbike: longer roads and crossings are in the speed. */
export const KM_PER_HOUR = 20;
const EARTH_KM = 6371;

/** Great-circle distance (haversine). */
export function kmBetween(a: Place, b: Place): number {
  const rad = Math.PI / 180;
  const lat = ((b.latitude - a.latitude) * rad) / 2;
  const lon = ((b.longitude - a.longitude) * rad) / 2;
  const near = Math.cos(a.latitude * rad) * Math.cos(b.latitude * rad);
  return 2 * EARTH_KM * Math.asin(Math.sqrt(Math.sin(lat) ** 2 + near * Math.sin(lon) ** 2));
}

/** Kilometres from a reader's place; null where either place is not known. */
export function kmTo(office: OfficeInCity, from: Place | null): number | null {
  if (from === null || office.latitude === null || office.longitude === null) return null;
  return kmBetween(from, { latitude: office.latitude, longitude: office.longitude });
}

export function minutesOfWay(km: number): number {
  return (km / KM_PER_HOUR) * 60;
}

/** A wait counts while a counter is open and the clock's state lets us believe it. */
export function waitOf(office: OfficeInCity): number | null {
  const known = office.state === "open" || office.state === "clock";
  return known && office.counters_open > 0 ? office.p50_min : null;
}

/** The offices that have a service, each with that service's line instead of its longest. */
export function forService(offices: Iterable<OfficeInCity>, lines: ReadonlyMap<string, LineInCity>): OfficeInCity[] {
  const found: OfficeInCity[] = [];
  for (const office of offices) {
    const line = lines.get(office.id);
    if (line !== undefined) found.push({ ...office, ...line, id: office.id });
  }
  return found;
}

/** Without accents and case: `Đông Hà` is found by `dong ha`. */
export function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/đ/gi, "d")
    .toLowerCase();
}

/** Names without accents, once for each office as the server sent it. */
const plainNames = new WeakMap<OfficeInCity, string>();

function plainName(office: OfficeInCity): string {
  const known = plainNames.get(office);
  if (known !== undefined) return known;
  const name = plain(`${office.name.vi} ${office.name.en}`);
  plainNames.set(office, name);
  return name;
}

/** Made once: a comparison that looks its language up each time takes most of a list of thousands. */
const alphabet = new Intl.Collator("vi");

/** The offices whose name holds all words that are asked for, best first. */
export function choose(
  offices: Iterable<OfficeInCity>,
  asked: string,
  order: Order,
  from: Place | null,
): OfficeInCity[] {
  const words = plain(asked).split(/\s+/).filter(Boolean);
  const ranked: [number, OfficeInCity][] = [];
  for (const office of offices) {
    if (words.every((word) => plainName(office).includes(word))) ranked.push([rank(office, order, from), office]);
  }
  ranked.sort((a, b) => a[0] - b[0] || alphabet.compare(a[1].name.vi, b[1].name.vi));
  return ranked.map(([, office]) => office);
}

function rank(office: OfficeInCity, order: Order, from: Place | null): number {
  const wait = waitOf(office) ?? Infinity;
  const km = kmTo(office, from) ?? Infinity;
  if (order === "near") return km;
  return order === "both" ? wait + minutesOfWay(km) : wait;
}
