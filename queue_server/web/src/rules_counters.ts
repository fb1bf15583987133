// Whom each counter serves: a table of counters and services, breaks, and other work.
import { html, nothing, type TemplateResult } from "lit";
import type { ServiceView } from "./contract";
import { breakText, work } from "./rules_changes";
import {
  entries,
  withEntry,
  type CounterRules,
  type Entry,
  type Priority,
  type WorkProfile,
} from "./rules_data";
import { pick, say, sayState, type Language } from "./words";
import "./words_rules";

const USES: Priority[] = ["shared", "preferred", "dedicated"];
const ORDERS = [0, 1, 2, 3];
const NONE = "none";

export interface CountersForm {
  counters: CounterRules[];
  services: ServiceView[];
  weights: boolean;
  language: Language;
  edit: (counter: CounterRules) => void;
}

/** One row for each counter, one column for each service. */
export function countersTable(form: CountersForm): TemplateResult {
  const { language, services } = form;
  return html`<div class="scroll" role="group" tabindex="0" aria-labelledby="s-counters">
    <table class="matrix">
      <thead>
        <tr>
          <th scope="col">${say(language, "rule_counter_head")}</th>
          <th scope="col">${say(language, "rule_use")}</th>
          ${services.map(
            (one) => html`<th scope="col" class="service">
              <b>${one.letter}</b> <span>${pick(language, one.name)}</span>
            </th>`,
          )}
          <th scope="col">${say(language, "rule_breaks")}</th>
        </tr>
      </thead>
      <tbody>
        ${form.counters.map((counter) => row(form, counter))}
      </tbody>
    </table>
  </div>`;
}

function row(form: CountersForm, counter: CounterRules): TemplateResult {
  const { language, edit } = form;
  const name = say(language, "rule_counter", { n: counter.number });
  return html`<tr>
    <th scope="row">${name}</th>
    <td class="use" data-name=${say(language, "rule_use")}>
      ${useChoice(`${name}, ${say(language, "rule_use")}`, counter.priority, language, (priority) =>
        edit({ ...counter, priority }),
      )}
    </td>
    ${form.services.map((service) => cell(form, counter, service, name))}
    <td data-name=${say(language, "rule_breaks")}>
      <input
        class="breaks"
        aria-label="${name}, ${say(language, "rule_breaks")}"
        placeholder="09:30-09:45"
        .value=${counter.breaks.length ? breakText(counter) : ""}
        @change=${(event: Event) =>
          edit({ ...counter, breaks: breaksOf((event.target as HTMLInputElement).value) })}
      />
    </td>
  </tr>`;
}

function cell(
  form: CountersForm,
  counter: CounterRules,
  service: ServiceView,
  name: string,
): TemplateResult {
  const { language, edit } = form;
  const entry = entries(counter).find((one) => one.service === service.id);
  const label = `${name}, ${service.letter} ${pick(language, service.name)}`;
  const orders = entry && !ORDERS.includes(entry.order) ? [...ORDERS, entry.order] : ORDERS;
  return html`<td class="cell" data-name="${service.letter} ${pick(language, service.name)}">
    <select
      aria-label=${label}
      class=${entry ? (entry.order ? "helps" : "serves") : "not"}
      @change=${(event: Event) => {
        const chosen = (event.target as HTMLSelectElement).value;
        const order = chosen === NONE ? null : Number(chosen);
        edit(withEntry(counter, service.id, order, entry?.weight ?? 1));
      }}
    >
      <option value=${NONE} ?selected=${!entry} .selected=${!entry}>–</option>
      ${orders.map(
        (order) => html`<option value=${order} .selected=${entry?.order === order}>
          ${order ? say(language, "rule_helps", { n: order }) : say(language, "rule_serves")}
        </option>`,
      )}
    </select>
    ${entry && form.weights
      ? html`<label class="weight"
          >× <input
            type="number"
            min="0.1"
            step="any"
            aria-label="${label}, ${say(language, "rule_weight")}"
            .value=${String(entry.weight)}
            @change=${(event: Event) => {
              const weight = Number((event.target as HTMLInputElement).value);
              if (weight > 0) edit(withEntry(counter, service.id, entry.order, weight));
            }}
        /></label>`
      : nothing}
  </td>`;
}

function useChoice(
  label: string,
  value: Priority,
  language: Language,
  changed: (next: Priority) => void,
): TemplateResult {
  return html`<select
    aria-label=${label}
    @change=${(event: Event) => changed((event.target as HTMLSelectElement).value as Priority)}
  >
    ${USES.map(
      (one) => html`<option value=${one} .selected=${value === one}>
        ${sayState(language, "rule_use", one)}
      </option>`,
    )}
  </select>`;
}

