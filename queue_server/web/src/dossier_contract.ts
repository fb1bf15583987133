// What the server sends. Written by tests/contracts/web_types.py, not by hand.

import type { Words } from "./contract";

export interface CompletionView {
  procedure: string;
  procedure_name: Words;
  begun: number;
  filed: number;
  without_staff: number;
  stages: StageFigure[];
}

export interface DeclaredLine {
  id: string;
  label: Words;
  value: Words;
}

export interface DossierContent {
  dossier: DossierView;
  lines: DeclaredLine[];
  papers: PaperLine[];
  masked: boolean;
  complete: boolean;
}

export interface DossierInbox {
  at: string;
  counts: Record<string, number>;
  dossiers: DossierView[];
}

export interface DossierStatus {
  holder: string;
  code: string | null;
  procedure: string;
  procedure_name: Words;
  state: string;
  stage: string;
  started_at: string;
  filed_at: string | null;
  due_at: string | null;
  finished_at: string | null;
  reason: string | null;
  fee_vnd: number | null;
  fee_note: Words | null;
  payment: string;
  paid_vnd: number;
  due_vnd: number;
  owed_vnd: number;
  payment_code: string | null;
  page_url: string;
}

export interface DossierStep {
  at: string;
  kind: string;
  by: string;
  words: Words;
}

export interface DossierView {
  holder: string;
  code: string | null;
  procedure: string;
  procedure_name: Words;
  state: string;
  stage: string;
  started_at: string;
  filed_at: string | null;
  due_at: string | null;
  finished_at: string | null;
  reason: string | null;
  fee_vnd: number | null;
  fee_note: Words | null;
  payment: string;
  paid_vnd: number;
  due_vnd: number;
  owed_vnd: number;
  payment_code: string | null;
  page_url: string;
  id: string;
  service: string;
  channel: string;
  kiosk: string | null;
  assistant: string | null;
  place_help: string;
  place_receipt: string;
  competent: string;
  papers: number;
  digitised: number;
  reused: number;
  supplements: number;
  extended: number;
  on_the_spot: boolean;
  handled_by: string | null;
  open_days: number | null;
  overdue: boolean;
  erased: boolean;
  version: number;
  allowed: string[];
}

export interface PaperLine {
  number: number;
  name: string;
  brought: boolean;
  reuse?: string | null;
  pages?: number;
}

export interface PaymentView {
  payment: string;
  fee_vnd: number | null;
  paid_vnd: number;
  due_vnd: number;
  owed_vnd: number;
  refunded_vnd: number;
  paid_at: string | null;
  reference: string | null;
  code_text?: string | null;
  qr_size?: number;
  qr_path?: string;
  bank?: string;
  account?: string;
  account_holder?: string;
  simulated?: boolean;
}

export interface StageFigure {
  stage: string;
  reached: number;
  median_s: number | null;
}

export interface StatementFaultView {
  line: number;
  column: string;
  reason: string;
}

export interface StatementLine {
  line: number;
  transaction: string;
  amount_vnd: number;
  verdict: string;
  dossier?: string | null;
  payment?: string | null;
}

export interface StatementView {
  applied: boolean;
  faults: StatementFaultView[];
  lines: StatementLine[];
  booked: number;
  booked_vnd: number;
}
