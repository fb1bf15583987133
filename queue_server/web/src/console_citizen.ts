// The citizen at the counter: the number, and all that the clerk needs to know at one look.
import { html, nothing, type TemplateResult } from "lit";
import type { Shown, Story } from "./console_data";
import type { ConsoleCitizen, ProcedureView } from "./console_contract";
import type { Words } from "./contract";
import { clock, minutesSeconds, minutesSince } from "./time";
import { pick, say, sayState, type Language, type WordKey } from "./words";

type ShownCitizen = Shown & { story: Story | null };

export function citizenPanel(shown: ShownCitizen): TemplateResult {
  const { view, language } = shown;
  if (view.citizen === null) {
    return html`<section class="citizen nobody" aria-label=${say(language, "citizen_now")}>
      <p class="free">${sayState(language, "counter", view.state)}</p>
      <p class="verdict">
        ${view.line.total === 0
          ? say(language, "line_empty")
          : say(language, "line_waits", { n: view.line.total })}
      </p>
    </section>`;
  }
  const ticket = view.citizen.ticket;
  return html`<section class="citizen ${ticket.state}" aria-label=${say(language, "citizen_now")}>
    <div class="who">
      <p class="number">${ticket.number}</p>
      <div>
        <p class="verdict">
          <strong>${sayState(language, "console_ticket", ticket.state)}</strong>
          <span class="ticking">${doing(view.citizen, shown.now)}</span>
        </p>
        ${facts(shown, view.citizen)}
      </div>
    </div>
    ${procedures(shown, ticket.procedures)} ${reason(shown)} ${notes(shown)}
  </section>`;
}

/** How long the present step lasts: since the call, or all the serving so far. */
function doing(citizen: ConsoleCitizen, now: number): string {
  const { serving_since: since, served_s: served, ticket } = citizen;
  const start = since ?? ticket.called_last_at;
  if (start === null) return "";
  return minutesSeconds(minutesSince(start, now) + (since === null ? 0 : served / 60));
}

function facts(shown: ShownCitizen, citizen: ConsoleCitizen): TemplateResult {
  const { language, options } = shown;
  const ticket = citizen.ticket;
  const service = options?.services.find((one) => one.id === ticket.service);
  const waited = minutesSince(citizen.since, Date.parse(ticket.called_first_at ?? ticket.issued_at));
  const row = (key: WordKey, value: unknown): TemplateResult =>
    html`<div>
      <dt>${say(language, key)}</dt>
      <dd>${value}</dd>
    </div>`;
  const channel = sayState(language, "channel", ticket.channel);
  return html`<dl>
    ${row("service", service ? pick(language, service.name) : ticket.service)}
    ${row("priority", sayState(language, "priority", ticket.priority))}
    ${row("waited", say(language, "n_minutes", { n: Math.round(waited) }))}
    ${row("speaks", `${sayState(language, "speaks", ticket.language)}, ${channel}`)}
    ${ticket.dossiers > 1 ? row("dossiers_brought", String(ticket.dossiers)) : nothing}
    ${ticket.appointment_at ? row("appointment", clock(ticket.appointment_at)) : nothing}
  </dl>`;
}

/** Each declared procedure by its name; the papers it asks for open behind it. */
function procedures(shown: ShownCitizen, codes: string[]): TemplateResult | typeof nothing {
  const { language, options } = shown;
  if (codes.length === 0) return nothing;
  return html`<ul class="procedures" aria-label=${say(language, "procedures")}>
    ${codes.map((code, place) => {
      const known = options?.procedures.find((one) => one.code === code);
      if (known === undefined) return html`<li>${code}</li>`;
      return html`<li>
        <details ?open=${lacksSome(known, place, shown)}>
          <summary>${pick(language, known.name)} ${declaredWords(known, place, shown)}</summary>
          <ul class="papers" aria-label=${say(language, "papers")}>
            ${known.papers.map((paper, at) => paperLine(paper, declared(shown, place)?.includes(at), language))}
            ${known.papers.length === 0 ? html`<li>${say(language, "papers_unknown")}</li>` : nothing}
          </ul>
        </details>
      </li>`;
    })}
  </ul>`;
}

/** What the citizen declared to have along; only the procedure of the number was asked about. */
function declared({ view }: ShownCitizen, place: number): number[] | null {
  return place === 0 ? (view.citizen?.ticket.papers ?? null) : null;
}

/** Papers that are missing lie open before the clerk's eyes. */
function lacksSome(known: ProcedureView, place: number, shown: ShownCitizen): boolean {
  const have = declared(shown, place);
  return have !== null && have.length < known.papers.length;
}

function declaredWords(known: ProcedureView, place: number, shown: ShownCitizen): TemplateResult | typeof nothing {
  const have = declared(shown, place);
  if (have === null || known.papers.length === 0) return nothing;
  const counts = { n: have.length, all: known.papers.length };
  return html`<span class="declared">${say(shown.language, "papers_declared", counts)}</span>`;
}

/** A paper with a mark and a word for it: there, not there, or nobody was asked. */
function paperLine(paper: Words, has: boolean | undefined, language: Language): TemplateResult {
  if (has === undefined) return html`<li>${pick(language, paper)}</li>`;
  return html`<li class=${has ? "has" : "lacks"}>
    ${pick(language, paper)} <span class="second">${say(language, has ? "paper_has" : "paper_lacks")}</span>
  </li>`;
}

function reason({ story, language }: ShownCitizen): TemplateResult {
  return html`<p class="why">
    <span class="label">${say(language, "why")}</span>
    ${story?.why ? pick(language, story.why) : nothing}
  </p>`;
}

function notes({ story, language }: ShownCitizen): TemplateResult | typeof nothing {
  if (!story || story.notes.length === 0) return nothing;
  return html`<ul class="notes" aria-label=${say(language, "notes")}>
    ${story.notes.map(
      (entry) =>
        html`<li><time datetime=${entry.at}>${clock(entry.at)}</time> ${entry.note}</li>`,
    )}
  </ul>`;
}
