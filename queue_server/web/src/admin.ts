// Administration: edit, see what would change, save; whoever comes second is told.
import { html, nothing, type TemplateResult } from "lit";
import "./admin_catalogue";
import "./admin_logo";
import { changeList } from "./admin_changes";
import { isSaved, savedUse, savedWork, whereWorkChanges, withoutService } from "./admin_counters";
import type { ChangeLine, RecordView } from "./admin_contract";
import { previewed, record, restarted, saved, settings, type Got, type Row, type Settings } from "./admin_data";
import { LISTS, SECTIONS, type Field } from "./admin_fields";
import { input } from "./admin_forms";
import { kindOf, lineOf } from "./admin_labels";
import { appearance, applyAppearance } from "./choices";
import { DeskPage } from "./desk_page";
import { staySignedIn } from "./session";
import { clock, date } from "./time";
import "./words_office";
import "./words_rules";

const LOOK_AGAIN_MS = 700;

class AdminPage extends DeskPage {
  private now: Settings | null = null;
  /** As the server has them, without what is being edited. */
  private kept: Settings | null = null;
  private log: RecordView[] = [];
  private changes: ChangeLine[] | null = null;
  private state: Got<unknown>["state"] | null = null;
  private detail = "";
  private done = false;
  /** `asked`, `done`, or why the server does not start again. */
  private again = "";

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render(): TemplateResult {
    document.title = `${this.say("admin_title")} · ${this.say("product")}`;
    return html`
      ${this.deskBar(null, this.linkTo("/board", "reports_board"), this.linkTo("/users", "people_title"), this.linkTo("/rules", "rule_title"))}
      <main>
        <h1>${this.say("admin_title")}</h1>
        ${this.now ? this.whole(this.now) : nothing}
      </main>
      ${this.unansweredNotice(this.state, null)}
    `;
  }

  private whole(now: Settings): TemplateResult {
    return html`
      ${this.restartNotice(now)}
      <div class="sections">
        ${SECTIONS.map(
          (one) => html`<section aria-labelledby="s-${one.name}">
            <h2 id="s-${one.name}">${this.say(one.title)}</h2>
            ${one.fields.map(
              (field) => html`<label class="field">
                <span>${this.say(field.label)}</span>
                ${input(now[one.name], field, this.language, (row) => this.edit({ [one.name]: row }))}
              </label>`,
            )}
            ${one.name === "brand"
              ? html`<logo-part .language=${this.language} .changed=${() => void this.reread()}></logo-part>`
              : nothing}
          </section>`,
        )}
      </div>
      ${LISTS.map((one) => this.list(now, one))} ${this.saving()}
      <section aria-labelledby="s-catalogue">
        <h2 id="s-catalogue">${this.say("admin_catalogue")}</h2>
        <catalogue-part .language=${this.language} .changed=${() => void this.reread()}></catalogue-part>
      </section>
      ${this.history()}
    `;
  }

  /** What is saved and does not hold yet, and the one press that lets it hold. */
  private restartNotice(now: Settings): TemplateResult | typeof nothing {
    if (this.again === "asked") return html`<p class="notice" role="status">${this.say("admin_restarting")}</p>`;
    if (this.again === "done" && !now.restart_due) {
      return html`<p class="notice" role="status">${this.say("admin_restarted")}</p>`;
    }
    if (!now.restart_due) return nothing;
    return html`<div class="notice" role="status">
      <p>${this.say("admin_restart")}</p>
      ${this.again && this.again !== "done"
        ? html`<p>${this.say("admin_refused_restart", { detail: this.again })}</p>`
        : nothing}
      <button class="main" @click=${() => void this.restart()}>${this.say("admin_restart_now")}</button>
    </div>`;
  }

