// What the server sends. Written by tests/contracts/web_types.py, not by hand.

import type {  } from "./contract";

export interface PersonView {
  name: string;
  role: string;
  counter: number | null;
  changed_at: string;
  changed_by: string;
}
