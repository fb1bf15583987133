// Users: who signs in by name, with which role; add, change, reset a password, end sessions, remove.
import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { appearance, applyAppearance } from "./choices";
import { DeskPage } from "./desk_page";
import type { PersonView } from "./people_contract";
import { me, people, put, removed, type Got, type Wanted } from "./people_data";
import { staySignedIn } from "./session";
import { clock, date } from "./time";
import type { WordKey } from "./words";
import "./words_office";

const ROLES = ["admin", "manager", "clerk", "post_operator", "viewer"] as const;
/** Without what is mistaken on paper: 0 O 1 l I. */
const SIGNS = "abcdefghijkmnpqrstuvwxyz23456789";
const GROUPS = 4;
const GROUP = 4;

class PeoplePage extends DeskPage {
  private all: PersonView[] = [];
  private state: Got<unknown>["state"] | null = null;
  private detail = "";
  private told: { words: WordKey; values: Record<string, string> } | null = null;
  /** A password that was just made, to be handed over once. */
  private fresh: { name: string; password: string } | null = null;
  private adding: Wanted = { name: "", role: "clerk", counter: null, password: "", seen: "nobody" };
  private removing: string | null = null;
  private own = "";

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render(): TemplateResult {
    document.title = `${this.say("people_title")} · ${this.say("product")}`;
    return html`
      ${this.deskBar(null, this.linkTo("/admin", "admin_title"))}
      <main aria-busy=${this.state === null}>
        <h1>${this.say("people_title")}</h1>
        <div aria-live="polite">${this.notices()}</div>
        ${this.state === "signed_out" || this.state === "not_allowed" ? nothing : this.whole()}
      </main>
      ${this.unansweredNotice(this.state, null)}
    `;
  }

  private notices(): TemplateResult {
    return html`
      ${this.state === "refused"
        ? html`<p class="notice" role="alert">${this.say("people_refused", { detail: this.detail })}</p>`
        : nothing}
      ${this.state === "stale"
        ? html`<p class="notice" role="alert">${this.say("people_stale")}</p>`
        : nothing}
      ${this.told ? html`<p class="notice">${this.say(this.told.words, this.told.values)}</p>` : nothing}
      ${this.fresh
        ? html`<div class="notice secret">
            <p>${this.say("people_hand_over", { name: this.fresh.name })}</p>
            <p><output>${this.fresh.password}</output></p>
            <button @click=${() => this.forget()}>${this.say("people_noted")}</button>
          </div>`
        : nothing}
    `;
  }

  private whole(): TemplateResult {
    return html`
      <section aria-labelledby="s-people">
        <h2 id="s-people">${this.say("people_who", { n: this.all.length })}</h2>
        <ul class="people">${this.all.map((one) => this.person(one))}</ul>
      </section>
      <section aria-labelledby="s-add">
        <h2 id="s-add">${this.say("people_add")}</h2>
        <form class="add" @submit=${(event: SubmitEvent) => this.add(event)}>
          <label class="field">
            <span>${this.say("people_name")}</span>
            <input
              name="name"
              autocomplete="off"
              autocapitalize="none"
              spellcheck="false"
              .value=${this.adding.name}
              @input=${(event: Event) => this.type({ name: typed(event).trim().toLowerCase() })}
            />
          </label>
          ${this.roleOf(this.adding, (change) => this.type(change), "")}
          <button class="main">${this.say("people_add_now")}</button>
        </form>
        <p class="second">${this.say("people_add_hint")}</p>
      </section>
      <section aria-labelledby="s-roles">
        <h2 id="s-roles">${this.say("people_roles")}</h2>
        <dl class="roles">
          ${ROLES.map(
            (role) => html`<dt>${this.say(`people_role_${role}`)}</dt>
              <dd>${this.say(`people_may_${role}`)}</dd>`,
          )}
        </dl>
      </section>
    `;
  }

  private person(one: PersonView): TemplateResult {
    const wanted: Wanted = { name: one.name, role: one.role, counter: one.counter, password: "", seen: one.changed_at };
    const own = one.name === this.own;
    return html`<li>
      <p class="who">
        <b>${one.name}</b> ${own ? html`<span class="second">(${this.say("people_you")})</span>` : nothing}
        <small>
          ${this.say("people_changed", {
            by: one.changed_by,
            at: `${date(Date.parse(one.changed_at), this.language)} ${clock(one.changed_at)}`,
          })}
        </small>
      </p>
      <div class="row">${this.roleOf(wanted, (change) => this.change({ ...wanted, ...change }), one.name)}</div>
      <p class="row acts">
        <button aria-label="${this.say("people_reset")}, ${one.name}" @click=${() => void this.reset(wanted)}>
          ${this.say("people_reset")}
        </button>
        <button
          aria-label="${this.say("people_end")}, ${one.name}"
          @click=${() => void this.save(wanted, "people_ended")}
        >
          ${this.say("people_end")}
        </button>
        ${this.removing === one.name
          ? html`<button class="danger" @click=${() => void this.takeAway(one)}>
                ${this.say("people_remove_sure", { name: one.name })}
              </button>
              <button class="quiet" @click=${() => this.ask(null)}>${this.say("people_keep")}</button>`
          : html`<button
              class="quiet"
              aria-label="${this.say("people_remove")}, ${one.name}"
              @click=${() => this.ask(one.name)}
            >
              ${this.say("people_remove")}
            </button>`}
      </p>
    </li>`;
  }

