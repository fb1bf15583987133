// What the server sends. Written by tests/contracts/web_types.py, not by hand.

import type { BoardTargets, Words } from "./contract";

export interface CityView {
  at: string;
  run: string;
  revision: number;
  whole: boolean;
  targets: BoardTargets;
  offices: OfficeInCity[];
}

export interface LineNow {
  service: string;
  name: Words;
  waiting: number;
  counters_open: number;
  p50_min: number | null;
  p90_min: number | null;
}

export interface OfficeInCity {
  id: string;
  province: string;
  name: Words;
  latitude: number | null;
  longitude: number | null;
  url: string | null;
  state: "open" | "closed" | "never" | "clock" | "set_aside";
  waiting: number;
  counters_open: number;
  p50_min: number | null;
  p90_min: number | null;
  mean_wait_min: number | null;
  called: number;
  sessions: string[];
  event_at: string | null;
  note?: Words | null;
}

export interface OfficeLines {
  office: OfficeInCity;
  lines: LineNow[];
}
