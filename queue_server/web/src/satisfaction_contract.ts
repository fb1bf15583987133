// What the server sends. Written by tests/contracts/web_types.py, not by hand.

import type { Words } from "./contract";

export interface LowRatingGroup {
  kind: string;
  key: string;
  words: Words;
  n: number;
  low: number;
  low_share: number;
  interval_low: number;
  interval_high: number;
  stands_out: boolean;
}

export interface LowRatingsView {
  rated: number;
  low: number;
  words: Words;
  groups: LowRatingGroup[];
}

export interface SatisfactionView {
  period: string;
  index: SmileIndexView;
  windows: SmileWindowView[];
  points: TrendPoint[];
  low_ratings: LowRatingsView;
}

export interface SmileCalibrationView {
  n: number;
  n_bad: number;
  auc: number;
  low: number;
  high: number;
  used: boolean;
}

export interface SmileIndexView {
  words: Words;
  today: SmileShare | null;
  latest: SmileWindowView | null;
  calibration: SmileCalibrationView | null;
}

export interface SmileShare {
  n: number;
  share: number;
  low: number;
  high: number;
}

export interface SmileWindowView {
  n: number;
  share: number;
  low: number;
  high: number;
  starts_at: string;
  minutes: number;
  calibrated: boolean;
}

export interface TrendPoint {
  at: string;
  called: number;
  mean_wait_min: number | null;
  rated: number;
  mean_score: number | null;
  good_share: number | null;
  smile: SmileShare | null;
}
