// The clerk's console: the citizen now, every move in one or two presses, the line with its reasons.
import { html, nothing, type TemplateResult } from "lit";
import { appearance, applyAppearance, keysOn } from "./choices";
import { actionGrid } from "./console_actions";
import { citizenPanel } from "./console_citizen";
import { ClerkDialog, type Ask, type DialogKind } from "./console_dialog";
import { breakWords } from "./console_break";
import { KEYS, actionOf, type Action } from "./console_keys";
import { listPanel, type Tab } from "./console_lists";
import { loadOptions, loadStory, type Options, type Story } from "./console_data";
import { press, send, type Answer } from "./console_press";
import type { ConsoleView } from "./console_contract";
import type { Problem } from "./contract";
import { Live } from "./live";
import { Page } from "./page";
import { staySignedIn } from "./session";
import { clock } from "./time";
import type { WordKey } from "./words";

const ROOT = `/api/v1/counters/${/^\/counter\/(\d+)$/.exec(location.pathname)?.[1] ?? "0"}`;
/** Actions that need to know more before they are a move. */
const ASKS: Partial<Record<Action, DialogKind>> = {
  outcome: "outcome",
  transfer: "transfer",
  "add-procedure": "procedure",
  note: "note",
  call: "call",
  slip: "slip",
  profile: "profile",
};
const NOTICE_MS = 8_000;

class ClerkConsole extends Page {
  private readonly live = new Live<ConsoleView>(this, {
    stream: `${ROOT}/stream`,
    event: "console",
    snapshot: `${ROOT}/console`,
  });
  private options: Options | null = null;
  private story: Story | null = null;
  private tab: Tab = "line";
  private dialog: DialogKind | null = null;
  private notice: { text: string; fault: boolean; at: number } | null = null;
  /** What the screen shows while a press is on its way: it stands still, so keys and screen agree. */
  private held: ConsoleView | null = null;
  private busy = false;
  /** Presses made while one is on its way; each waits for the success of the one before. */
  private waiting: Action[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("keydown", this.onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.onKey);
  }

  private get view(): ConsoleView | null {
    return this.busy ? this.held : this.live.view;
  }

  protected override render(): TemplateResult {
    const view = this.view;
    this.fetchWhatIsMissing(view);
    document.title = view ? this.tabTitle(view) : this.say("console_title");
    return html`
      ${this.linkNotice(this.live.link, view?.at ?? null)} ${this.trainingMark(view?.training)}
      ${this.head(view)}
      ${view === null ? html`<main>${this.unknown()}</main>` : this.whole(view)}
    `;
  }

  private unknown(): TemplateResult | typeof nothing {
    return this.live.link === "not_found"
      ? html`<h1 class="unknown">${this.say("no_such_counter")}</h1>`
      : nothing;
  }

  private tabTitle(view: ConsoleView): string {
    const number = view.citizen?.ticket.number;
    return `${number ? `${number} · ` : ""}(${view.line.total}) ${this.pick(view.name)}`;
  }

  private head(view: ConsoleView | null): TemplateResult {
    return html`<header class="bar">
      <h1>
        <span class="brand">${view ? this.pick(view.name) : this.say("console_title")}</span>
        ${view ? html`<span class="state ${view.state}">${this.stateWord(view)}</span>` : nothing}
      </h1>
      ${view ? this.profile(view) : nothing}
      <nav>
        ${view ? this.openOrClose(view) : nothing} ${view ? this.help(view) : nothing}
        <button class="quiet" @click=${() => this.ask("keys")}>${this.say("keys")}</button>
        ${this.linkTo("/", "all_pages")} ${this.languageSwitch()} ${this.appearanceChoice()}
      </nav>
      <p class="clock">${view ? clock(this.live.now()) : ""}</p>
    </header>`;
  }

  /** The state, and the break that is running or comes within a quarter of an hour. */
  private stateWord(view: ConsoleView): string {
    const word = this.say(`console_${view.state}` as WordKey);
    const rest = breakWords(view, this.live.now(), this.language);
    return rest === "" ? word : `${word} · ${rest}`;
  }

