// What the server sends. Written by tests/contracts/web_types.py, not by hand.

import type { BoardTargets, Words } from "./contract";

export interface OfficeOnMap {
  id: string;
  name: Words;
  latitude: number | null;
  longitude: number | null;
  link: "own" | "live" | "silent";
  wait: OfficeWait | null;
}

export interface OfficeSmile {
  n: number;
  share: number;
  low: number;
  high: number;
  words: Words;
}

export interface OfficeWait {
  id: string;
  name: Words;
  at: string;
  waiting: number;
  mean_wait_min: number | null;
  forecast_min: number | null;
  counters_open: number;
  smile?: OfficeSmile | null;
  training?: boolean;
}

export interface OfficesView {
  at: string;
  targets: BoardTargets;
  offices: OfficeOnMap[];
}
