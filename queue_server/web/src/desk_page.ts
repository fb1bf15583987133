// A page at somebody's desk: a bar with the office's name, the ways to other pages, language, appearance.
import { html, nothing, type TemplateResult } from "lit";
import { ask } from "./asking";
import type { BrandView, Words } from "./contract";
import { Page } from "./page";
import type { WordKey } from "./words";

const BRAND = "/api/v1/brand";

export abstract class DeskPage extends Page {
  private named: Words | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.learnName();
  }

  /** The office's name, or the product's while the server has not said it. */
  protected officeName(): string {
    return this.named ? this.pick(this.named) : this.say("product");
  }

  /** The bar with the ways from here; a page without a heading of its own gives its title. */
  protected deskBar(
    title: WordKey | null,
    ...ways: (TemplateResult | typeof nothing)[]
  ): TemplateResult {
    const brand = html`<span class="brand">${this.officeName()}</span>`;
    return html`<header class="bar">
      ${title ? html`<h1>${brand} <span>${this.say(title)}</span></h1>` : brand}
      <nav>${this.linkTo("/", "all_pages")} ${ways} ${this.languageSwitch()} ${this.appearanceChoice()}</nav>
    </header>`;
  }

  private async learnName(): Promise<void> {
    const got = await ask<BrandView>(BRAND);
    if (got.state === "ready") this.named = got.body.office;
    this.requestUpdate();
  }
}
