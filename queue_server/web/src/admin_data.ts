// What the administration page asks the server, and the ways in which it may refuse.
import type { Problem } from "./contract";
import type { CatalogueView, ChangeLine, RecordView, SheetCheck } from "./admin_contract";

export type Row = Record<string, unknown>;

/** The settings as the server has them; `hash` and `restart_due` are no settings. */
export interface Settings {
  hash: string;
  restart_due: boolean;
  office: Row;
  targets: Row;
  display: Row;
  appointments: Row;
  reports: Row;
  brand: Row;
  services: Row[];
  counters: Row[];
  devices: Row[];
}

export type Got<T> =
  | { state: "ready"; body: T }
  | { state: "stale" | "signed_out" | "not_allowed" | "away" }
  | { state: "refused"; detail: string; code: string };

const API = "/api/v1/admin";

export const settings = (): Promise<Got<Settings>> => ask("/settings");
export const record = (): Promise<Got<RecordView[]>> => ask("/record");
export const catalogue = (): Promise<Got<CatalogueView>> => ask("/catalogue");
export const CATALOGUE_FILE = `${API}/catalogue/file`;

/** What these settings would change; nothing is changed. */
export const previewed = (wanted: Settings): Promise<Got<ChangeLine[]>> =>
  ask("/settings/preview", "POST", part(wanted));

/** Write them, over those that were read. */
export const saved = (wanted: Settings): Promise<Got<Settings>> =>
  ask("/settings", "PUT", { ...part(wanted), expected: wanted.hash });

/** Start the server again, so that what is saved holds. */
export const restarted = (): Promise<Got<null>> => ask("/restart", "POST");

export const checkedSheet = (csv: string): Promise<Got<SheetCheck>> =>
  ask("/catalogue/preview", "POST", { csv });

export const appliedSheet = (csv: string, expected: string): Promise<Got<SheetCheck>> =>
  ask("/catalogue", "PUT", { csv, expected });

export const confirmed = (
  code: string,
  field: string,
  expected: string,
): Promise<Got<CatalogueView>> =>
  ask(`/catalogue/${encodeURIComponent(code)}/confirm`, "POST", { field, expected });

function part(wanted: Settings): Row {
  const { hash: _hash, restart_due: _due, ...settings } = wanted;
  return settings;
}

/** One call of administration, with the ways in which it may be refused. */
export async function ask<T>(path: string, method = "GET", body?: object): Promise<Got<T>> {
  const headers = { "Content-Type": "application/json" };
  const request = body ? { method, headers, body: JSON.stringify(body) } : { method };
  try {
    const answer = await fetch(API + path, request);
    if (answer.status === 202) return { state: "ready", body: null as T };
    if (answer.ok) return { state: "ready", body: (await answer.json()) as T };
    if (answer.status === 401) return { state: "signed_out" };
    if (answer.status === 403) return { state: "not_allowed" };
    if (answer.status >= 500) return { state: "away" };
    const problem = (await answer.json()) as Problem;
    if (problem.code === "stale_version") return { state: "stale" };
    return { state: "refused", detail: problem.detail ?? problem.title_vi, code: problem.code };
  } catch {
    return { state: "away" };
  }
}
