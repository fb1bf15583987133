// The form for a visit at home: the only page that asks who somebody is, and it says why.
import { html, type TemplateResult } from "lit";
import type { AppointmentOffer, HalfDayView } from "./booking_contract";
import { dayName } from "./booking_time";
import type { Words } from "./contract";
import { sayState, type Language, type WordKey } from "./words";

type Say = (key: WordKey, values?: Record<string, string | number>) => string;

const NEEDS = ["normal", "age_60", "age_80", "disabled", "pregnant", "merit", "small_child"];

export class HomeVisitForm {
  constructor(
    private readonly say: Say,
    private readonly pick: (both: Words) => string,
    private readonly language: () => Language,
    private readonly send: (body: object) => void,
    private readonly changed: () => void,
  ) {}

  render(offered: AppointmentOffer | null, rooms: HalfDayView[], busy: boolean): TemplateResult {
    const free = rooms.filter((room) => room.left > 0);
    return html`<form class="question" @submit=${(event: Event) => this.submit(event)}>
      <h2>${this.say("visit_ask")}</h2>
      <p class="second">${this.say("visit_private")}</p>
      ${this.select(
        "booking_service",
        "service",
        (offered?.services ?? []).map((one) => [one.id, this.pick(one.name)]),
      )}
      ${this.select(
        "visit_when",
        "when",
        free.map((room) => [
          `${room.day} ${room.part}`,
          `${dayName(room.day, this.language())}, ${sayState(this.language(), "part", room.part)}`,
        ]),
      )}
      ${this.select(
        "visit_need",
        "priority",
        NEEDS.map((need) => [need, sayState(this.language(), "need", need)]),
      )}
      ${this.input("visit_name", "name", "name", 120)}
      ${this.input("visit_phone", "phone", "tel", 20)}
      ${this.input("visit_address", "address", "street-address", 300)}
      <button class="main wide" type="submit" ?disabled=${busy || free.length === 0}>
        ${this.say(free.length ? "visit_send" : "visit_full")}
      </button>
    </form>`;
  }

  private select(label: WordKey, name: string, options: string[][]): TemplateResult {
    return html`<label class="field">
      <span>${this.say(label)}</span>
      <select name=${name} required @change=${() => this.changed()}>
        ${options.map(([id, words]) => html`<option value=${id ?? ""}>${words}</option>`)}
      </select>
    </label>`;
  }

  private input(label: WordKey, name: string, fill: string, most: number): TemplateResult {
    const phone = name === "phone";
    return html`<label class="field">
      <span>${this.say(label)}</span>
      <input
        name=${name}
        type=${phone ? "tel" : "text"}
        autocomplete=${fill}
        maxlength=${most}
        minlength=${name === "address" ? 4 : phone ? 8 : 1}
        pattern=${phone ? "[0-9 +.\\-]{8,20}" : ".*"}
        required
      />
    </label>`;
  }

  private submit(event: Event): void {
    event.preventDefault();
    const { when, ...body } = Object.fromEntries(
      new FormData(event.target as HTMLFormElement),
    ) as Record<string, string>;
    const [day, part] = (when ?? "").split(" ");
    this.send({ ...body, day, part });
  }
}