  /** The services of the counter, as letters with their names behind; a button where it may change. */
  private profile(view: ConsoleView): TemplateResult {
    const known = this.options?.services ?? [];
    const mine = view.services.map((id) => known.find((one) => one.id === id));
    const shown = html`${mine.map((one) =>
      one
        ? html`<span class="letter" title=${this.pick(one.name)}>${one.letter}</span>`
        : nothing,
    )}${view.priority === "shared" ? nothing : this.say(`counter_${view.priority}` as WordKey)}`;
    if (view.profiles.length === 0) return html`<p class="second work-now">${shown}</p>`;
    const now = view.profiles.find((one) => one.id === (view.profile ?? null));
    return html`<button
      class="quiet second work-now"
      title=${this.say("move_profile")}
      aria-keyshortcuts=${KEYS.profile}
      @click=${this.once(() => this.do("profile"))}
    >
      ${shown} ${view.profile && now ? this.pick(now.name) : nothing} ${this.say("change_work")}
    </button>`;
  }

  /** Ask a colleague over, or say that one came. */
  private help(view: ConsoleView): TemplateResult {
    const since = view.help_since ?? null;
    return html`<button
      class="quiet ${since === null ? "" : "asked"}"
      aria-keyshortcuts=${KEYS.help}
      @click=${this.once(() => void this.askOrSettle())}
    >
      ${since === null
        ? this.say("move_help")
        : this.say("help_is_asked", { time: clock(since) })}
    </button>`;
  }

  private async askOrSettle(): Promise<void> {
    const method = this.view?.help_since ? "DELETE" : "PUT";
    const done = await send(`${ROOT}/help`, method);
    if (done) await this.live.refresh();
    this.tell(this.say(!done ? "press_lost" : method === "PUT" ? "done_help" : "done_help_came"), !done);
  }

  private openOrClose(view: ConsoleView): TemplateResult {
    const one = (move: "open" | "pause" | "close"): TemplateResult | typeof nothing =>
      view.allowed.includes(move)
        ? html`<button class="quiet" @click=${this.once(() => void this.move(move))}>
            ${this.say(`move_${move}`)}
          </button>`
        : nothing;
    return html`${one("open")} ${one("pause")} ${one("close")}`;
  }

  private whole(view: ConsoleView): TemplateResult {
    const now = this.live.now();
    const shown = { view, now, language: this.language, options: this.options };
    return html`<main>
        <div class="work">
          ${this.managerAsks(view)} ${citizenPanel({ ...shown, story: this.story })}
          ${actionGrid(shown, (action) => this.once(() => this.do(action)))}
          <p class="notice ${this.notice?.fault ? "fault" : ""}" role="status">
            ${this.notice && Date.now() - this.notice.at < NOTICE_MS ? this.notice.text : nothing}
          </p>
        </div>
        ${listPanel(shown, this.tab, {
          choose: (tab) => this.show(tab),
          call: (number) => this.once(() => void this.move("call", { number })),
          resume: (number) => this.once(() => void this.move("resume", { number })),
          reinstate: (id) => this.once(() => void this.reinstate(id)),
        })}
      </main>
      <clerk-dialog
        .kind=${this.dialog}
        .shown=${shown}
        .fault=${this.notice?.fault ? this.notice.text : ""}
        .done=${(ask: Ask | null) => this.answered(ask)}
      ></clerk-dialog>`;
  }

  /** The manager's question stays until the clerk opens the counter or says no. */
  private managerAsks(view: ConsoleView): TemplateResult | typeof nothing {
    if (!view.asked_for || !view.asked_at) return nothing;
    const known = this.options?.services.find((one) => one.id === view.asked_for);
    const service = known ? this.pick(known.name) : view.asked_for;
    return html`<aside class="manager-asks" role="alert">
      <p>${this.say("manager_asks", { service, time: clock(view.asked_at) })}</p>
      <button class="main" @click=${this.once(() => void this.move("open"))}>
        ${this.say("manager_asks_accept")}
      </button>
      <button @click=${this.once(() => void this.move("decline"))}>
        ${this.say("manager_asks_decline")}
      </button>
    </aside>`;
  }

  private show(tab: Tab): void {
    this.tab = tab;
    this.requestUpdate();
  }

  /** A handler for one click: the second half of a double click does nothing. */
  private once(act: () => void): (event: MouseEvent) => void {
    return (event) => {
      if (event.detail <= 1) act();
    };
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    if (this.dialog !== null || !keysOn() || target.closest("input, textarea, select")) {
      return;
    }
    const action = actionOf(event);
    if (action === null) return;
    event.preventDefault();
    this.do(action);
  };

