// What the server sends. Written by tests/contracts/web_types.py, not by hand.

export interface BoardCall {
  seq: number;
  number: string;
  counter: number;
  counter_name: Words;
  service: string;
  at: string;
  recall: boolean;
  language?: string;
  speech?: Words | null;
}

export interface BoardCounter {
  number: number;
  name: Words;
  state: string;
  ticket: string | null;
  ticket_state: string | null;
  service: string | null;
  since: string | null;
  help_since?: string | null;
}

export interface BoardDevice {
  id: string;
  role: string;
  online: boolean;
  paper: string | null;
  seen_at: string | null;
  detail?: string | null;
  printer?: string | null;
}

export interface BoardForecasts {
  today?: ForecastScoreView | null;
  model?: string | null;
  model_sha256?: string | null;
  learned_until?: string | null;
  fault?: string | null;
}

export interface BoardOffice {
  id: string;
  name: Words;
  training?: boolean;
}

export interface BoardService {
  id: string;
  letter: string;
  name: Words;
  waiting: number;
  oldest_since: string | null;
  called: number;
  mean_wait_min: number | null;
  longest_wait_min: number | null;
  counters_open: number;
  forecast: ForecastView | null;
}

export interface BoardTargets {
  good_min: number;
  limit_min: number;
}

export interface BoardToday {
  waiting: number;
  called: number;
  finished: number;
  no_shows: number;
  mean_wait_min: number | null;
  p50_wait_min: number | null;
  p90_wait_min: number | null;
  longest_wait_min: number | null;
  over_good_share: number | null;
  over_limit_share: number | null;
}

export interface BoardView {
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
}

export interface BrandView {
  office: Words;
  colour: string;
  colour_dark: string;
  logo: string;
}

export interface CounterView {
  number: number;
  name: Words;
  state: string;
  services: string[];
  version: number;
  ticket: TicketView | null;
  held: string[];
  waiting: number;
}

export interface DisplayView {
  seq: number;
  at: string;
  office: BoardOffice;
  services: BoardService[];
  calls: BoardCall[];
  notice: Words | null;
}

export interface FollowView {
  number: string;
  service: Words;
  office: Words;
  state: string;
  ahead: number | null;
  forecast: ForecastView | null;
  counter: number | null;
  counter_name: Words | null;
  recalls: number;
  allowed: string[];
  late_left_min: number;
  score: number | null;
  reasons: string[];
  at: string;
  seq: number;
  training?: boolean;
  language?: string;
}

export interface ForecastScoreView {
  n: number;
  mae_min: number;
  bias_min: number;
  coverage_90: number;
}

export interface ForecastView {
  p50_min: number;
  p90_min: number;
  basis: string;
  basis_words?: Words | null;
}

export interface HistoryEntry {
  seq: number;
  at: string;
  kind: string;
  counter: number | null;
  words: Words;
  note?: string | null;
}

export interface Problem {
  type: string;
  title: string;
  title_vi: string;
  title_km?: string | null;
  status: number;
  code: ProblemCode;
  detail?: string | null;
  instance?: string | null;
  state?: string | null;
  allowed?: string[] | null;
}

export type ProblemCode =
  | "unknown_service"
  | "unknown_counter"
  | "unknown_ticket"
  | "unknown_profile"
  | "unknown_appointment"
  | "not_bookable"
  | "unknown_dossier"
  | "not_fileable"
  | "wrong_answers"
  | "too_many"
  | "illegal_move"
  | "counter_busy"
  | "stale_version"
  | "key_reused"
  | "key_missing"
  | "limit_reached"
  | "numbers_exhausted"
  | "number_not_leased"
  | "office_closed"
  | "undo_expired"
  | "recall_limit"
  | "not_eligible"
  | "personal_note"
  | "stale_key_press"
  | "rules_untried"
  | "malformed"
  | "not_signed_in"
  | "not_allowed"
  | "not_found"
  | "store_unavailable"
  | "still_counting"
  | "internal";

export interface ServiceView {
  id: string;
  letter: string;
  name: Words;
  waiting: number;
  forecast: ForecastView | null;
  counters_open: number;
}

export interface SignedIn {
  id: string;
  role: string;
  counter?: number | null;
}

export interface TicketView {
  id: string;
  number: string;
  service: string;
  day: string;
  state: string;
  priority: string;
  channel: string;
  language: string;
  procedures: string[];
  dossiers: number;
  papers?: number[] | null;
  counter: number | null;
  issued_at: string;
  called_first_at: string | null;
  called_last_at: string | null;
  recalls: number;
  started_at: string | null;
  finished_at: string | null;
  held_until: string | null;
  appointment_at: string | null;
  outcome: string | null;
  version: number;
  allowed: string[];
}

export interface WhyView {
  number: string;
  reason: string;
  words: Words;
}

export interface Words {
  vi: string;
  en: string;
}
