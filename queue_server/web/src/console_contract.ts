// What the server sends. Written by tests/contracts/web_types.py, not by hand.

import type { TicketView, Words } from "./contract";

export interface ConsoleCitizen {
  ticket: TicketView;
  since: string;
  served_s: number;
  serving_since: string | null;
  undo_until: string | null;
}

export interface ConsoleTicket {
  id: string;
  number: string;
  service: string;
  state: string;
  since: string;
  until: string | null;
  appointment_at: string | null;
}

export interface ConsoleView {
  seq: number;
  at: string;
  office: Words;
  number: number;
  name: Words;
  state: string;
  version: number;
  priority: string;
  services: string[];
  recall_limit: number;
  allowed: string[];
  citizen: ConsoleCitizen | null;
  held: ConsoleTicket[];
  absent: ConsoleTicket[];
  appointments: ConsoleTicket[];
  line: LineView;
  profile: string | null;
  profiles: ProfileView[];
  break_from: string | null;
  break_until: string | null;
  help_since: string | null;
  training?: boolean;
  asked_for?: string | null;
  asked_at?: string | null;
}

export interface LineEntry {
  place: number;
  id: string;
  number: string;
  service: string;
  priority: string;
  language: string;
  procedures: string[];
  dossiers: number;
  since: string;
  waited_min: number;
  limit_min: number;
  reason: string;
  appointment_at: string | null;
  sent: boolean;
}

export interface LineView {
  seq: number;
  at: string;
  counter: number;
  total: number;
  first: LineEntry[];
}

export interface OutcomeView {
  code: string;
  name: Words;
}

export interface ProcedureView {
  code: string;
  service: string;
  name: Words;
  also: string[];
  papers: Words[];
}

export interface ProfileView {
  id: string | null;
  name: Words;
  services: string[];
  by_clerk: boolean;
}

export interface SlipView {
  number: string;
  service: Words;
  office: Words;
  issued_at: string;
  follow_url: string;
  qr_size: number;
  qr_path: string;
}
