// One request to the server and the ways in which it may be refused, for pages that change things.
import type { Problem } from "./contract";

export type Got<T> =
  | { state: "ready"; body: T }
  | { state: "stale" | "signed_out" | "not_allowed" | "away" }
  | { state: "refused"; detail: string; code: string };

/** Ask; what has no content is ready with null. */
export async function ask<T>(url: string, method = "GET", body?: object): Promise<Got<T>> {
  const headers = { "Content-Type": "application/json" };
  const request = body ? { method, headers, body: JSON.stringify(body) } : { method };
  try {
    const answer = await fetch(url, request);
    if (answer.ok) {
      const text = await answer.text();
      return { state: "ready", body: (text ? JSON.parse(text) : null) as T };
    }
    if (answer.status === 401) return { state: "signed_out" };
    if (answer.status === 403) return { state: "not_allowed" };
    const problem = (await answer.json()) as Problem;
    // Days that are still being counted are no fault: the code says so and the page asks again.
    if (answer.status >= 500 && problem.code !== "still_counting") return { state: "away" };
    if (problem.code === "stale_version") return { state: "stale" };
    return { state: "refused", detail: problem.detail ?? problem.title_vi, code: problem.code };
  } catch {
    return { state: "away" };
  }
}
