// One press of a clerk: sent with a key made before the first try, so that a retry is no second move.
import type { Problem } from "./contract";

/** How long a press is tried again before it is given up in plain sight: no surprise moves later. */
const GIVE_UP_MS = 5_000;
const PAUSE_MS = 700;

export type Answer =
  | { kind: "done"; body: unknown }
  | { kind: "nobody" }
  | { kind: "refused"; problem: Problem }
  | { kind: "away" };

/** 128 random bits; `randomUUID` is not there on plain HTTP. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Post once, and while the server is away again with the same key, until it is too late. */
export async function press(
  url: string,
  body: object,
  post: typeof fetch = fetch,
  now: () => number = Date.now,
  key = newKey(),
): Promise<Answer> {
  const request = {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": key },
    body: JSON.stringify(body),
  };
  const until = now() + GIVE_UP_MS;
  for (;;) {
    const answer = await once(url, request, post, Math.max(PAUSE_MS, until - now()));
    if (answer.kind !== "away" || now() + PAUSE_MS >= until) return answer;
    await new Promise((resume) => setTimeout(resume, PAUSE_MS));
  }
}

/** Put or take back something that twice is the same as once; whether the server took it. */
export async function send(url: string, method: "PUT" | "DELETE"): Promise<boolean> {
  try {
    return (await fetch(url, { method, signal: AbortSignal.timeout(GIVE_UP_MS) })).ok;
  } catch {
    return false;
  }
}

async function once(
  url: string,
  request: RequestInit,
  post: typeof fetch,
  within: number,
): Promise<Answer> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), within);
  try {
    const answer = await post(url, { ...request, signal: abort.signal });
    if (answer.status === 204) return { kind: "nobody" };
    if (answer.status === 502 || answer.status === 503) return { kind: "away" };
    if (answer.ok) return { kind: "done", body: await answer.json() };
    return { kind: "refused", problem: (await answer.json()) as Problem };
  } catch {
    return { kind: "away" };
  } finally {
    clearTimeout(timer);
  }
}