  private roleOf(now: Wanted, change: (change: Partial<Wanted>) => void, spoken: string): TemplateResult {
    const named = (key: WordKey): string => (spoken ? `${this.say(key)}, ${spoken}` : this.say(key));
    return html`<label class="field">
        <span>${this.say("people_role")}</span>
        <select
          aria-label=${named("people_role")}
          .value=${live(now.role)}
          @change=${(event: Event) => {
            const role = typed(event);
            change({ role, counter: role === "clerk" ? (now.counter ?? 1) : null });
          }}
        >
          ${ROLES.map(
            (role) => html`<option value=${role} ?selected=${role === now.role}>
              ${this.say(`people_role_${role}`)}
            </option>`,
          )}
        </select>
      </label>
      ${now.role === "clerk"
        ? html`<label class="field short">
            <span>${this.say("people_counter")}</span>
            <input
              type="number"
              min="1"
              max="999"
              aria-label=${named("people_counter")}
              .value=${live(String(now.counter ?? ""))}
              @change=${(event: Event) => change({ counter: Number(typed(event)) || null })}
            />
          </label>`
        : nothing}`;
  }

  private type(change: Partial<Wanted>): void {
    this.adding = { ...this.adding, ...change };
    this.requestUpdate();
  }

  private ask(name: string | null): void {
    this.removing = name;
    this.requestUpdate();
  }

  private forget(): void {
    this.fresh = null;
    this.requestUpdate();
  }

  private add(event: SubmitEvent): void {
    event.preventDefault();
    if (this.all.some((one) => one.name === this.adding.name)) {
      this.take({ state: "refused", detail: this.say("people_known"), code: "known" });
      this.requestUpdate();
      return;
    }
    const wanted = { ...this.adding, counter: this.adding.role === "clerk" ? (this.adding.counter ?? 1) : null };
    void this.reset(wanted, "people_added");
  }

  /** A change of role or counter is kept at once, and ends the sessions given before. */
  private change(wanted: Wanted): void {
    void this.save(wanted, "people_saved");
  }

  private async reset(wanted: Wanted, words: WordKey = "people_reset_done"): Promise<void> {
    const password = made();
    if (await this.save({ ...wanted, password }, words)) {
      this.fresh = { name: wanted.name, password };
      if (words === "people_added") this.adding = { name: "", role: "clerk", counter: null, password: "", seen: "nobody" };
    }
    this.requestUpdate();
  }

  private async save(wanted: Wanted, words: WordKey): Promise<boolean> {
    this.fresh = null;
    const got = await put(wanted);
    this.take(got);
    if (got.state === "ready") this.told = { words, values: { name: wanted.name } };
    await this.load(got.state === "ready");
    return got.state === "ready";
  }

  private async takeAway(one: PersonView): Promise<void> {
    const { name } = one;
    const got = await removed(one);
    this.removing = null;
    this.take(got);
    if (got.state === "ready") this.told = { words: "people_removed", values: { name } };
    await this.load(got.state === "ready");
  }

  private async load(fresh = true): Promise<void> {
    const got = await people();
    if (got.state === "ready") this.all = got.body;
    if (fresh) this.state = got.state;
    this.own ||= await me();
    this.requestUpdate();
  }

  private take(got: Got<unknown>): void {
    this.state = got.state;
    this.detail = got.state === "refused" ? got.detail : "";
    this.told = null;
  }
}

/** A password of 80 bits, in groups that can be read out. */
function made(): string {
  const dice = crypto.getRandomValues(new Uint8Array(GROUPS * GROUP));
  const signs = [...dice].map((one) => SIGNS[one % SIGNS.length]);
  return Array.from({ length: GROUPS }, (_, at) => signs.slice(at * GROUP, (at + 1) * GROUP).join("")).join("-");
}

function typed(event: Event): string {
  return (event.target as HTMLInputElement | HTMLSelectElement).value;
}

applyAppearance(appearance());
staySignedIn();
customElements.define("people-page", PeoplePage);
