// What the server sends. Written by tests/contracts/web_types.py, not by hand.

import type { Words } from "./contract";

export interface ClockView {
  what: string;
  due: string;
  met_at: string | null;
  late: boolean;
  left: number | null;
}

export interface ComplaintView {
  id: string;
  filed_at: string;
  text: string;
  source: string;
  service: string | null;
  service_name: Words | null;
  number: string | null;
  step: string;
  version: number;
  allowed: string[];
  clocks: ClockView[];
  steps: StepView[];
  next_due: string | null;
  late: boolean;
}

export interface ComplaintsView {
  at: string;
  open: number;
  late: number;
  complaints: ComplaintView[];
}

export interface StepView {
  step: string;
  at: string;
  by: string;
  note: string;
}
