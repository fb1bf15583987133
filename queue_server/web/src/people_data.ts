// What the users page asks the server.
import type { PersonView } from "./people_contract";
import { ask, type Got } from "./asking";
import { SESSION } from "./session";

export type { Got } from "./asking";

/** Who the person is to be; an empty password keeps the old one. */
export interface Wanted {
  name: string;
  role: string;
  counter: number | null;
  password: string;
  /** When this person was changed last as far as this page knows; `nobody` for a new one. */
  seen: string;
}

const API = "/api/v1/admin/people";

export const people = (): Promise<Got<PersonView[]>> => ask(API);

export const put = ({ name, role, counter, password, seen }: Wanted): Promise<Got<PersonView>> =>
  ask(`${API}/${encodeURIComponent(name)}`, "PUT", { role, counter, seen, ...(password ? { password } : {}) });

export const removed = ({ name, changed_at }: PersonView): Promise<Got<null>> =>
  ask(`${API}/${encodeURIComponent(name)}?seen=${encodeURIComponent(changed_at)}`, "DELETE");

/** The name of who is signed in here; empty where nobody says. */
export async function me(): Promise<string> {
  const got = await ask<{ id: string }>(SESSION);
  return got.state === "ready" ? got.body.id : "";
}
