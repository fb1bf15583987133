// What the console asks for beside its stream: what a clerk chooses from, and a ticket's story.
import type { ConsoleView, OutcomeView, ProcedureView } from "./console_contract";
import type { CounterView, HistoryEntry, ServiceView, WhyView, Words } from "./contract";
import type { Language } from "./words";

export interface Options {
  services: ServiceView[];
  counters: CounterView[];
  outcomes: OutcomeView[];
  procedures: ProcedureView[];
}

/** Why this ticket was called, and what clerks noted about it, as of one version of the ticket. */
export interface Story {
  ticket: string;
  version: number;
  why: Words | null;
  notes: HistoryEntry[];
}

/** What every part of the console draws from. */
export interface Shown {
  view: ConsoleView;
  now: number;
  language: Language;
  options: Options | null;
}

const AGAIN_MS = 3_000;

/** All lists; asked again until the server answers, because no dialog works without them. */
export async function loadOptions(): Promise<Options> {
  for (;;) {
    const [services, counters, outcomes, procedures] = await Promise.all([
      get<ServiceView[]>("/api/v1/services"),
      get<CounterView[]>("/api/v1/counters"),
      get<OutcomeView[]>("/api/v1/outcomes"),
      get<ProcedureView[]>("/api/v1/procedures"),
    ]);
    if (services && counters && outcomes && procedures) {
      return { services, counters, outcomes, procedures };
    }
    await new Promise((resume) => setTimeout(resume, AGAIN_MS));
  }
}

/** The story of a ticket, or null while the server is away. */
export async function loadStory(ticket: string, version: number): Promise<Story | null> {
  const [history, why] = await Promise.all([
    get<HistoryEntry[]>(`/api/v1/tickets/${ticket}/history`),
    get<WhyView>(`/api/v1/tickets/${ticket}/why`),
  ]);
  if (history === null) return null;
  const notes = history.filter((entry) => entry.note);
  return { ticket, version, why: why?.words ?? null, notes };
}

async function get<T>(url: string): Promise<T | null> {
  try {
    const answer = await fetch(url);
    return answer.ok ? ((await answer.json()) as T) : null;
  } catch {
    return null;
  }
}
