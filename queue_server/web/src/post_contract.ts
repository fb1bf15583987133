// What the server sends. Written by tests/contracts/web_types.py, not by hand.

import type { FollowView, ForecastView } from "./contract";

export interface TakenTicket {
  id: string;
  issued_at: string;
  follow_url: string;
  now: FollowView;
}

export interface TicketIssued {
  id: string;
  number: string;
  service: string;
  ahead: number;
  forecast: ForecastView | null;
  issued_at: string;
  follow_url: string;
  state: string;
}
