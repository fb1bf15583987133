// The calling rules: edit, try on the last working day, look at the figures, then save.
import { html, nothing, type TemplateResult } from "lit";
import { changeList } from "./admin_changes";
import type { ChangeLine } from "./admin_contract";
import type { Got } from "./admin_data";
import { appearance, applyAppearance } from "./choices";
import type { ServiceView } from "./contract";
import { DeskPage } from "./desk_page";
import type { RulesTrial } from "./replay_contract";
import { rulesChanges } from "./rules_changes";
import { countersTable, othersList, type CountersForm } from "./rules_counters";
import { rulesNow, savedRules, tried, type CounterRules, type RulesNow } from "./rules_data";
import { rulesForm } from "./rules_form";
import { trialResult } from "./rules_trial";
import { staySignedIn } from "./session";
import "./words_rules";

class RulesPage extends DeskPage {
  private base: RulesNow | null = null;
  private wanted: RulesNow | null = null;
  private theirs: RulesNow | null = null;
  private services: ServiceView[] = [];
  private trial: RulesTrial | null = null;
  private busy = false;
  private weights = false;
  private done = false;
  private got: Got<unknown> | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  protected override render(): TemplateResult {
    document.title = `${this.say("rule_title")} · ${this.say("product")}`;
    const state = this.got?.state;
    return html`
      ${this.deskBar(null, this.linkTo("/board", "reports_board"), this.linkTo("/admin", "admin_title"))}
      <main>
        <h1>${this.say("rule_title")}</h1>
        <p class="second lead">${this.say("rule_lead")}</p>
        ${this.wanted ? this.whole(this.wanted) : nothing}
      </main>
      ${this.unansweredNotice(state, null)}
    `;
  }

  private whole(wanted: RulesNow): TemplateResult {
    const form: CountersForm = {
      counters: wanted.counters,
      services: this.services,
      weights: this.weights || wanted.counters.some((one) => one.profile.some((e) => e.weight !== 1)),
      language: this.language,
      edit: (counter) => this.editCounter(counter),
    };
    return html`
      ${rulesForm(wanted.rules, this.language, (rules) => this.edit({ ...wanted, rules }))}
      <section aria-labelledby="s-counters">
        <h2 id="s-counters">${this.say("rule_counters")}</h2>
        <p class="second">${this.say("rule_counters_hint")}</p>
        ${countersTable(form)}
        <label class="tick">
          <input type="checkbox" .checked=${form.weights} @change=${() => this.toggleWeights()} />
          ${this.say("rule_show_weights")}
        </label>
      </section>
      <section aria-labelledby="s-others">
        <h2 id="s-others">${this.say("rule_others")}</h2>
        <p class="second">${this.say("rule_others_hint")}</p>
        ${othersList(form)}
      </section>
      ${this.trial
        ? html`<section aria-labelledby="s-trial" class="result">
            <h2 id="s-trial" tabindex="-1">${this.say("rule_result")}</h2>
            ${trialResult(this.trial, this.services, this.language)}
          </section>`
        : nothing}
      ${this.saving(this.changes())}
    `;
  }

  private saving(changes: ChangeLine[]): TemplateResult {
    const next = !changes.length
      ? "rule_nothing"
      : this.trial
        ? "rule_ready"
        : "rule_try_first";
    return html`<section class="saving">
      <div aria-live="polite">
        ${this.refusal()} ${this.done ? html`<p class="notice">${this.say("rule_saved")}</p>` : nothing}
        ${changes.length
          ? html`<details class="notice">
              <summary>${this.say("admin_changes", { n: changes.length })}</summary>
              ${changeList(changes, this.language)}
            </details>`
          : nothing}
      </div>
      <p class="row">
        <button ?disabled=${this.busy || !changes.length} @click=${() => void this.try()}>
          ${this.say(this.busy ? "rule_trying" : "rule_try")}
        </button>
        <button
          class="main"
          ?disabled=${this.busy || !changes.length || !this.trial}
          @click=${() => void this.save()}
        >
          ${this.say("rule_save")}
        </button>
        <span class="second">${this.say(next)}</span>
      </p>
    </section>`;
  }

