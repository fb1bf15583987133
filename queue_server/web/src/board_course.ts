// The course of the day as a chart: arrivals and what was expected, waits against both targets.
import { html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import type uPlot from "uplot";
import type { BoardTargets } from "./contract";
import { courseChart, courseData } from "./course_chart";
import type { DayCourse } from "./manager_contract";
import { clock, measured } from "./time";
import { pick, say, type Language, type WordKey } from "./words";

const KEYS: readonly { key: WordKey; shape: string }[] = [
  { key: "course_arrived", shape: "bars" },
  { key: "course_expected", shape: "dashes" },
  { key: "course_mean", shape: "thick" },
  { key: "course_p90", shape: "dots" },
];

/** `<day-course>`: draws itself anew when its data, the language, its size or the theme change. */
export class DayCourseChart extends LitElement {
  static override properties = {
    course: { attribute: false },
    targets: { attribute: false },
    now: { attribute: false },
    language: { attribute: false },
  };
  declare course: DayCourse;
  declare targets: BoardTargets;
  declare now: number | null;
  declare language: Language;
  private plot: uPlot | null = null;
  private drawn = "";
  private readonly sizes = new ResizeObserver(() => this.draw(true));
  private readonly themes = new MutationObserver(() => this.draw(true));

  protected override createRenderRoot(): this {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
    this.themes.disconnect();
    this.plot?.destroy();
    this.plot = null;
    this.drawn = "";
  }

  protected override render(): TemplateResult {
    const { course, language } = this;
    const expected = Boolean(course.demand_words);
    return html`<section class="course" aria-labelledby="course-title">
      <h2 id="course-title">${say(language, "course")}</h2>
      <ul class="keys">
        ${KEYS.filter(({ key }) => expected || key !== "course_expected").map(
          ({ key, shape }) => html`<li><i class=${shape}></i>${say(language, key)}</li>`,
        )}
        <li class="note">${this.note()}</li>
      </ul>
      <div class="plot" role="img" aria-label=${courseWords(course, language)}></div>
      <details>
        <summary>${say(language, "course_table")}</summary>
        ${courseTable(course, language)}
      </details>
    </section>`;
  }

  private note(): string {
    const words = this.course.demand_words ?? null;
    return words ? pick(this.language, words) : say(this.language, "demand_none");
  }

  protected override firstUpdated(): void {
    const place = this.querySelector(".plot");
    if (place) this.sizes.observe(place);
    this.themes.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    window
      .matchMedia("(prefers-color-scheme: dark)")
      .addEventListener("change", () => this.draw(true));
  }

  protected override updated(_: PropertyValues): void {
    this.draw(false);
  }

  /** Draw at most once for the same figures: the page itself ticks every second. */
  private draw(anew: boolean): void {
    const place = this.querySelector<HTMLElement>(".plot");
    if (!place || place.clientWidth === 0) return;
    const mark = JSON.stringify([this.course, this.language, Math.floor((this.now ?? 0) / 60_000)]);
    if (!anew && mark === this.drawn) return;
    this.drawn = mark;
    if (!anew && this.plot) {
      this.plot.setData(courseData(this.course));
      return;
    }
    this.plot?.destroy();
    this.plot = courseChart(place, {
      course: this.course,
      targets: this.targets,
      now: () => this.now,
      words: (key) => say(this.language, key, { n: this.course.slot_min }),
    });
  }
}

/** The chart in one sentence, for who cannot see it. */
export function courseWords(course: DayCourse, language: Language): string {
  const arrived = course.slots.reduce((sum, slot) => sum + slot.arrived, 0);
  const busiest = course.slots.reduce((most, slot) => (slot.arrived > most.arrived ? slot : most));
  if (arrived === 0) return say(language, "course_empty");
  return say(language, "course_said", {
    from: clock(course.slots[0]?.at ?? course.opens_at),
    to: clock(course.closes_at),
    arrived,
    most: busiest.arrived,
    n: course.slot_min,
    at: clock(busiest.at),
  });
}

function courseTable(course: DayCourse, language: Language): TemplateResult {
  const minutes = (value: number | null): string =>
    value === null ? "–" : measured(value, language);
  const heads: WordKey[] = [
    "course_time",
    "course_arrived",
    "course_expected",
    "course_called",
    "course_mean",
    "course_p90",
  ];
  return html`<table>
    <thead>
      <tr>
        ${heads.map((key) => html`<th scope="col">${say(language, key)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${course.slots.map(
        (slot) =>
          html`<tr>
            <th scope="row">${clock(slot.at)}</th>
            <td>${slot.arrived}</td>
            <td>${minutes(slot.expected ?? null)}</td>
            <td>${slot.called}</td>
            <td>${minutes(slot.mean_wait_min)}</td>
            <td>${minutes(slot.p90_wait_min)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

if (!customElements.get("day-course")) customElements.define("day-course", DayCourseChart);
