// The city's sign-on as the sign-in page shows it: a link to it, why it failed, and the way out.
import { html, type TemplateResult } from "lit";
import type { CityFarewell, CitySignOn } from "./sign_on_contract";
import { SESSION } from "./session";
import { pick, say, type Language, type WordKey } from "./words";
import "./words_sign_on";

const ADDRESS = `${SESSION}/city`;
const HINDRANCES = ["away", "denied", "stale", "untrusted", "no_role", "name_taken", "too_many", "store"] as const;

/** Whose sign-on it is; null where there is none, or the server cannot say. */
export async function citySignOn(): Promise<CitySignOn["name"]> {
  try {
    const answer = await fetch(ADDRESS);
    return answer.ok ? ((await answer.json()) as CitySignOn).name : null;
  } catch {
    return null;
  }
}

/** Why the way through the city failed, and take that out of the address: a reload says it no more. */
export function hindrance(): WordKey | null {
  const asked = new URLSearchParams(location.search);
  const why = HINDRANCES.find((one) => one === asked.get("sign_on"));
  asked.delete("sign_on");
  const rest = asked.toString();
  if (why) history.replaceState(null, "", location.pathname + (rest && `?${rest}`) + location.hash);
  return why ? `city_${why}` : null;
}

/** A link and no form: the browser itself goes to the city and comes back. */
export function cityDoor(language: Language, name: NonNullable<CitySignOn["name"]>): TemplateResult {
  const next = new URLSearchParams(location.search).get("next");
  const way = next === null ? "" : `?${new URLSearchParams({ next })}`;
  return html`<p class="city">
      <a class="button main" href="${ADDRESS}/start${way}">${say(language, "city_enter", { name: pick(language, name) })}</a>
    </p>
    <p class="or">${say(language, "city_or")}</p>`;
}

/** Sign out here; true where the browser is now on its way to sign out of the city, too. */
export async function leaveCity(): Promise<boolean> {
  const answer = await fetch(`${ADDRESS}/end`, { method: "POST" });
  const there = answer.ok ? ((await answer.json()) as CityFarewell).url : null;
  if (there === null) return false;
  location.assign(there);
  return true;
}
