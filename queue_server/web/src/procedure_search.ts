// Finds procedures by everyday words, with or without diacritics, typed as far as people get.
import type { ProcedureView } from "./console_contract";

/** Plain lower-case letters and digits with single blanks. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("đ", "d")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9.]+/g, " ")
    .trim();
}

/**
 * The procedures in which every word of the query begins a word, best first: in the name before
 * elsewhere, the counter's own services before others. Without a query, the own services.
 */
export function findProcedures(
  all: ProcedureView[],
  query: string,
  own: string[],
  most: number,
): ProcedureView[] {
  const words = fold(query).split(" ").filter(Boolean);
  return all
    .map((procedure, place) => ({ procedure, place, score: score(procedure, words, own) }))
    .filter((hit) => hit.score > 0)
    .sort((a, b) => b.score - a.score || a.place - b.place)
    .slice(0, most)
    .map((hit) => hit.procedure);
}

function score(procedure: ProcedureView, words: string[], own: string[]): number {
  const home = own.includes(procedure.service) ? 1 : 0;
  if (words.length === 0) return home;
  const { code, name, also } = procedure;
  if (words.every((word) => begins(`${name.vi} ${name.en}`, word))) return 4 + home;
  if (words.every((word) => begins(also.join(" "), word))) return 2 + home;
  const everything = `${code} ${name.vi} ${name.en} ${also.join(" ")}`;
  return words.every((word) => begins(everything, word)) ? 1 + home / 2 : 0;
}

function begins(text: string, word: string): boolean {
  return ` ${fold(text)}`.includes(` ${word}`);
}
