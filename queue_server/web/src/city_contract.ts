// What the server sends. Written by tests/contracts/web_types.py, not by hand.

import type { BoardTargets, Words } from "./contract";

export interface AreaDay {
  day: string;
  expected: number;
  low: number;
  high: number;
  holiday: string;
  slots: AreaSlot[];
}

export interface AreaDemand {
  area: string | null;
  province: string;
  offices: number;
  history_days: number;
  tried_days: number;
  missed_day_share: number | null;
  model: "seasonal" | "learned";
  days: AreaDay[];
}

export interface AreaSlot {
  at: string;
  expected: number;
  low: number;
  high: number;
}

export interface CityDemand {
  made_at: string | null;
  areas: AreaDemand[];
}

export interface CityMonth {
  first: string;
  last: string;
  name: Words;
  made_at: string;
  least: number;
  offices: MonthOffice[];
  silent: number;
  metrics: MetricOfIndex[];
  index: OfficeIndex[];
  compared: ComparedOffice[];
  online: OnlineShare[];
  online_source: string;
}

export interface CityServices {
  services: ServiceInCity[];
}

export interface CityView {
  at: string;
  run: string;
  revision: number;
  whole: boolean;
  targets: BoardTargets;
  offices: OfficeInCity[];
}

export interface ComparedOffice {
  office: string;
  figures: Record<string, ComparedShare>;
}

export interface ComparedShare {
  value: number | null;
  n: number;
}

export interface LineInCity {
  office: string;
  waiting: number;
  counters_open: number;
  p50_min: number | null;
  p90_min: number | null;
}

export interface LineNow {
  service: string;
  name: Words;
  waiting: number;
  counters_open: number;
  p50_min: number | null;
  p90_min: number | null;
}

export interface MetricOfIndex {
  id: string;
  name: Words;
  formula: Words;
  most: number | null;
  missing: Words | null;
}

export interface MetricPoints {
  points: number | null;
  n: number;
}

export interface MonthOffice {
  id: string;
  name: Words;
  agency: string | null;
  area: string | null;
  days: number;
  tickets_a_day: number;
}

export interface MonthStep {
  step: string;
  at: string;
}

export interface OfficeInCity {
  id: string;
  province: string;
  name: Words;
  latitude: number | null;
  longitude: number | null;
  url: string | null;
  state: "open" | "closed" | "never" | "linked" | "away" | "clock" | "set_aside";
  waiting: number;
  counters_open: number;
  p50_min: number | null;
  p90_min: number | null;
  mean_wait_min: number | null;
  called: number;
  sessions: string[];
  event_at: string | null;
  note?: Words | null;
  away_since?: string | null;
}

export interface OfficeIndex {
  office: string;
  metrics: Record<string, MetricPoints>;
  points: number | null;
  most: number;
}

export interface OfficeLines {
  office: OfficeInCity;
  lines: LineNow[];
}

export interface OnlineShare {
  agency: string | null;
  offices: number;
  filed: number;
  online: number;
  share: number | null;
  target: number;
  reached: boolean | null;
  before: number | null;
}

export interface PublishedMonth {
  id: string;
  first: string;
  name: Words;
  state: "published" | "replaced" | "withdrawn";
  published_at: string;
  reason: string;
}

export interface RemoteNumber {
  number: string;
  ahead: number;
  p50_min: number | null;
  p90_min: number | null;
  issued_at: string;
}

export interface RemoteTime {
  code: string;
  at: string;
  check_in_from: string;
  late_after: string;
}

export interface ServiceInCity {
  name: Words;
  offices: number;
}

export interface ServiceLines {
  name: string;
  lines: LineInCity[];
}

export interface ShownMonth {
  state: string;
  replaced: boolean;
  steps: MonthStep[];
  month: CityMonth;
}

export interface SlotDay {
  day: string;
  slots: SlotView[];
}

export interface SlotView {
  at: string;
  free: number;
}

export interface WishView {
  key: string;
  office: string;
  kind: "ticket" | "appointment" | "slots";
  service: string;
  state: "asking" | "offline" | "unsure" | "done" | "refused" | "never";
  asked_at: string;
  until: string;
  words?: Words | null;
  ticket?: RemoteNumber | null;
  appointment?: RemoteTime | null;
  days?: SlotDay[];
  page?: string | null;
}
