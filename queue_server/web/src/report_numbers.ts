// Numbers of a report as people read them, the same as on its paper.
import type { ReportCell, ReportFigure } from "./reports_contract";
import type { Language } from "./words";

type Unit = ReportCell["unit"];

const DECIMALS: Record<Unit, number> = {
  min: 1,
  count: 0,
  share: 1,
  per_year: 0,
  points: 1,
  hours: 1,
};
const SIGNS: Record<Unit, [vi: string, en: string]> = {
  min: ["phút", "min"],
  count: ["", ""],
  share: ["%", "%"],
  per_year: ["/năm", "a year"],
  points: ["điểm", "points"],
  hours: ["giờ", "h"],
};
const NOTHING = "–";

/** A value with its unit, `12,4 phút`; a dash for nothing. */
export function number(value: number | null | undefined, unit: Unit, language: Language): string {
  if (value === null || value === undefined) return NOTHING;
  const text = plain(unit === "share" ? value * 100 : value, DECIMALS[unit], language);
  return `${text} ${SIGNS[unit][language === "vi" ? 0 : 1]}`.trim();
}

/** Numerator over denominator, or how many: what a share or mean was made of. */
export function parts(figure: ReportFigure, language: Language): string {
  const { numerator, denominator, n } = figure;
  if (numerator != null && denominator != null) {
    return `${plain(numerator, 0, language)} / ${plain(denominator, 0, language)}`;
  }
  return n != null ? `n = ${plain(n, 0, language)}` : "";
}

function plain(value: number, decimals: number, language: Language): string {
  const locale = language === "vi" ? "vi-VN" : "en-GB";
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(locale, digits).format(value);
}
