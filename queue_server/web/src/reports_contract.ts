// What the server sends. Written by tests/contracts/web_types.py, not by hand.

import type { Words } from "./contract";

export interface PeriodView {
  kind: string;
  first: string;
  last: string;
  name: Words;
  days_worked: number;
  days_inaccurate: number;
  days_made_up?: number;
  complete: boolean;
}

export interface ReportCell {
  value: number | null;
  unit: "min" | "count" | "share" | "per_year" | "points" | "hours";
  opens?: string | null;
  standing?: "good" | "near" | "over" | null;
}

export interface ReportDossier {
  day: string;
  dossier: string;
  code: string | null;
  service: string;
  channel: string;
  what: string;
  at: string;
  seq: number;
}

export interface ReportFigure {
  id: string;
  label: Words;
  value: number | null;
  unit: "min" | "count" | "share" | "per_year" | "points" | "hours";
  formula: Words;
  source: string;
  n?: number | null;
  numerator?: number | null;
  denominator?: number | null;
  target?: number | null;
  target_words?: Words | null;
  standing?: "good" | "near" | "over" | null;
  before?: number | null;
  missing?: Words | null;
  note?: Words | null;
  opens?: string | null;
  whole?: string | null;
  made_of?: ReportPart[];
}

export interface ReportOther {
  day: string;
  what: string;
  at: string;
  seq: number;
  n: number | null;
  share: number | null;
  about?: string;
  minutes?: number | null;
}

export interface ReportPart {
  label: Words;
  value: number;
  opens: string;
}

export interface ReportRow {
  label: Words;
  cells: ReportCell[];
  day?: string | null;
}

export interface ReportSection {
  id: string;
  title: Words;
  note?: Words | null;
  remarks?: Words[];
  figures: ReportFigure[];
  tables?: ReportTable[];
}

export interface ReportTable {
  id: string;
  title: Words;
  first: Words;
  columns: Words[];
  rows: ReportRow[];
}

export interface ReportView {
  office: Words;
  period: PeriodView;
  made_at: string;
  seq: number;
  training: boolean;
  sections: ReportSection[];
}

export interface ReportVisit {
  day: string;
  ticket: string;
  number: string;
  service: string;
  priority: string;
  channel: string;
  state: string;
  counter: number | null;
  issued_at: string;
  counted_from: string;
  called_at: string | null;
  finished_at: string | null;
  wait_min: number | null;
  served_min: number | null;
  outcome: string | null;
  score: number | null;
  accurate: boolean;
  seqs: number[];
}

export interface ReportVisits {
  total: number;
  visits: ReportVisit[];
  dossiers?: ReportDossier[];
  others?: ReportOther[];
  after: string | null;
}