  /** One action by button or key: asks first where a move needs more, refuses what cannot be. */
  private do(action: Action): void {
    const view = this.view;
    if (view === null) return;
    if (action === "help") {
      void this.askOrSettle();
      return;
    }
    const move = action === "outcome" ? "finish" : action;
    if (this.busy) this.keep(action);
    else if (action !== "slip" && !view.allowed.includes(move)) {
      this.waiting = [];
      this.tell(this.say("not_now"), true);
    } else {
      const dialog = ASKS[action];
      if (dialog) this.ask(dialog);
      else void this.move(move);
    }
  }

  /** Keys faster than the server wait in their order; the same key twice is one. What is typed
   * after a key that opens a dialog was meant for the dialog: it is no move. */
  private keep(action: Action): void {
    const last = this.waiting.at(-1);
    if (last !== action && (last === undefined || !ASKS[last])) this.waiting.push(action);
  }

  private ask(dialog: DialogKind): void {
    this.waiting = [];
    this.dialog = dialog;
    this.notice = null;
    this.requestUpdate();
  }

  private answered(ask: Ask | null): void {
    if (ask === null) {
      this.dialog = null;
      this.requestUpdate();
    } else {
      void this.move(ask.move, ask.body);
    }
  }

  /** Make a move with the counter as it is seen here; whatever comes back, show it fresh. */
  private async move(move: string, body: object = {}): Promise<void> {
    const view = this.live.view;
    if (view === null || this.busy) return;
    this.held = view;
    this.busy = true;
    const answer = await press(`${ROOT}/${move}`, { expected_version: view.version, ...body });
    if (answer.kind !== "away") await this.live.refresh();
    this.busy = false;
    const refusal = this.refusal(answer);
    if (refusal === null) this.dialog = null;
    this.tell(refusal ?? this.said(move, answer), refusal !== null);
    if (refusal !== null) this.waiting = [];
    const next = this.waiting.shift();
    if (next !== undefined) this.do(next);
  }

  /** A late-comer back into the old place; no move of the counter, so it needs no version. */
  private async reinstate(id: string): Promise<void> {
    const answer = await press(`/api/v1/tickets/${id}/reinstate`, {});
    if (answer.kind !== "away") await this.live.refresh();
    const refusal = this.refusal(answer);
    this.tell(refusal ?? this.said("reinstate", answer), refusal !== null);
  }

  private said(move: string, answer: Answer): string {
    if (answer.kind === "nobody") return this.say("nobody_waiting");
    const ticket = answer.kind === "done" ? (answer.body as { number?: unknown }) : {};
    const number = typeof ticket.number === "string" ? ticket.number : "";
    return this.say(`done_${move}` as WordKey, { number });
  }

  /** Why a move was not made, in plain words; null where it was. */
  private refusal(answer: Answer): string | null {
    if (answer.kind === "away") return this.say("press_lost");
    if (answer.kind !== "refused") return null;
    const problem: Problem = answer.problem;
    if (problem.code === "stale_version") return this.say("other_window");
    return this.language === "vi" ? problem.title_vi : problem.title;
  }

  private tell(text: string, fault: boolean): void {
    this.notice = { text, fault, at: Date.now() };
    this.requestUpdate();
  }

  private fetchWhatIsMissing(view: ConsoleView | null): void {
    if (view !== null && this.options === null) {
      this.options = { services: [], counters: [], outcomes: [], procedures: [] };
      void loadOptions().then((options) => {
        this.options = options;
        this.requestUpdate();
      });
    }
    const ticket = view?.citizen?.ticket;
    if (ticket === undefined) this.story = null;
    else if (this.story?.ticket !== ticket.id || this.story.version !== ticket.version) {
      const before = this.story?.ticket === ticket.id ? this.story : null;
      this.story = { why: null, notes: [], ...before, ticket: ticket.id, version: ticket.version };
      void loadStory(ticket.id, ticket.version).then((story) => this.take(story));
    }
  }

  /** A story that came late, after the next citizen, is not shown. */
  private take(story: Story | null): void {
    if (story === null || story.ticket !== this.story?.ticket) return;
    if (story.version < this.story.version) return;
    this.story = story;
    this.requestUpdate();
  }
}

applyAppearance(appearance());
staySignedIn();
customElements.define("clerk-dialog", ClerkDialog);
customElements.define("clerk-console", ClerkConsole);