  private refusal(): TemplateResult | typeof nothing {
    if (this.theirs && this.base) return this.conflict(this.base, this.theirs);
    if (this.got?.state !== "refused") return nothing;
    const words =
      this.got.code === "rules_untried"
        ? this.say("rule_try_again")
        : this.say("admin_refused", { detail: this.got.detail });
    return html`<p class="notice" role="alert">${words}</p>`;
  }

  /** Somebody else saved first: what they changed, and whose rules go on from here. */
  private conflict(base: RulesNow, theirs: RulesNow): TemplateResult {
    const changes = rulesChanges(base, theirs, this.letters(), this.language);
    return html`<div class="notice" role="alert">
      <p>${this.say("rule_conflict")}</p>
      ${changeList(changes, this.language)}
      <p class="row">
        <button @click=${() => this.goOn(theirs, theirs)}>${this.say("rule_take_theirs")}</button>
        <button @click=${() => this.goOn(theirs, this.wanted ?? theirs)}>
          ${this.say("rule_keep_mine")}
        </button>
      </p>
    </div>`;
  }

  private letters(): Map<string, string> {
    return new Map(this.services.map((one) => [one.id, one.letter]));
  }

  private changes(): ChangeLine[] {
    if (!this.base || !this.wanted) return [];
    return rulesChanges(this.base, this.wanted, this.letters(), this.language);
  }

  private toggleWeights(): void {
    this.weights = !this.weights;
    this.requestUpdate();
  }

  /** A trial says nothing of what was edited after it. */
  private edit(wanted: RulesNow): void {
    this.wanted = wanted;
    this.trial = null;
    this.done = false;
    if (this.got?.state === "refused") this.got = null;
    this.requestUpdate();
  }

  private editCounter(counter: CounterRules): void {
    if (!this.wanted) return;
    const counters = this.wanted.counters.map((one) =>
      one.number === counter.number ? counter : one,
    );
    this.edit({ ...this.wanted, counters });
  }

  /** Over the rules `over` that hold now, with `wanted` in the form. */
  private goOn(over: RulesNow, wanted: RulesNow): void {
    this.base = over;
    this.theirs = null;
    this.got = null;
    this.edit({ ...wanted, hash: over.hash });
  }

  private async load(): Promise<void> {
    const [got, services] = await Promise.all([rulesNow(), offered()]);
    this.services = services;
    this.got = got;
    if (got.state === "ready") this.goOn(got.body, got.body);
    this.requestUpdate();
  }

  private async try(): Promise<void> {
    const { wanted } = this;
    if (!wanted) return;
    const got = await this.waiting(tried(wanted));
    // Whoever edited while it ran has not seen the result of that yet.
    if (got.state === "ready" && wanted === this.wanted) this.trial = got.body;
    await this.updateComplete;
    this.querySelector<HTMLElement>("#s-trial")?.focus();
  }

  private async save(): Promise<void> {
    if (!this.wanted || !this.trial) return;
    const got = await this.waiting(savedRules(this.wanted, this.trial.trial));
    if (got.state === "ready") {
      this.goOn(got.body, got.body);
      this.done = true;
    } else if (got.state === "stale") {
      const now = await rulesNow();
      if (now.state === "ready") this.theirs = now.body;
    }
    if (got.state !== "away") this.trial = null;
    this.requestUpdate();
  }

  private async waiting<T>(asked: Promise<Got<T>>): Promise<Got<T>> {
    this.busy = true;
    this.done = false;
    this.requestUpdate();
    const got = await asked;
    this.busy = false;
    this.got = got;
    this.requestUpdate();
    return got;
  }
}

/** Letters and names of the services; without them the page shows their ids. */
async function offered(): Promise<ServiceView[]> {
  try {
    const answer = await fetch("/api/v1/services");
    return answer.ok ? ((await answer.json()) as ServiceView[]) : [];
  } catch {
    return [];
  }
}

applyAppearance(appearance());
staySignedIn();
customElements.define("rules-page", RulesPage);
