// What the server sends. Written by tests/contracts/web_types.py, not by hand.

import type { Words } from "./contract";

export interface AppealView {
  id: string;
  at: string;
  by: string;
  first: string;
  last: string;
  figure: string;
  figure_name: Words;
  number: string | null;
  text: string;
  clock: ClockView;
  answered_by: string | null;
  verdict: "wrong" | "right" | null;
  answer: string | null;
}

export interface AppealsView {
  at: string;
  open: number;
  late: number;
  may_appeal: boolean;
  may_answer: boolean;
  you: string;
  figures: SheetFigure[];
  appeals: AppealView[];
}

export interface ClockView {
  what: string;
  due: string;
  met_at: string | null;
  late: boolean;
  left: number | null;
}

export interface SheetFigure {
  key: string;
  name: Words;
}