  private list(now: Settings, one: (typeof LISTS)[number]): TemplateResult {
    const rows = now[one.name];
    const put = (rows: Row[]): void => this.edit({ [one.name]: rows });
    const named = (row: Row): string => String(row["id"] ?? row["number"] ?? "");
    return html`<section aria-labelledby="s-${one.name}">
      <h2 id="s-${one.name}">${this.say(one.title)}</h2>
      ${one.name === "counters" && this.kept ? whereWorkChanges(now, this.kept, this.language) : nothing}
      <div class="scroll" role="group" tabindex="0" aria-labelledby="s-${one.name}">
        <table>
          <thead>
            <tr>
              ${one.fields.map((field: Field) => html`<th scope="col">${this.say(field.label)}</th>`)}
              <td></td>
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              (row, place) => html`<tr>
                ${one.fields.map(
                  (field: Field) =>
                    html`<td class=${field.kind}>
                      ${this.cell(now, one.name, row, field, (next) => put(rows.map((old, at) => (at === place ? next : old))), named(row) || "+")}
                    </td>`,
                )}
                <td>
                  <button
                    class="quiet"
                    aria-label="${this.say("admin_remove")} ${named(row)}"
                    @click=${() => this.dropRow(now, one.name, place, named(row))}
                  >
                    ✕
                  </button>
                </td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <button @click=${() => put([...rows, { ...one.blank }])}>+ ${this.say("admin_add")}</button>
    </section>`;
  }

  private cell(
    now: Settings,
    list: (typeof LISTS)[number]["name"],
    row: Row,
    field: Field,
    put: (row: Row) => void,
    spoken: string,
  ): TemplateResult {
    if (list === "counters" && this.kept && isSaved(row, this.kept)) {
      if (field.key === "services") return savedWork(row, now, this.kept, put);
      if (field.key === "priority") return savedUse(row, this.language);
    }
    return input(row, field, this.language, put, spoken);
  }

  private dropRow(now: Settings, list: (typeof LISTS)[number]["name"], place: number, id: string): void {
    const change: Partial<Settings> = { [list]: now[list].filter((_, at) => at !== place) };
    if (list === "services") change.counters = withoutService(now.counters, id);
    this.edit(change);
  }

  private saving(): TemplateResult {
    const words =
      this.state === "stale" ? "admin_stale" : this.state === "refused" ? "admin_refused" : null;
    const last = this.log[0];
    return html`<section class="saving" aria-live="polite">
      ${words
        ? html`<p class="notice" role="alert">
            ${this.say(words, { detail: this.detail })}
            ${words === "admin_stale" && last
              ? html`<br />${last.by}, ${clock(last.at)}:
                  ${last.changes.map((line) => lineOf(line, this.language)).join("; ")}
                  <button @click=${() => void this.load()}>${this.say("admin_reload")}</button>`
              : nothing}
          </p>`
        : nothing}
      ${this.done ? html`<p class="notice">${this.say("admin_saved")}</p>` : nothing}
      ${this.changes ? html`<div class="notice">${changeList(this.changes, this.language)}</div>` : nothing}
      <p class="row">
        <button @click=${() => void this.preview()}>${this.say("admin_preview")}</button>
        <button class="main" ?disabled=${!this.changes?.length} @click=${() => void this.save()}>
          ${this.say("admin_save")}
        </button>
      </p>
    </section>`;
  }

  private history(): TemplateResult {
    return html`<section aria-labelledby="s-record">
      <h2 id="s-record">${this.say("admin_record")}</h2>
      <ol class="record">
        ${this.log.map(
          (one) => html`<li>
            <b>#${one.seq} ${date(Date.parse(one.at), this.language)} ${clock(one.at)}</b>, ${one.by}:
            ${kindOf(one.kind, one.what, this.language)}
            ${one.changes.map((line) => html`<small title=${line}>${lineOf(line, this.language)}</small>`)}
          </li>`,
        )}
      </ol>
      ${this.log.length ? nothing : html`<p class="second">${this.say("admin_no_record")}</p>`}
    </section>`;
  }

  private edit(change: Partial<Settings>): void {
    if (this.now) this.now = { ...this.now, ...change };
    this.changes = null;
    this.done = false;
    this.requestUpdate();
  }

  private async preview(): Promise<void> {
    if (!this.now) return;
    const got = await previewed(this.now);
    this.take(got);
    if (got.state === "ready") this.changes = got.body;
    this.requestUpdate();
  }

  private async save(): Promise<void> {
    if (!this.now) return;
    const got = await saved(this.now);
    this.take(got);
    this.changes = null;
    if (got.state === "ready") {
      this.now = this.kept = got.body;
      this.done = true;
    }
    await this.reread();
  }

  private async load(): Promise<void> {
    const got = await settings();
    this.take(got);
    this.changes = null;
    if (got.state === "ready") this.now = this.kept = got.body;
    await this.reread();
  }

  private async restart(): Promise<void> {
    const got = await restarted();
    this.again = got.state === "ready" ? "asked" : got.state === "refused" ? got.detail : this.say("server_away");
    this.requestUpdate();
    while (this.again === "asked") {
      await new Promise((done) => window.setTimeout(done, LOOK_AGAIN_MS));
      const now = await settings();
      if (now.state !== "ready" || now.body.restart_due) continue;
      this.again = "done";
      this.now = this.kept = now.body;
    }
    await this.reread();
  }

  private async reread(): Promise<void> {
    const got = await record();
    if (got.state === "ready") this.log = got.body;
    this.requestUpdate();
  }

  private take(got: Got<unknown>): void {
    this.state = got.state;
    this.detail = got.state === "refused" ? got.detail : "";
    this.done = false;
  }
}

applyAppearance(appearance());
staySignedIn();
customElements.define("admin-page", AdminPage);
