// What the server sends. Written by tests/contracts/web_types.py, not by hand.

import type { BoardCall, BoardCounter, BoardDevice, BoardForecasts, BoardOffice, BoardService, BoardTargets, BoardToday, Words } from "./contract";

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

export interface Alert {
  kind: "passed" | "will_pass" | "no_counter" | "low_rating" | "complaint_late" | "complaint_today";
  service: string | null;
  at: string;
  minutes?: number | null;
  waiting?: number;
  offers?: AskOffer[];
  number?: string | null;
  counter?: number | null;
  score?: number | null;
  reasons?: string[];
  comment?: string;
}

export interface AskOffer {
  counter: number;
  name: Words;
  state: string;
}

export interface CompletionView {
  procedure: string;
  procedure_name: Words;
  begun: number;
  filed: number;
  without_staff: number;
  stages: StageFigure[];
}

export interface CounterAsk {
  counter: number;
  service: string;
  at: string;
  declined_at: string | null;
}

export interface CourseSlot {
  at: string;
  arrived: number;
  called: number;
  mean_wait_min: number | null;
  p90_wait_min: number | null;
  expected?: number | null;
  low?: number | null;
  high?: number | null;
}

export interface DayCourse {
  slot_min: number;
  slots: CourseSlot[];
  opens_at: string;
  closes_at: string;
  demand_words?: Words | null;
}

export interface FilingsView {
  begun: number;
  filed: number;
  without_staff: number;
  stages: StageFigure[];
  procedures: CompletionView[];
}

export interface LineFigures {
  service: string;
  oldest_number: string | null;
  p50_wait_min: number | null;
  p90_wait_min: number | null;
  over_good_share: number | null;
  over_limit_share: number | null;
}

export interface ManagerBoardView {
  seq: number;
  at: string;
  day: string;
  office: BoardOffice;
  targets: BoardTargets;
  today: BoardToday;
  services: BoardService[];
  counters: BoardCounter[];
  calls: BoardCall[];
  devices: BoardDevice[];
  forecasts?: BoardForecasts | null;
  course: DayCourse;
  lines: LineFigures[];
  alerts: Alert[];
  asks: CounterAsk[];
  satisfaction: Satisfaction;
  filings?: FilingsView | null;
  staffing?: AdviceView | null;
  no_staffing?: Words | null;
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

export interface Satisfaction {
  finished: number;
  rated: number;
  rated_good: number;
  rated_low: number;
  good_share: number | null;
  response_rate: number | null;
  index54: number | null;
  index54_points: number | null;
  index54_overdue?: number | null;
  dossiers?: number;
  dossiers_overdue?: number;
  complaints?: number;
  smile?: SmileShare | null;
  smile_words?: Words | null;
}

export interface SmileShare {
  n: number;
  share: number;
  low: number;
  high: number;
}

export interface StageFigure {
  stage: string;
  reached: number;
  median_s: number | null;
}