/** The other work that a counter may be switched to for the rest of a day. */
export function othersList(form: CountersForm): TemplateResult {
  const { language, counters } = form;
  const rows = counters.flatMap((counter) =>
    counter.others.map((other, place) => otherRow(form, counter, other, place)),
  );
  return html`<ul class="others">${rows}</ul>
    ${rows.length ? nothing : html`<p class="second">${say(language, "rule_no_others")}</p>`}
    <p class="row">
      ${counters.map(
        (counter) => html`<button @click=${() => form.edit(withBlank(counter, form.services))}>
          + ${say(language, "rule_counter", { n: counter.number })}
        </button>`,
      )}
    </p>`;
}

function withBlank(counter: CounterRules, services: ServiceView[]): CounterRules {
  let n = counter.others.length + 1;
  while (counter.others.some((one) => one.id === `work-${n}`)) n += 1;
  const first = services[0]?.id;
  const blank: WorkProfile = {
    id: `work-${n}`,
    name_vi: `Việc ${n}`,
    name_en: `Work ${n}`,
    services: first ? [first] : [],
    profile: [],
    priority: "shared",
    by_clerk: true,
  };
  return { ...counter, others: [...counter.others, blank] };
}

function otherRow(
  form: CountersForm,
  counter: CounterRules,
  other: WorkProfile,
  place: number,
): TemplateResult {
  const { language, edit } = form;
  const letters = new Map(form.services.map((one) => [one.id, one.letter]));
  const label = `${say(language, "rule_counter", { n: counter.number })}, ${other.id}`;
  const put = (next: WorkProfile | null): void => {
    const others = counter.others.flatMap((one, at) => (at === place ? (next ? [next] : []) : [one]));
    edit({ ...counter, others });
  };
  const text = (words: string, value: string, changed: (next: string) => void): TemplateResult =>
    html`<label><span>${words}</span>
      <input
        aria-label="${label}, ${words}"
        .value=${value}
        @change=${(event: Event) => changed((event.target as HTMLInputElement).value.trim())}
    /></label>`;
  return html`<li>
    <b>${say(language, "rule_counter", { n: counter.number })}</b>
    ${text(say(language, "admin_name_vi"), other.name_vi, (name_vi) => put({ ...other, name_vi }))}
    ${text(say(language, "admin_name_en"), other.name_en, (name_en) => put({ ...other, name_en }))}
    ${text(say(language, "rule_letters"), work(other, letters), (typed) =>
      put({ ...other, ...servicesOf(typed, form.services) }),
    )}
    <label><span>${say(language, "rule_use")}</span>
      ${useChoice(`${label}, ${say(language, "rule_use")}`, other.priority, language, (priority) =>
        put({ ...other, priority }),
      )}</label>
    <label class="tick">
      <input
        type="checkbox"
        .checked=${other.by_clerk}
        @change=${(event: Event) =>
          put({ ...other, by_clerk: (event.target as HTMLInputElement).checked })}
      />
      ${say(language, "rule_by_clerk")}
    </label>
    <button class="quiet" aria-label="${say(language, "admin_remove")}: ${label}" @click=${() => put(null)}>
      ✕
    </button>
  </li>`;
}

/** "B A; 1: C ×2" as `work` writes it; a letter of no service goes to the server, which names it. */
export function servicesOf(
  text: string,
  services: ServiceView[],
): { services: string[]; profile: Entry[] } {
  const ids = new Map(services.map((one) => [one.letter, one.id]));
  let found: { services: string[]; profile: Entry[] } = { services: [], profile: [] };
  for (const part of text.split(";")) {
    const [, order = "0", names = ""] = /^\s*(?:(\d):)?(.*)$/.exec(part) ?? [];
    for (const [, letter = "", weight = "1"] of names.matchAll(/([^\s×,]+)(?:\s*×([\d.]+))?/g)) {
      const service = ids.get(letter.toUpperCase()) ?? letter;
      found = withEntry(found, service, Number(order), Number(weight));
    }
  }
  return found;
}

/** "09:30-09:45, 15:00-15:10"; what is no time goes to the server, which names the field. */
export function breaksOf(text: string): { start: string; end: string }[] {
  const parts = text.split(",").map((one) => one.trim()).filter(Boolean);
  return parts.map((one) => {
    const [start = "", end = ""] = one.split("-").map((time) => time.trim());
    return { start, end };
  });
}
