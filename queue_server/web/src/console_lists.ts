// The right side: who is called next and why, who is held, who did not come, who has an appointment.
import { html, nothing, type TemplateResult } from "lit";
import type { Shown } from "./console_data";
import type { ConsoleTicket, LineEntry } from "./console_contract";
import { waitMark } from "./marks";
import { clock, minutesSince } from "./time";
import { waitState } from "./wait_state";
import { pick, say, sayState, type WordKey } from "./words";

export const TABS = ["line", "held", "absent", "appointments"] as const;
export type Tab = (typeof TABS)[number];

export interface Handlers {
  choose: (tab: Tab) => void;
  call: (number: string) => (event: MouseEvent) => void;
  resume: (number: string) => (event: MouseEvent) => void;
  reinstate: (id: string) => (event: MouseEvent) => void;
}

export function listPanel(shown: Shown, tab: Tab, on: Handlers): TemplateResult {
  const { view, language } = shown;
  const many = {
    line: view.line.total,
    held: view.held.length,
    absent: view.absent.length,
    appointments: view.appointments.length,
  };
  return html`<section class="lists">
    <div class="tabs" role="tablist" aria-label=${say(language, "lists")}>
      ${TABS.map(
        (one) =>
          html`<button
            role="tab"
            id="tab-${one}"
            aria-selected=${one === tab}
            aria-controls="list"
            @click=${() => on.choose(one)}
          >
            ${say(language, `tab_${one}`)} <strong>${many[one]}</strong>
          </button>`,
      )}
    </div>
    <div id="list" role="tabpanel" aria-labelledby="tab-${tab}" tabindex="0">
      ${tab === "line" ? line(shown, on) : tickets(shown, tab, on)}
    </div>
  </section>`;
}

function line(shown: Shown, on: Handlers): TemplateResult {
  const { view, language } = shown;
  const { first, total } = view.line;
  const more = total - first.length;
  return html`<ol>
      ${first.map((entry) => waiting(entry, shown, on))}
    </ol>
    ${total === 0 ? html`<p class="second">${say(language, "line_empty")}</p>` : nothing}
    ${more > 0 ? html`<p class="second">${say(language, "line_more", { n: more })}</p>` : nothing}`;
}

function waiting(entry: LineEntry, shown: Shown, on: Handlers): TemplateResult {
  const { view, language, now } = shown;
  const minutes = minutesSince(entry.since, now);
  // Half of the class's own limit is where somebody should look up.
  const limits = { good_min: entry.limit_min / 2, limit_min: entry.limit_min };
  const wait = { n: Math.floor(minutes), limit: Math.round(entry.limit_min) };
  return html`<li>
    <span class="number">${entry.number}</span>
    <span class="wait">${waitMark(waitState(minutes, limits))} ${say(language, "waits_of", wait)}</span>
    <span class="reason">
      ${entry.place === 1 ? html`<strong>${say(language, "next_one")}</strong>` : nothing}
      ${sayState(language, "reason", entry.reason)}${entry.priority === "normal"
        ? nothing
        : html` · ${sayState(language, "priority", entry.priority)}`}
      ${entry.appointment_at
        ? html` · ${say(language, "booked_at", { time: clock(entry.appointment_at) })}`
        : nothing}
      ${entry.language === "vi" ? nothing : html` · ${sayState(language, "speaks", entry.language)}`}
    </span>
    ${button(entry.number, "call_this", view.allowed.includes("call"), language, on.call)}
  </li>`;
}

function tickets(shown: Shown, tab: Exclude<Tab, "line">, on: Handlers): TemplateResult {
  const { view, language, options } = shown;
  const rows = view[tab];
  if (rows.length === 0) {
    return html`<p class="second">${say(language, `none_${tab}`)}</p>`;
  }
  const service = (id: string): string => {
    const known = options?.services.find((one) => one.id === id);
    return known ? pick(language, known.name) : id;
  };
  return html`<ol>
    ${rows.map(
      (row) =>
        html`<li>
          <span class="number">${row.number || "–"}</span>
          <span class="wait">${when(row, tab, shown)}</span>
          <span class="reason"
            >${service(row.service)}${row.state === "booked"
              ? html` · ${say(language, "not_here_yet")}`
              : nothing}</span
          >
          ${tab === "held"
            ? button(row.number, "resume_this", view.allowed.includes("resume"), language, on.resume)
            : callable(row, shown, on)}
        </li>`,
    )}
  </ol>`;
}

function callable(row: ConsoleTicket, shown: Shown, on: Handlers): TemplateResult | typeof nothing {
  const { view, language } = shown;
  if (row.state !== "waiting" && row.state !== "no_show") return nothing;
  const call = button(row.number, "call_this", view.allowed.includes("call"), language, on.call);
  if (row.state === "waiting") return call;
  const back = button(row.number, "reinstate_this", true, language, () => on.reinstate(row.id));
  return html`<span class="two">${call} ${back}</span>`;
}

function when(row: ConsoleTicket, tab: Exclude<Tab, "line">, shown: Shown): string {
  const { language, now } = shown;
  const minutes = Math.floor(minutesSince(row.since, now));
  switch (tab) {
    case "appointments":
      return say(language, "booked_at", { time: clock(row.appointment_at ?? row.since) });
    case "absent":
      return say(language, "may_return", { time: clock(row.until ?? row.since) });
    case "held":
      return row.until === null
        ? say(language, "held_for", { n: minutes })
        : say(language, "held_until", { time: clock(row.until) });
  }
}

function button(
  number: string,
  key: WordKey,
  can: boolean,
  language: Shown["language"],
  click: (number: string) => (event: MouseEvent) => void,
): TemplateResult {
  return html`<button
    class="quiet"
    aria-disabled=${can ? nothing : "true"}
    aria-label="${say(language, key)} ${number}"
    @click=${can ? click(number) : nothing}
  >
    ${say(language, key)}
  </button>`;
}
