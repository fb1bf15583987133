// What the server sends. Written by tests/contracts/web_types.py, not by hand.

import type { Words } from "./contract";

export interface SubjectErasure {
  at: string;
  found_by: "card" | "phone" | "code";
  erased: SubjectItem[];
  kept: SubjectItem[];
}

export interface SubjectItem {
  kind: string;
  name: string;
  what: Words;
  kept_because?: Words | null;
}

export interface SubjectSummary {
  at: string;
  found_by: "card" | "phone" | "code";
  items: SubjectItem[];
}
