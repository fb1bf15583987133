// What the reports page asks the server: a report, the visits behind a figure, a visit's events.
import type { HistoryEntry, Problem } from "./contract";
import type { ReportView, ReportVisits } from "./reports_contract";

export const KINDS = ["day", "week", "month", "quarter", "half", "year", "range"] as const;
export type Kind = (typeof KINDS)[number];

/** Which period: a day of it, or both ends of a range; ISO dates. */
export interface Asked {
  kind: Kind;
  on: string;
  from: string;
  to: string;
}

export type Got<T> =
  | { state: "ready"; body: T }
  | { state: "counting" | "refused"; detail: string }
  | { state: "signed_out" | "not_allowed" | "away" };

const API = "/api/v1";

/** The address of a report, of its visits or of a file of it. */
export function address(asked: Asked, what = "", more: Record<string, string> = {}): string {
  const range = asked.kind === "range";
  const period: Record<string, string> = range
    ? { from: asked.from, to: asked.to }
    : asked.on
      ? { on: asked.on }
      : {};
  const query = new URLSearchParams({ ...period, ...more });
  return `${API}/reports/${asked.kind}${what}?${query}`;
}

export const report = (asked: Asked): Promise<Got<ReportView>> => get(address(asked));

export const visits = (
  asked: Asked,
  opens: string,
  after: string | null,
): Promise<Got<ReportVisits>> =>
  get(address(asked, opens.includes(";clerk=") ? "/staff/visits" : "/visits", after === null ? { opens } : { opens, after }));

export const story = (ticket: string): Promise<Got<HistoryEntry[]>> =>
  get(`${API}/tickets/${encodeURIComponent(ticket)}/history`);

async function get<T>(url: string): Promise<Got<T>> {
  try {
    const answer = await fetch(url);
    if (answer.ok) return { state: "ready", body: (await answer.json()) as T };
    if (answer.status === 401) return { state: "signed_out" };
    if (answer.status === 403) return { state: "not_allowed" };
    const problem = (await answer.json()) as Problem;
    const detail = problem.detail ?? "";
    if (problem.code === "still_counting") return { state: "counting", detail };
    return answer.status >= 500 ? { state: "away" } : { state: "refused", detail };
  } catch {
    return { state: "away" };
  }
}
