// What the server sends. Written by tests/contracts/web_types.py, not by hand.

import type {  } from "./contract";

export interface CatalogueProcedure {
  code: string;
  service: string;
  name_vi: string;
  name_en: string;
  papers: number;
  unsure: string[];
}

export interface CatalogueView {
  version: number;
  hash: string;
  procedures: CatalogueProcedure[];
}

export interface ChangeLine {
  where: string;
  before: string;
  after: string;
}

export interface RecordView {
  seq: number;
  at: string;
  by: string;
  kind: string;
  what: string;
  changes: string[];
}

export interface SheetCheck {
  faults: SheetFaultView[];
  changes: ChangeLine[];
  applied: boolean;
  hash: string;
}

export interface SheetFaultView {
  line: number;
  column: string;
  reason: string;
}
