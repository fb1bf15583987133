// What the booking page asks the server: what is free, one appointment or home visit, and moves.
import type {
  AppointmentOffer,
  AppointmentView,
  HalfDayView,
  HomeVisitView,
  SlotDay,
} from "./booking_contract";

const API = "/api/v1";

export type Booked =
  | { kind: "appointment"; view: AppointmentView }
  | { kind: "visit"; view: HomeVisitView };

export const APPOINTMENTS = `${API}/appointments`;
export const HOME_VISITS = `${API}/home-visits`;

export const offer = (): Promise<AppointmentOffer | null> => get(`${APPOINTMENTS}/offer`);
export const halfDays = (): Promise<HalfDayView[] | null> => get(`${HOME_VISITS}/half-days`);
export const slots = (service: string): Promise<SlotDay[] | null> =>
  get(`${APPOINTMENTS}/slots?service=${encodeURIComponent(service)}`);

/** What has this code; "none" where nothing has, null while the server is away. */
export async function booked(code: string): Promise<Booked | "none" | null> {
  const at = `by-code/${encodeURIComponent(code)}`;
  const appointment = await look<AppointmentView>(`${APPOINTMENTS}/${at}`);
  if (appointment === null) return null;
  if (appointment !== "none") return { kind: "appointment", view: appointment };
  const visit = await look<HomeVisitView>(`${HOME_VISITS}/${at}`);
  return visit === null || visit === "none" ? visit : { kind: "visit", view: visit };
}

async function get<T>(url: string): Promise<T | null> {
  const found = await look<T>(url);
  return found === "none" ? null : found;
}

async function look<T>(url: string): Promise<T | "none" | null> {
  try {
    const answer = await fetch(url);
    if (answer.ok) return (await answer.json()) as T;
    return answer.status === 404 || answer.status === 422 ? "none" : null;
  } catch {
    return null;
  }
}
