// What the pages of dossiers ask the server, and how days are written.
import type { DossierInbox, DossierStatus } from "./dossier_contract";
import { dayName, hour } from "./booking_time";
import type { Language, WordKey } from "./words";

export const DOSSIERS = "/api/v1/dossiers";

export type Found<T> = T | "none" | "denied" | null;
type Say = (key: WordKey, values?: Record<string, string | number>) => string;

export const inbox = (state: string): Promise<Found<DossierInbox>> =>
  look(state ? `${DOSSIERS}?state=${state}` : DOSSIERS);
export const status = (code: string): Promise<Found<DossierStatus>> =>
  look(`${DOSSIERS}/by-code/${encodeURIComponent(code)}`);

/** The answer; "none" where there is nothing, "denied" without a sign-in, null while away. */
export async function look<T>(url: string): Promise<Found<T>> {
  try {
    const answer = await fetch(url);
    if (answer.ok) return (await answer.json()) as T;
    if (answer.status === 401 || answer.status === 403) return "denied";
    return answer.status === 404 || answer.status === 422 ? "none" : null;
  } catch {
    return null;
  }
}

/** Time and day of an instant, put into a sentence. */
export function when(say: Say, key: WordKey, at: string, language: Language): string {
  return say(key, { time: hour(at), day: dayName(at.slice(0, 10), language) });
}

/** An amount in đồng as it is written here. */
export const amount = (vnd: number): string => vnd.toLocaleString("vi-VN");
