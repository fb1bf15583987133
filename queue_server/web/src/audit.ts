// The chain of events for whoever must vouch for it: signed heads, a check at a press, every event.
import { html, nothing, type TemplateResult } from "lit";
import facts from "../words/event_facts.json";
import kinds from "../words/events.json";
import type { AuditEvent, AuditFact, AuditView, CheckView } from "./audit_contract";
import { appearance, applyAppearance } from "./choices";
import { DeskPage } from "./desk_page";
import { waitMark } from "./marks";
import { staySignedIn } from "./session";
import "./words_audit";

const ADDRESS = "/api/v1/admin/audit";
const PAGE = 100;
type Told = Record<string, { vi: string; en: string } | undefined>;

class AuditPage extends DeskPage {
  private view: AuditView | null = null;
  private events: AuditEvent[] = [];
  private more = false;
  private busy = false;
  private refused: "signed_out" | "not_allowed" | "lost" | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  private async load(): Promise<void> {
    this.view = (await this.ask<AuditView>("")) ?? this.view;
    if (this.view !== null && this.events.length === 0) await this.older();
    this.requestUpdate();
  }

  private async older(): Promise<void> {
    const last = this.events.at(-1);
    const got = await this.ask<AuditEvent[]>(last ? `/events?before=${last.seq}` : "/events");
    this.events = [...this.events, ...(got ?? [])];
    this.more = got?.length === PAGE;
    this.requestUpdate();
  }

  private async check(): Promise<void> {
    this.busy = true;
    this.requestUpdate();
    const check = await this.ask<CheckView>("/check", "POST");
    if (check && this.view) this.view = { ...this.view, check };
    this.busy = false;
    this.requestUpdate();
  }

  private async ask<T>(path: string, method = "GET"): Promise<T | null> {
    try {
      const answer = await fetch(`${ADDRESS}${path}`, { method });
      this.refused = answer.ok ? null : answer.status === 401 ? "signed_out" : answer.status === 403 ? "not_allowed" : "lost";
      return answer.ok ? ((await answer.json()) as T) : null;
    } catch {
      this.refused = "lost";
      return null;
    }
  }

  protected override render(): TemplateResult {
    document.title = `${this.say("audit_title")} · ${this.say("product")}`;
    return html`
      ${this.refused ? this.linkNotice(this.refused, null) : nothing}
      ${this.deskBar("audit_title", this.linkTo("/admin", "admin_title"))}
      <main>${this.view === null ? nothing : this.whole(this.view)}</main>
    `;
  }

  private whole(view: AuditView): TemplateResult {
    return html`
      <section aria-labelledby="chain">
        <h2 id="chain">${this.say("audit_chain")}</h2>
        <p class="second">${this.say("audit_explained")}</p>
        <div class="verdict" role="status" data-state=${view.check === null ? "none" : view.check.ok ? "ok" : "bad"}>
          ${this.verdict(view.check)}
        </div>
        <p>
          <button class="button" ?disabled=${this.busy || view.checking} @click=${() => void this.check()}>
            ${this.say(this.busy || view.checking ? "audit_checking" : "audit_check")}
          </button>
        </p>
      </section>
      <section aria-labelledby="heads">
        <h2 id="heads">${this.say("audit_heads")}</h2>
        <p class="second">${this.say("audit_heads_explained")}</p>
        ${this.secondPlace(view)} ${this.heads(view)}
      </section>
      <section aria-labelledby="events">
        <h2 id="events">${this.say("audit_events", { n: view.newest })}</h2>
        <div class="wide">${this.table()}</div>
        ${this.more
          ? html`<p><button class="button" @click=${() => void this.older()}>${this.say("audit_older")}</button></p>`
          : nothing}
      </section>
    `;
  }

  private verdict(check: CheckView | null): TemplateResult {
    if (check === null) return html`${this.say("audit_not_checked")}`;
    const values = { events: check.events, days: check.days, tickets: check.tickets, at: this.moment(check.at) };
    return check.ok
      ? html`${waitMark("on_target")} <strong>${this.say("audit_whole")}</strong> ${this.say("audit_counts", values)}`
      : html`${waitMark("over_limit")} <strong>${this.say("audit_broken")}</strong> <span>${this.language === "vi" ? check.fault_vi : check.fault}.</span> ${this.say("audit_what_now")}`;
  }

  private secondPlace(view: AuditView): TemplateResult {
    if (view.second_place === null) return html`<p class="warn">${this.say("audit_no_second")}</p>`;
    if (view.second_fault !== null)
      return html`<p class="warn">${this.say("audit_second_fault")} <code>${view.second_fault}</code></p>`;
    return html`<p>${this.say("audit_second")} <code>${view.second_place}</code></p>`;
  }

  private heads(view: AuditView): TemplateResult {
    if (view.anchors.length === 0) return html`<p>${this.say("audit_no_heads")}</p>`;
    return html`
      <div class="wide">
        <table>
          <thead>
            <tr>
              <th scope="col">${this.say("audit_day")}</th>
              <th scope="col" class="figure">${this.say("audit_seq")}</th>
              <th scope="col">${this.say("audit_hash")}</th>
              <th scope="col">${this.say("audit_signed")}</th>
            </tr>
          </thead>
          <tbody>
            ${view.anchors.map(
              (one) => html`<tr>
                <th scope="row">${one.day}</th>
                <td class="figure">${one.seq}</td>
                <td><code title=${one.hash}>${one.hash.slice(0, 16)}…</code></td>
                <td>${this.moment(one.at)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <p><a class="button" href="${ADDRESS}/anchors.jsonl" download>${this.say("audit_download")}</a></p>
      <p class="second">${this.say("audit_key")} <code>${view.public_key}</code></p>
    `;
  }

  private table(): TemplateResult {
    return html`<table>
      <thead>
        <tr>
          <th scope="col" class="figure">${this.say("audit_seq")}</th>
          <th scope="col">${this.say("audit_when")}</th>
          <th scope="col">${this.say("audit_what")}</th>
          <th scope="col">${this.say("audit_who")}</th>
          <th scope="col">${this.say("audit_facts")}</th>
        </tr>
      </thead>
      <tbody>
        ${this.events.map(
          (one) => html`<tr>
            <td class="figure">${one.seq}</td>
            <td class="when">${this.moment(one.at)}</td>
            <th scope="row">${this.kind(one.kind)}</th>
            <td>${one.by ?? (one.counter === null ? "" : this.say("audit_counter", { n: one.counter }))}</td>
            <td class="facts">${one.facts.map((fact) => this.fact(fact))}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  private fact(fact: AuditFact): TemplateResult {
    const field = (facts.fields as Told)[fact.name];
    const value = (facts.values as Record<string, Told>)[fact.name]?.[fact.value];
    return html`<span
      ><span class="second">${field ? this.pick(field) : fact.name}</span> ${value ? this.pick(value) : fact.value}</span
    >`;
  }

  private kind(name: string): string {
    const known = (kinds as Told)[name];
    return known ? this.pick(known) : name;
  }

  private moment(at: string): string {
    const day = new Date(at);
    return day.toLocaleString(this.language === "vi" ? "vi-VN" : "en-GB", {
      timeZone: "Asia/Ho_Chi_Minh",
      dateStyle: "short",
      timeStyle: "medium",
    });
  }
}

applyAppearance(appearance());
staySignedIn();
customElements.define("audit-chain", AuditPage);
