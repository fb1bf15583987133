// Draws the course of a day with uPlot: bars for people, lines for minutes, both targets dashed.
import uPlot from "uplot";
import type { BoardTargets } from "./contract";
import type { DayCourse } from "./manager_contract";
import { clock } from "./time";
import type { WordKey } from "./words";

export interface Drawing {
  course: DayCourse;
  targets: BoardTargets;
  now: () => number | null;
  words: (key: WordKey) => string;
}

const HOUR_S = 3600;

/** Columns: time, arrived, low, high, expected, mean wait, P90; times are middles of the slots. */
export function courseData(course: DayCourse): uPlot.AlignedData {
  const half = (course.slot_min * 60) / 2;
  const slots = course.slots;
  return [
    slots.map((slot) => Date.parse(slot.at) / 1000 + half),
    slots.map((slot) => slot.arrived),
    slots.map((slot) => slot.low ?? null),
    slots.map((slot) => slot.high ?? null),
    slots.map((slot) => slot.expected ?? null),
    slots.map((slot) => slot.mean_wait_min),
    slots.map((slot) => slot.p90_wait_min),
  ];
}

/** Draw into `place`, as large as it is. */
export function courseChart(place: HTMLElement, drawing: Drawing): uPlot {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const letters = parseFloat(style.fontSize);
  const font = `${Math.round(letters * 0.87)}px ${style.fontFamily}`;
  const axis = { stroke: colour("quiet-ink"), font, ticks: { show: false } };
  const { course } = drawing;
  const from = Date.parse(course.slots[0]?.at ?? course.opens_at) / 1000;
  const to = Date.parse(course.slots.at(-1)?.at ?? course.closes_at) / 1000 + course.slot_min * 60;
  const options: uPlot.Options = {
    width: place.clientWidth,
    height: place.clientHeight,
    legend: { show: false },
    cursor: { show: false },
    padding: [letters * 0.6, 0, 0, 0],
    scales: {
      x: { time: true, range: [from, to] },
      people: { range: (_plot, _low, high) => [0, Math.max(4, (high || 0) * 1.1)] },
      min: {
        range: (_plot, _low, high) => [0, Math.max(drawing.targets.limit_min * 1.25, high || 0)],
      },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: letters * 2,
        space: letters * 4,
        incrs: [HOUR_S, 2 * HOUR_S, 3 * HOUR_S],
        splits: () => hours(from, to, place.clientWidth / letters),
        values: (_plot, splits) => splits.map((at) => clock(at * 1000)),
      },
      {
        ...axis,
        scale: "people",
        size: letters * 3,
        grid: { stroke: colour("line"), width: 1 },
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500],
        label: drawing.words("course_per"),
        labelFont: font,
        labelSize: letters * 1.6,
      },
      {
        ...axis,
        scale: "min",
        side: 1,
        size: letters * 3,
        grid: { show: false },
        splits: () => [0, drawing.targets.good_min, drawing.targets.limit_min],
        label: drawing.words("minutes"),
        labelFont: font,
        labelSize: letters * 1.6,
      },
    ],
    series: [{}, ...series(colour, letters)],
    bands: [{ series: [3, 2], fill: `${colour("brand")}2e` }],
    hooks: { drawClear: [(plot) => targetLines(plot, drawing, colour)] },
  };
  return new uPlot(options, courseData(course), place);
}

function series(colour: (name: string) => string, letters: number): uPlot.Series[] {
  const thin = Math.max(1, letters / 12);
  const bars = uPlot.paths.bars?.({ size: [0.72, 60] });
  const line = { scale: "min", spanGaps: true };
  const expected = { scale: "people", points: { show: false } };
  return [
    {
      scale: "people",
      fill: `${colour("edge")}99`,
      points: { show: false },
      ...(bars ? { paths: bars } : {}),
    },
    { ...expected, width: 0, stroke: "transparent" },
    { ...expected, width: 0, stroke: "transparent" },
    { ...expected, width: 1.5 * thin, stroke: colour("brand"), dash: [6 * thin, 4 * thin] },
    {
      ...line,
      width: 2.5 * thin,
      stroke: colour("ink"),
      points: { show: true, size: 5 * thin, fill: colour("ink") },
    },
    {
      ...line,
      width: 1.5 * thin,
      stroke: colour("near-limit"),
      dash: [2 * thin, 3 * thin],
      points: { show: true, size: 5 * thin, fill: colour("paper"), stroke: colour("near-limit") },
    },
  ];
}

/** Whole hours of the day that have room for their letters. */
function hours(from: number, to: number, widthInLetters: number): number[] {
  const step = ((to - from) / HOUR_S) * 5 > widthInLetters ? 2 * HOUR_S : HOUR_S;
  const found: number[] = [];
  for (let at = Math.ceil(from / HOUR_S) * HOUR_S; at <= to; at += step) found.push(at);
  return found;
}

/** Both targets as dashed lines with their shapes' colours, and the present as an upright line. */
function targetLines(plot: uPlot, drawing: Drawing, colour: (name: string) => string): void {
  const { ctx, bbox } = plot;
  const straight = (x0: number, y0: number, x1: number, y1: number, stroke: string): void => {
    ctx.beginPath();
    ctx.strokeStyle = stroke;
    ctx.moveTo(x0, y0);
    ctx.lineTo(x1, y1);
    ctx.stroke();
  };
  ctx.save();
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([8 * devicePixelRatio, 5 * devicePixelRatio]);
  const targets: [number, string][] = [
    [drawing.targets.good_min, "on-target"],
    [drawing.targets.limit_min, "over-limit"],
  ];
  for (const [minutes, name] of targets) {
    const y = plot.valToPos(minutes, "min", true);
    straight(bbox.left, y, bbox.left + bbox.width, y, colour(name));
  }
  const now = drawing.now();
  if (now !== null) {
    ctx.setLineDash([]);
    const x = plot.valToPos(now / 1000, "x", true);
    if (x >= bbox.left && x <= bbox.left + bbox.width) {
      straight(x, bbox.top, x, bbox.top + bbox.height, colour("brand"));
    }
  }
  ctx.restore();
}
