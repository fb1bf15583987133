// What the server sends. Written by tests/contracts/web_types.py, not by hand.

import type { Words } from "./contract";

export interface AppointmentBooked {
  id: string;
  code: string;
  service: string;
  service_name: Words;
  procedure: string | null;
  procedure_name: Words | null;
  at: string;
  until: string;
  state: string;
  check_in_from: string;
  late_after: string;
  number: string | null;
  channel: string;
  booked_at: string;
  version: number;
  allowed: string[];
  page_url: string;
  qr_size: number;
  qr_path: string;
}

export interface AppointmentDay {
  day: string;
  booked: number;
  checked_in: number;
  cancelled: number;
  no_show: number;
  lapsed: number;
  appointments: AppointmentView[];
}

export interface AppointmentOffer {
  office: Words;
  services: OfferedService[];
  slot_min: number;
  check_in_early_min: number;
  late_min: number;
  home_visits: boolean;
}

export interface AppointmentView {
  id: string;
  code: string;
  service: string;
  service_name: Words;
  procedure: string | null;
  procedure_name: Words | null;
  at: string;
  until: string;
  state: string;
  check_in_from: string;
  late_after: string;
  number: string | null;
  channel: string;
  booked_at: string;
  version: number;
  allowed: string[];
  page_url: string;
}

export interface HalfDayView {
  day: string;
  part: string;
  left: number;
}

export interface HomeVisitView {
  id: string;
  code: string;
  service: string;
  service_name: Words;
  procedure: string | null;
  procedure_name: Words | null;
  day: string;
  part: string;
  priority: string;
  state: string;
  requested_at: string;
  allowed: string[];
  page_url: string;
}

export interface OfferedProcedure {
  code: string;
  name: Words;
}

export interface OfferedService {
  id: string;
  name: Words;
  procedures: OfferedProcedure[];
}

export interface SlotDay {
  day: string;
  slots: SlotView[];
}

export interface SlotView {
  at: string;
  free: number;
}
