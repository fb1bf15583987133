// The office's picture: chosen, made small enough in the browser, shown on pages, papers and kiosks.
import { html, LitElement, nothing, type TemplateResult } from "lit";
import { say, type Language, type WordKey } from "./words";
import "./words_office";

const PLACE = "/api/v1/brand/logo";
const CHANGE = "/api/v1/admin/logo";
const SIDES = [512, 384, 256, 160, 96];
const MOST_BYTES = 48 * 1024;

export class LogoPart extends LitElement {
  static override properties = { language: { attribute: false } };

  declare language: Language;
  private shown = 0;
  private there = false;
  private told: WordKey | null = null;
  changed: () => void = () => undefined;

  protected override createRenderRoot(): this {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.look();
  }

  protected override render(): TemplateResult {
    const { language } = this;
    return html`<p class="row logo">
        ${this.there
          ? html`<img src="${PLACE}?${this.shown}" alt=${say(language, "admin_logo")} />`
          : html`<span class="second">${say(language, "admin_no_logo")}</span>`}
        <label class="button">
          ${say(language, "admin_choose_logo")}
          <input
            class="hidden"
            type="file"
            accept="image/png,image/jpeg,image/webp"
            @change=${(event: Event) => void this.chosen(event)}
          />
        </label>
        ${this.there
          ? html`<button class="quiet" @click=${() => void this.send("DELETE")}>
              ${say(language, "admin_drop_logo")}
            </button>`
          : nothing}
      </p>
      ${this.told ? html`<p class="notice" role="status">${say(language, this.told)}</p>` : nothing}`;
  }

  private async look(): Promise<void> {
    const answer = await fetch(PLACE).catch(() => null);
    this.there = answer?.ok ?? false;
    this.shown += 1;
    this.requestUpdate();
  }

  private async chosen(event: Event): Promise<void> {
    const field = event.target as HTMLInputElement;
    const file = field.files?.[0];
    field.value = "";
    if (!file) return;
    const picture = await small(file);
    if (picture) await this.send("PUT", picture);
    else this.told = "admin_logo_unusable";
    this.requestUpdate();
  }

  private async send(method: string, body?: Blob): Promise<void> {
    const request = body ? { method, body, headers: { "Content-Type": "image/png" } } : { method };
    const answer = await fetch(CHANGE, request).catch(() => null);
    this.told = answer?.ok ? "admin_logo_changed" : "server_away";
    await this.look();
    this.changed();
  }
}

/** The picture as a PNG that the server takes, in the largest size that fits; null if it is none. */
async function small(file: File): Promise<Blob | null> {
  try {
    const picture = await createImageBitmap(file);
    for (const side of SIDES) {
      const scale = Math.min(1, side / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.round(picture.width * scale));
      canvas.height = Math.max(1, Math.round(picture.height * scale));
      canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
      const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
      if (made && made.size <= MOST_BYTES) return made;
    }
  } catch {
    // not a picture that this browser knows
  }
  return null;
}

customElements.define("logo-part", LogoPart);
