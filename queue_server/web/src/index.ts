// Sign-in: a name and password, a pasted secret, or one behind # in the address, becomes a cookie.
import { html, nothing, type TemplateResult } from "lit";
import type { SignedIn, Words } from "./contract";
import { ask } from "./asking";
import { appearance, applyAppearance } from "./choices";
import { cityDoor, citySignOn, hindrance, leaveCity } from "./city_sign_on";
import { DeskPage } from "./desk_page";
import { SESSION } from "./session";
import type { WordKey } from "./words";

const SHORTEST = 16;
/** Where a credential of each role is at home; other roles have no page. */
type Door = "dossiers" | "board" | "board_wall" | "display" | "console" | "rating" | "replay" | "reports" | "admin" | "audit" | "rules" | "satisfaction" | "subjects" | "offices" | "complaints" | "people" | "publications" | "staff" | "expected" | "post" | "booking";
const PAGES: Record<string, Door[]> = {
  admin: ["board", "expected", "dossiers", "complaints", "reports", "satisfaction", "replay", "offices", "publications", "staff", "rules", "admin", "subjects", "audit", "people", "board_wall", "display"],
  manager: ["board", "expected", "dossiers", "complaints", "reports", "satisfaction", "replay", "offices", "publications", "staff", "rules", "admin", "subjects", "board_wall", "display"],
  display: ["display"],
  counter: ["console", "expected", "dossiers", "rating"],
  clerk: ["console", "expected", "dossiers", "rating", "staff"],
  post_operator: ["post", "booking"],
  viewer: ["board", "complaints", "reports", "satisfaction", "replay", "offices", "board_wall", "display"],
};
const LEADERS = ["admin", "manager"];
const ADDRESS = {
  board: "/board",
  board_wall: "/board?wall=1",
  display: "/display",
  replay: "/replay",
  reports: "/reports",
  dossiers: "/dossiers",
  expected: "/expected",
  satisfaction: "/satisfaction",
  offices: "/offices",
  admin: "/admin",
  audit: "/audit",
  subjects: "/subjects",
  people: "/users",
  publications: "/publications",
  staff: "/staff",
  complaints: "/complaints",
  rules: "/rules",
  post: "/post",
  booking: "/a",
};
const CONSOLE = /^\/(counter|rate)\/[1-9]\d{0,2}$/;

