// Figures and tables of a report; every number that has visits behind it is a button.
import { html, nothing, type TemplateResult } from "lit";
import { funnel } from "./funnel";
import { waitMark } from "./marks";
import { number, parts } from "./report_numbers";
import type { ReportCell, ReportFigure, ReportSection, ReportTable } from "./reports_contract";
import { pick, say, type Language } from "./words";
import "./words_office";

/** A longer table is folded: most readers want what comes after it. */
const LONG = 12;
/** The table that is drawn as a funnel, too. */
const FUNNEL = "filing_stages";
const MARKS = { good: "on_target", near: "near_limit", over: "over_limit" } as const;
type Standing = keyof typeof MARKS;

/** What the sections need from the page. */
export interface Reader {
  language: Language;
  /** `day` narrows to one day of the period. */
  open: (opens: string, what: string, day?: string) => void;
}

/** One section with its figures, what cannot be measured, and its tables. */
export function sectionOf(section: ReportSection, reader: Reader): TemplateResult {
  const measured = section.figures.filter((one) => !one.missing);
  const missing = section.figures.filter((one) => one.missing);
  return html`<section id=${section.id} aria-labelledby="${section.id}-title">
    <h2 id="${section.id}-title">${pick(reader.language, section.title)}</h2>
    ${section.note ? html`<p class="second note">${pick(reader.language, section.note)}</p>` : nothing}
    ${measured.length ? figures(section, measured, reader) : nothing}
    ${missing.length ? unmeasured(missing, reader) : nothing}
    ${(section.tables ?? []).filter((one) => one.rows.length).map((one) => table(one, reader))}
  </section>`;
}

/** A state as shape and word, never a colour alone. */
export function stateOf(standing: Standing, language: Language): TemplateResult {
  const word = say(language, `reports_${standing}`);
  return html`${waitMark(MARKS[standing])}<span class="hidden">${word}</span>`;
}

function figures(
  section: ReportSection,
  measured: ReportFigure[],
  reader: Reader,
): TemplateResult {
  const { language } = reader;
  const head = ["figure", "value", "before", "parts", "target"] as const;
  return html`<div class="scroll" role="group" tabindex="0" aria-labelledby="${section.id}-title">
    <table class="figures">
      <thead>
        <tr>${head.map((one) => html`<th scope="col">${say(language, `reports_${one}`)}</th>`)}</tr>
      </thead>
      <tbody>
        ${measured.map(
          (one) => html`<tr>
            <th scope="row">
              ${pick(language, one.label)}
              <small>${pick(language, one.formula)}${cited(one.source)}</small>
              ${one.note ? html`<small class="strong">${pick(language, one.note)}</small>` : nothing}
            </th>
            <td class="value">${value(one, pick(language, one.label), reader)}</td>
            <td>${one.before == null ? "" : number(one.before, one.unit, language)}</td>
            <td>${partsOf(one, reader)}</td>
            <td class="words">${one.target_words ? pick(language, one.target_words) : ""}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function value(
  cell: Pick<ReportCell, "value" | "unit" | "opens" | "standing">,
  what: string,
  { language, open }: Reader,
  day?: string,
): TemplateResult {
  const text = number(cell.value, cell.unit, language);
  const mark = cell.standing ? stateOf(cell.standing, language) : nothing;
  const opens = cell.opens;
  if (!opens || !cell.value) return html`${mark}<span>${text}</span>`;
  const label = say(language, "reports_open", { what: `${what}, ${text}` });
  return html`${mark}<button class="opens" aria-label=${label} @click=${() => open(opens, what, day)}>
      ${text}
    </button>`;
}

/** Numerator over denominator, each to be opened; or the numbers that add up to the figure. */
function partsOf(one: ReportFigure, reader: Reader): TemplateResult | string {
  const { language } = reader;
  const what = pick(language, one.label);
  if (one.made_of?.length) {
    return html`<ul class="made-of">
      ${one.made_of.map((part) => {
        const named = pick(language, part.label);
        const cell = { value: part.value, unit: "count", opens: part.opens } as const;
        return html`<li>${named}: ${value(cell, `${what}, ${named}`, reader)}</li>`;
      })}
    </ul>`;
  }
  if (!one.whole || !one.denominator) return parts(one, language);
  const [some] = parts(one, language).split(" / ");
  const whole = { value: one.denominator, unit: "count", opens: one.whole } as const;
  return html`${some} / ${value(whole, `${what}, ${say(language, "reports_whole")}`, reader)}`;
}

/** Where a figure is asked for, as far as a reader can look it up: ids of our own plan say nothing. */
function cited(source: string): TemplateResult | typeof nothing {
  const known = source.split(", ").filter((one) => !/^R\d/.test(one));
  return known.length > 0 ? html` <span class="source">[${known.join(", ")}]</span>` : nothing;
}

function unmeasured(missing: ReportFigure[], { language }: Reader): TemplateResult {
  return html`<div class="missing">
    <h3>${say(language, "reports_missing")}</h3>
    <ul>
      ${missing.map((one) => {
        const target = one.target_words ? ` (${pick(language, one.target_words)})` : "";
        const why = one.missing ? pick(language, one.missing) : "";
        return html`<li>
          <strong>${pick(language, one.label)}</strong>${target}: ${why}.
          <small>${pick(language, one.formula)}${cited(one.source)}</small>
        </li>`;
      })}
    </ul>
  </div>`;
}

function table(one: ReportTable, reader: Reader): TemplateResult {
  const title = pick(reader.language, one.title);
  const sheet = html`${one.id === FUNNEL ? picture(one, reader.language) : nothing}${rows(one, reader)}`;
  if (one.rows.length <= LONG) return html`<h3 id="t-${one.id}">${title}</h3>${sheet}`;
  return html`<details>
    <summary id="t-${one.id}">${title} (${one.rows.length})</summary>
    ${sheet}
  </details>`;
}

/** The stages as a funnel above their figures. */
function picture(one: ReportTable, language: Language): TemplateResult {
  const stages = one.rows.map(({ label, cells }) => ({
    word: pick(language, label),
    reached: cells[0]?.value ?? 0,
    minutes: cells[3]?.value ?? null,
  }));
  return funnel(stages, language);
}

function rows(one: ReportTable, reader: Reader): TemplateResult {
  const { language } = reader;
  return html`<div class="scroll" role="group" tabindex="0" aria-labelledby="t-${one.id}">
      <table>
        <thead>
          <tr>
            <th scope="col">${pick(language, one.first)}</th>
            ${one.columns.map((column) => html`<th scope="col">${pick(language, column)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${one.rows.map((row) => {
            const label = pick(language, row.label);
            return html`<tr>
              <th scope="row">${label}</th>
              ${row.cells.map((cell, index) => {
                const column = one.columns[index];
                const what = column ? `${label}, ${pick(language, column)}` : label;
                return html`<td>${value(cell, what, reader, row.day ?? undefined)}</td>`;
              })}
            </tr>`;
          })}
        </tbody>
      </table>
    </div>`;
}
