// What the server sends. Written by tests/contracts/web_types.py, not by hand.

import type { Words } from "./contract";

export interface PublicationStep {
  step: string;
  at: string;
  by: string;
  note: string;
}

export interface PublicationView {
  id: string;
  first: string;
  last: string;
  name: Words;
  state: string;
  replaced: boolean;
  correction: boolean;
  steps: PublicationStep[];
  next: string[];
}

export interface PublishedView {
  id: string;
  first: string;
  last: string;
  name: Words;
  state: "published" | "replaced" | "withdrawn";
  published_at: string;
  reviewed_at: string;
  withdrawn_at: string | null;
  correction: boolean;
  reason: string;
}
