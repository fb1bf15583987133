// What the server sends. Written by tests/contracts/web_types.py, not by hand.

import type { Words } from "./contract";

export interface ReplayDay {
  day: string;
  first: number;
  last: number;
  made_up?: boolean;
}

export interface ReplayDays {
  days: string[];
}

export interface RuleFiguresView {
  all: WaitsView;
  priority: WaitsView;
  services: Record<string, WaitsView>;
  uncalled: number;
}

export interface RuleTried {
  words: Words;
  figures: RuleFiguresView;
}

export interface RulesTrial {
  day?: string | null;
  words: Words;
  wanted?: RuleFiguresView | null;
  present?: RuleFiguresView | null;
  was?: RuleFiguresView | null;
  trial: string;
}

export interface RulesTried {
  day: string;
  was: RuleFiguresView;
  rules: RuleTried[];
  of: number;
}

export interface WaitsView {
  called: number;
  mean_min: number | null;
  p90_min: number | null;
  over_15: number | null;
  over_30: number | null;
  longest_min: number | null;
}
