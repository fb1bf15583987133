// What is or would be other, one line each: where, before, after.
import { html, type TemplateResult } from "lit";
import type { ChangeLine } from "./admin_contract";
import { labelOf, valueOf } from "./admin_labels";
import { say, type Language } from "./words";

export function changeList(changes: ChangeLine[], language: Language): TemplateResult {
  if (!changes.length) return html`<p>${say(language, "admin_no_changes")}</p>`;
  return html`<p>${say(language, "admin_changes", { n: changes.length })}</p>
    <ul class="changes">
      ${changes.map(
        (one) => html`<li title=${one.where}>
          <b>${labelOf(one.where, language)}</b>:
          <del>${valueOf(one.where, one.before, language)}</del> →
          <ins>${valueOf(one.where, one.after, language)}</ins>
        </li>`,
      )}
    </ul>`;
}
