// What the server sends. Written by tests/contracts/web_types.py, not by hand.

import type { Words } from "./contract";

export interface AdviceView {
  at: string;
  words: Words;
  reaches: boolean;
  now: OutlookView;
  action: OpenCountersView | null;
  then: OutlookView | null;
  runs: number;
  took_s: number;
  arrivals: "forecast" | "today";
}

export interface DemandSlotView {
  at: string;
  expected: number;
  low: number;
  high: number;
  came: number | null;
}

export interface DemandView {
  day: string;
  model: "seasonal" | "learned";
  missed_share: number | null;
  missed_day_share: number | null;
  tried_days: number;
  history_days: number;
  rest_factor: number;
  holiday: string;
  words: Words;
  expected: number;
  low: number;
  high: number;
  came: number;
  slots: DemandSlotView[];
  services: ServiceDemandView[];
}

export interface OpenCountersView {
  counters: number[];
  extra: number;
  service: string;
  service_name: Words;
  at: string;
}

export interface OutlookView {
  mean_wait_min: number;
  sure: number;
}

export interface PlanningView {
  at: string;
  target_min: number;
  demand: DemandView | null;
  first: PoolView[];
  advice: AdviceView | null;
  no_advice: Words | null;
}

export interface PoolView {
  services: string[];
  counters: number;
  wait_min: number | null;
  needed: number;
  wait_then_min: number | null;
}

export interface ServiceDemandView {
  service: string;
  name: Words;
  expected: number;
  came: number;
  slots: DemandSlotView[];
}
