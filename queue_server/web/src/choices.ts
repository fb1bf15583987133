// What a reader chose, kept in this browser: language and appearance.
import { languages, type Language } from "./words";

const LANGUAGE = "motcua.language";
const APPEARANCE = "motcua.appearance";
const KEYS = "motcua.keys";

/** `?lang=` in the address, else what was chosen here before, else Vietnamese until one chooses. */
export function language(): Language {
  const asked = new URLSearchParams(location.search).get("lang") ?? read(LANGUAGE);
  const known = languages().find((one) => one === asked);
  return known ? chooseLanguage(known) : showLanguage("vi");
}

/** Whether a reader of this browser ever chose a language. */
export function languageChosen(): boolean {
  return read(LANGUAGE) !== null;
}

/** Read the page in a language that nobody chose. */
export function showLanguage(next: Language): Language {
  document.documentElement.lang = next;
  return next;
}

export function chooseLanguage(next: Language): Language {
  write(LANGUAGE, next);
  return showLanguage(next);
}

/** `?theme=` in the address, else what was chosen here before, else the page's own. */
export function appearance(): string {
  return new URLSearchParams(location.search).get("theme") ?? read(APPEARANCE) ?? "auto";
}

/** Show the page so; `auto` leaves it to the page and the browser. */
export function chooseAppearance(next: string): void {
  write(APPEARANCE, next);
  applyAppearance(next);
}

export function applyAppearance(mode: string, fallback = "auto"): void {
  const shown = mode === "auto" ? fallback : mode;
  if (shown === "auto") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = shown;
}

/** Whether single letters are moves of the console; who writes by voice switches them off. */
export function keysOn(): boolean {
  return read(KEYS) !== "off";
}

export function chooseKeys(on: boolean): void {
  write(KEYS, on ? "on" : "off");
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is switched off: every visit starts anew
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // storage is switched off: the choice holds for this page
  }
}
