// Three separate numbers of satisfaction, each with what stands behind it; never one from three.
import { html, type TemplateResult } from "lit";
import type { Satisfaction } from "./manager_contract";
import { measured, percent } from "./time";
import { pick, say, type Language, type WordKey } from "./words";

export function satisfactionStrip(said: Satisfaction, language: Language): TemplateResult {
  return html`<section class="satisfaction" aria-labelledby="satisfaction-title">
    <h2 id="satisfaction-title">${say(language, "satisfaction")}</h2>
    <dl>
      ${figure("rating_share", share(said.good_share), rating(said, language), language)}
      ${figure("index54", share(said.index54), index(said, language), language)}
      ${figure("smile_index", smileShare(said, language), smile(said, language), language)}
    </dl>
  </section>`;
}

function figure(key: WordKey, value: string, of: string, language: Language): TemplateResult {
  return html`<div>
    <dt>${say(language, key)}</dt>
    <dd>
      <strong>${value}</strong>
      <span class="second">${of}</span>
    </dd>
  </div>`;
}

function share(value: number | null): string {
  return value === null ? "–" : percent(value);
}

function rating(said: Satisfaction, language: Language): string {
  const { finished, rated } = said;
  if (rated === 0) return say(language, "rating_none", { finished });
  return say(language, "rating_share_of", { finished, rated, response: share(said.response_rate) });
}

function index(said: Satisfaction, language: Language): string {
  const points = said.index54_points === null ? "–" : measured(said.index54_points, language);
  return say(language, said.dossiers ? "index54_of" : "index54_of_visits", {
    points,
    overdue: said.dossiers_overdue ?? 0,
    dossiers: said.dossiers ?? 0,
    low: said.rated_low,
    complaints: said.complaints ?? 0,
  });
}

function smileShare(said: Satisfaction, language: Language): string {
  return said.smile ? percent(said.smile.share) : say(language, "no_camera");
}

function smile(said: Satisfaction, language: Language): string {
  if (!said.smile) return say(language, "no_camera_hint");
  const { n, low, high } = said.smile;
  const words = said.smile_words ? pick(language, said.smile_words) : "";
  return say(language, "smile_of", { n, low: percent(low), high: percent(high), words });
}
