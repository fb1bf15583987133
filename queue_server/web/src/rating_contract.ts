// What the server sends. Written by tests/contracts/web_types.py, not by hand.

import type { Words } from "./contract";

export interface TabletView {
  seq: number;
  at: string;
  office: Words;
  counter: number;
  counter_name: Words;
  number: string | null;
  service: Words | null;
  reasons: string[];
  training?: boolean;
}
