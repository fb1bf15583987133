// The keys of the clerk's console: one letter each, by the place of the key and not by what an
// input method for Vietnamese makes of it.

export const KEYS = {
  "call-next": "N",
  start: "S",
  finish: "F",
  outcome: "K",
  recall: "R",
  "no-show": "V",
  return: "B",
  hold: "H",
  resume: "D",
  transfer: "T",
  "add-procedure": "P",
  note: "G",
  call: "C",
  slip: "I",
  undo: "Z",
  profile: "W",
  help: "E",
} as const;

export type Action = keyof typeof KEYS;

export interface Stroke {
  code: string;
  repeat: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

const BY_CODE = new Map(
  Object.entries(KEYS).map(([action, letter]) => [`Key${letter}`, action as Action]),
);

/** What a key asks for; a key held down asks once, and the browser's own combinations are its own. */
export function actionOf(stroke: Stroke): Action | null {
  if (stroke.repeat || stroke.ctrlKey || stroke.altKey || stroke.metaKey) return null;
  return BY_CODE.get(stroke.code) ?? null;
}

/** The place 0…8 that a digit chooses in a list, on the main keys or the number pad. */
export function placeOf(stroke: Stroke): number | null {
  if (stroke.repeat || stroke.ctrlKey || stroke.altKey || stroke.metaKey) return null;
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(stroke.code)?.[1];
  return digit === undefined ? null : Number(digit) - 1;
}