class SignInPage extends DeskPage {
  private session: SignedIn | null = null;
  private fault: WordKey | null = null;
  private busy = true;
  private city: Words | null = null;
  private hindered = hindrance();
  /** Appeals of clerks that somebody who leads has to answer. */
  private awaited = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.begin();
  }

  protected override render(): TemplateResult {
    document.title = `${this.say("product")} · ${this.say("sign_in_title")}`;
    return html`
      <header class="bar">
        <span class="brand">${this.officeName()}</span>
        <nav>${this.languageSwitch()} ${this.appearanceChoice()}</nav>
      </header>
      <main class="narrow" aria-busy=${this.busy}>
        ${this.session ? this.doors(this.session) : this.form()}
      </main>
    `;
  }

  /** A person's name and password first; below it the secret of a device's screen. */
  private form(): TemplateResult {
    return html`
      <h1>${this.say("sign_in_title")}</h1>
      ${this.hindered ? html`<p class="fault" role="alert">${this.say(this.hindered)}</p>` : nothing}
      ${this.city ? cityDoor(this.language, this.city) : nothing}
      <form class="person" @submit=${(event: SubmitEvent) => this.submitPerson(event)}>
        <label for="name">${this.say("person_name")}</label>
        <input
          id="name"
          name="name"
          autocomplete="username"
          autocapitalize="none"
          spellcheck="false"
          aria-invalid=${this.fault !== null}
        />
        <label for="password">${this.say("password")}</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          aria-describedby="fault"
          aria-invalid=${this.fault !== null}
        />
        <p id="fault" class="fault" role="alert">${this.fault ? this.say(this.fault) : nothing}</p>
        <button class="main" ?disabled=${this.busy}>${this.say("sign_in")}</button>
      </form>
      <form class="device" @submit=${(event: SubmitEvent) => this.submit(event)}>
        <h2>${this.say("device_sign_in")}</h2>
        <label for="secret">${this.say("secret")}</label>
        <input
          id="secret"
          name="secret"
          type="password"
          autocomplete="off"
          spellcheck="false"
          aria-describedby="hint fault"
        />
        <button class="quiet" ?disabled=${this.busy}>${this.say("open_device")}</button>
        <p id="hint" class="second">${this.say("sign_in_hint")}</p>
      </form>
    `;
  }

  private doors(session: SignedIn): TemplateResult {
    const pages = PAGES[session.role] ?? [];
    return html`
      <h1>${this.say("choose_page")}</h1>
      <ul class="doors">
        ${pages.map(
          (page) =>
            html`<li>
              <a href=${address(page, session)}>
                <strong>${this.say(`open_${page}`)}</strong>
                <span>${this.say(`open_${page}_hint`)}</span>
                ${page === "staff" && this.awaited
                  ? html`<b>${this.say("open_staff_awaited", { n: this.awaited })}</b>`
                  : nothing}
              </a>
            </li>`,
        )}
      </ul>
      ${pages.length === 0 ? html`<p>${this.say("no_page")}</p>` : nothing}
      <p class="second">
        ${this.say("signed_in_as", { id: session.id })}
        <button class="quiet" @click=${() => this.signOut()}>${this.say("sign_out")}</button>
      </p>
    `;
  }

  private async begin(): Promise<void> {
    const secret = new URLSearchParams(location.hash.slice(1)).get("key");
    if (location.hash) history.replaceState(null, "", location.pathname + location.search);
    const city = citySignOn();
    await (secret === null ? this.ask(SESSION) : this.signIn(secret));
    this.city = await city;
    this.requestUpdate();
  }

  private submit(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const secret = String(new FormData(form).get("secret")).trim();
    if (secret.length >= SHORTEST) void this.signIn(secret);
    else this.settle(null, "secret_short");
  }

  private submitPerson(event: SubmitEvent): void {
    event.preventDefault();
    const typed = new FormData(event.currentTarget as HTMLFormElement);
    const name = String(typed.get("name")).trim().toLowerCase();
    const password = String(typed.get("password"));
    if (name && password) void this.post(`${SESSION}/person`, { name, password }, "person_wrong");
    else this.settle(null, "person_missing");
  }

  private signIn(secret: string): Promise<void> {
    return this.post(SESSION, { secret }, "secret_wrong");
  }

  private post(url: string, body: object, wrong: WordKey): Promise<void> {
    const headers = { "Content-Type": "application/json" };
    return this.ask(url, { method: "POST", headers, body: JSON.stringify(body) }, wrong);
  }

  private async signOut(): Promise<void> {
    if (this.city && (await leaveCity().catch(() => false))) return;
    await this.ask(SESSION, { method: "DELETE" });
  }

  /** Ask about the session; a refusal is a fault only when somebody tried to sign in. */
  private async ask(
    url: string,
    request: RequestInit = {},
    wrong: WordKey | null = null,
  ): Promise<void> {
    this.busy = true;
    if (wrong !== null) this.hindered = null;
    this.requestUpdate();
    try {
      const answer = await fetch(url, request);
      if (request.method === "DELETE") this.settle(null, null);
      else if (answer.ok) this.settle((await answer.json()) as SignedIn, null);
      else if (answer.status >= 500) this.settle(null, "server_away");
      else this.settle(null, answer.status === 429 ? "too_many_tries" : wrong);
    } catch {
      this.settle(null, "server_away");
    }
  }

  private async countAppeals(): Promise<void> {
    const got = await ask<{ open: number }>("/api/v1/staff-appeals");
    if (got.state === "ready") this.awaited = got.body.open;
    this.requestUpdate();
  }

  private settle(session: SignedIn | null, fault: WordKey | null): void {
    this.session = session;
    if (session && LEADERS.includes(session.role)) void this.countAppeals();
    this.fault = fault;
    this.busy = false;
    const next = session && wayBack(session);
    if (next) location.replace(next);
    this.requestUpdate();
  }
}

function address(page: keyof typeof ADDRESS | "console" | "rating", session: SignedIn): string {
  if (page === "console") return `/counter/${session.counter}`;
  return page === "rating" ? `/rate/${session.counter}` : ADDRESS[page];
}

/** The page that sent us here, if it is one of ours and this sign-in may open it. */
function wayBack(session: SignedIn): string | null {
  const next = new URLSearchParams(location.search).get("next");
  if (next === null) return null;
  const url = new URL(next, location.origin);
  const pages = (PAGES[session.role] ?? []).map((page) => address(page, session));
  const ours = url.origin === location.origin;
  const known =
    pages.includes(url.pathname) || (session.role === "admin" && CONSOLE.test(url.pathname));
  return ours && known ? url.pathname + url.search : null;
}

applyAppearance(appearance());
customElements.define("sign-in-page", SignInPage);
