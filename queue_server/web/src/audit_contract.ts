// What the server sends. Written by tests/contracts/web_types.py, not by hand.

import type {  } from "./contract";

export interface AnchorView {
  day: string;
  seq: number;
  hash: string;
  at: string;
}

export interface AuditEvent {
  seq: number;
  at: string;
  kind: string;
  counter: number | null;
  by: string | null;
  facts: AuditFact[];
}

export interface AuditFact {
  name: string;
  value: string;
}

export interface AuditView {
  newest: number;
  anchors: AnchorView[];
  public_key: string;
  second_place: string | null;
  second_fault: string | null;
  checking: boolean;
  check: CheckView | null;
}

export interface CheckView {
  at: string;
  ok: boolean;
  events: number;
  days: number;
  tickets: number;
  fault: string | null;
  fault_vi: string | null;
}
