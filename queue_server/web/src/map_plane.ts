// Puts places on a plane: an equirectangular projection is true enough for one province.

export interface Spot {
  latitude: number;
  longitude: number;
}

export interface Plane {
  /** Position in a square of `size` units, north up. */
  at: (spot: Spot) => { x: number; y: number };
  /** A round length in kilometres that fits about a quarter of the square, and its units. */
  scale: { km: number; units: number };
}

const KM_PER_DEGREE = 111.32;
const ROUND_KM = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500];
const LEAST_KM = 2;

/** A plane that holds all spots with a margin; one spot alone stands in the middle. */
export function planeOf(spots: Spot[], size: number, margin: number): Plane {
  const lats = spots.map((spot) => spot.latitude);
  const longs = spots.map((spot) => spot.longitude);
  const middle = { lat: (Math.min(...lats) + Math.max(...lats)) / 2, lon: (Math.min(...longs) + Math.max(...longs)) / 2 };
  const shrink = Math.cos((middle.lat * Math.PI) / 180);
  const high = (Math.max(...lats) - Math.min(...lats)) * KM_PER_DEGREE;
  const wide = (Math.max(...longs) - Math.min(...longs)) * KM_PER_DEGREE * shrink;
  const perKm = (size - 2 * margin) / Math.max(high, wide, LEAST_KM);
  const km = ROUND_KM.filter((one) => one * perKm <= size / 4).at(-1) ?? 0.1;
  return {
    at: (spot) => ({
      x: size / 2 + (spot.longitude - middle.lon) * KM_PER_DEGREE * shrink * perKm,
      y: size / 2 - (spot.latitude - middle.lat) * KM_PER_DEGREE * perKm,
    }),
    scale: { km, units: km * perKm },
  };
}
