// Sign-in: a pasted secret, or one that came behind # in the address, becomes a cookie.
import { html, nothing, type TemplateResult } from "lit";
import type { SignedIn } from "./contract";
import { appearance, applyAppearance } from "./choices";
import { Page } from "./page";
import { SESSION } from "./session";
import type { WordKey } from "./words";

const SHORTEST = 16;
/** Where a credential of each role is at home; other roles have no page. */
type Door = "dossiers" | "board" | "board_wall" | "display" | "console" | "rating" | "replay" | "reports" | "satisfaction" | "offices";
const PAGES: Record<string, Door[]> = {
  admin: ["board", "dossiers", "reports", "satisfaction", "replay", "offices", "board_wall", "display"],
  manager: ["board", "dossiers", "reports", "satisfaction", "replay", "offices", "board_wall", "display"],
  display: ["display"],
  counter: ["console", "dossiers", "rating"],
};
const ADDRESS = {
  board: "/board",
  board_wall: "/board?wall=1",
  display: "/display",
  replay: "/replay",
  reports: "/reports",
  dossiers: "/dossiers",
  satisfaction: "/satisfaction",
  offices: "/offices",
};
const CONSOLE = /^\/(counter|rate)\/[1-9]\d{0,2}$/;

class SignInPage extends Page {
  private session: SignedIn | null = null;
  private fault: WordKey | null = null;
  private busy = true;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.begin();
  }

  protected override render(): TemplateResult {
    document.title = `${this.say("product")} · ${this.say("sign_in_title")}`;
    return html`
      <header class="bar">
        <span class="brand">${this.say("product")}</span>
        <nav>${this.languageSwitch()} ${this.appearanceChoice()}</nav>
      </header>
      <main class="narrow" aria-busy=${this.busy}>
        ${this.session ? this.doors(this.session) : this.form()}
      </main>
    `;
  }

  private form(): TemplateResult {
    return html`
      <h1>${this.say("sign_in_title")}</h1>
      <form @submit=${(event: SubmitEvent) => this.submit(event)}>
        <label for="secret">${this.say("secret")}</label>
        <input
          id="secret"
          name="secret"
          type="password"
          autocomplete="current-password"
          spellcheck="false"
          aria-describedby="hint fault"
          aria-invalid=${this.fault !== null}
        />
        <p id="fault" class="fault" role="alert">${this.fault ? this.say(this.fault) : nothing}</p>
        <button class="main" ?disabled=${this.busy}>${this.say("sign_in")}</button>
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
    await (secret === null ? this.ask(SESSION) : this.signIn(secret));
  }

  private submit(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const secret = String(new FormData(form).get("secret")).trim();
    if (secret.length >= SHORTEST) void this.signIn(secret);
    else this.settle(null, "secret_short");
  }

  private signIn(secret: string): Promise<void> {
    return this.ask(SESSION, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ secret }),
    });
  }

  private async signOut(): Promise<void> {
    await this.ask(SESSION, { method: "DELETE" });
  }

  /** Ask about the session; a refusal is a fault only when a secret was sent. */
  private async ask(url: string, request: RequestInit = {}): Promise<void> {
    this.busy = true;
    this.requestUpdate();
    try {
      const answer = await fetch(url, request);
      if (request.method === "DELETE") this.settle(null, null);
      else if (answer.ok) this.settle((await answer.json()) as SignedIn, null);
      else if (answer.status >= 500) this.settle(null, "server_away");
      else this.settle(null, request.method === "POST" ? "secret_wrong" : null);
    } catch {
      this.settle(null, "server_away");
    }
  }

  private settle(session: SignedIn | null, fault: WordKey | null): void {
    this.session = session;
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
