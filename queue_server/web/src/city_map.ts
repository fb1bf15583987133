// Draws thousands of offices on a canvas: shapes by their wait, zoom and drag, a press chooses.
import type { OfficeInCity } from "./city_contract";
import { kmBetween, type Place } from "./city_choice";
import type { WaitState } from "./wait_state";

export interface Pin {
  office: OfficeInCity;
  state: WaitState | null;
}

const KM_PER_DEGREE = 111.32;
const MARGIN = 28;
const NEAR_PX = 22;
const NAMES_AT_MOST = 60;
const AROUND = 25;
const ROUND_KM = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500];

/** The window on the plane: what stands in the middle, and pixels for a kilometre. */
interface Window {
  x: number;
  y: number;
  perKm: number;
}

export class CityMap {
  private pins: Pin[] = [];
  private window: Window | null = null;
  private shrink = 1;
  private grabbed: { x: number; y: number; moved: boolean } | null = null;
  private me: Place | null = null;
  private chosen: string | null = null;
  private moved = false;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly onChoose: (office: OfficeInCity | null, at: Place) => void,
    private readonly name: (office: OfficeInCity) => string,
  ) {
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(event.deltaY < 0 ? 1.25 : 0.8, event.offsetX, event.offsetY);
    }, { passive: false });
    canvas.addEventListener("pointerdown", (event) => this.grab(event));
    canvas.addEventListener("pointermove", (event) => this.drag(event));
    canvas.addEventListener("pointerup", (event) => this.release(event));
    new ResizeObserver(() => this.draw()).observe(canvas);
  }

  show(pins: Pin[], me: Place | null, chosen: string | null): void {
    this.pins = pins.filter(({ office }) => office.latitude !== null && office.longitude !== null);
    this.me = me;
    this.chosen = chosen;
    this.draw();
  }

  zoom(factor: number, x = this.canvas.clientWidth / 2, y = this.canvas.clientHeight / 2): void {
    const window = this.window;
    if (window === null) return;
    this.moved = true;
    const perKm = Math.min(400, Math.max(0.05, window.perKm * factor));
    const dx = x - this.canvas.clientWidth / 2;
    const dy = y - this.canvas.clientHeight / 2;
    const moved = 1 / window.perKm - 1 / perKm;
    this.window = { x: window.x + dx * moved, y: window.y + dy * moved, perKm };
    this.draw();
  }

  private km(place: Place): { x: number; y: number } {
    return { x: place.longitude * KM_PER_DEGREE * this.shrink, y: -place.latitude * KM_PER_DEGREE };
  }

  private place(x: number, y: number): Place {
    const window = this.window ?? { x: 0, y: 0, perKm: 1 };
    const east = window.x + (x - this.canvas.clientWidth / 2) / window.perKm;
    const south = window.y + (y - this.canvas.clientHeight / 2) / window.perKm;
    return { longitude: east / KM_PER_DEGREE / this.shrink, latitude: -south / KM_PER_DEGREE };
  }

  private pixel(place: Place): { x: number; y: number } {
    const window = this.window ?? { x: 0, y: 0, perKm: 1 };
    const at = this.km(place);
    return {
      x: this.canvas.clientWidth / 2 + (at.x - window.x) * window.perKm,
      y: this.canvas.clientHeight / 2 + (at.y - window.y) * window.perKm,
    };
  }

  /** All offices in the window, until the reader zooms or drags. */
  private fit(): void {
    if (this.moved || this.pins.length === 0 || this.canvas.clientWidth === 0) return;
    const places = this.around();
    const lats = places.map((one) => one.latitude);
    this.shrink = Math.cos((((Math.min(...lats) + Math.max(...lats)) / 2) * Math.PI) / 180);
    const xs = places.map((one) => this.km(one).x);
    const ys = places.map((one) => this.km(one).y);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const wide = (this.canvas.clientWidth - 2 * MARGIN) / Math.max(right - left, 2);
    const high = (this.canvas.clientHeight - 2 * MARGIN) / Math.max(bottom - top, 2);
    this.window = { x: (left + right) / 2, y: (top + bottom) / 2, perKm: Math.min(wide, high) };
  }

  /** What the window should hold: all offices, or those around a reader whose place is known. */
  private around(): Place[] {
    const places = this.pins.map(({ office }) => placeOf(office));
    const { me } = this;
    if (me === null) return places;
    const nearest = places.sort((a, b) => kmBetween(a, me) - kmBetween(b, me)).slice(0, AROUND);
    return [me, ...nearest];
  }

  private draw(): void {
    this.fit();
    const ratio = devicePixelRatio || 1;
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const paint = this.canvas.getContext("2d");
    if (paint === null || width === 0) return;
    this.canvas.width = width * ratio;
    this.canvas.height = height * ratio;
    paint.setTransform(ratio, 0, 0, ratio, 0, 0);
    const style = getComputedStyle(this.canvas);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    const seen = this.pins.filter(({ office }) => {
      const at = this.pixel(placeOf(office));
      return at.x > -12 && at.y > -12 && at.x < width + 12 && at.y < height + 12;
    });
    const size = seen.length > 800 ? 3 : seen.length > 150 ? 4.5 : 7;
    // The long waits last: what warns is never under what does not.
    for (const state of [null, "on_target", "near_limit", "over_limit"] as const) {
      paint.strokeStyle = paint.fillStyle = colour(COLOURS[state ?? "none"]);
      for (const pin of seen) if (pin.state === state) shape(paint, this.pixel(placeOf(pin.office)), state, size);
    }
    paint.fillStyle = paint.strokeStyle = colour("--ink");
    paint.font = `600 13px ${colour("--family") || "sans-serif"}`;
    // The chosen name first: the others stand where they cover neither name nor pin.
    const first = seen.filter(({ office }) => office.id === this.chosen);
    const names = seen.length <= NAMES_AT_MOST ? [...first, ...seen] : first;
    const taken = names.length > 1 ? seen.map(({ office }) => around(this.pixel(placeOf(office)))) : [];
    for (const { office } of names) this.write(paint, office, taken, colour("--quiet-paper"));
    this.mark(paint);
    this.scale(paint, height);
  }

  private write(
    paint: CanvasRenderingContext2D,
    office: OfficeInCity,
    taken: Box[],
    ground: string,
  ): void {
    const at = this.pixel(placeOf(office));
    const left = at.x > this.canvas.clientWidth / 2;
    const long = paint.measureText(this.name(office)).width;
    const x = left ? at.x - 14 - long : at.x + 14;
    const box = { left: x - 4, right: x + long + 4, top: at.y - 10, bottom: at.y + 10 };
    if (taken.some((other) => overlap(box, other))) return;
    taken.push(box);
    paint.textAlign = "left";
    paint.lineWidth = 4;
    const ink = paint.strokeStyle;
    paint.strokeStyle = ground;
    paint.strokeText(this.name(office), x, at.y + 4);
    paint.strokeStyle = ink;
    paint.fillText(this.name(office), x, at.y + 4);
    if (office.id !== this.chosen) return;
    paint.lineWidth = 3;
    paint.beginPath();
    paint.arc(at.x, at.y, 13, 0, 7);
    paint.stroke();
  }

  /** Where the reader is: a cross, not a pin. */
  private mark(paint: CanvasRenderingContext2D): void {
    if (this.me === null) return;
    const { x, y } = this.pixel(this.me);
    paint.lineWidth = 3;
    paint.beginPath();
    for (const [dx, dy] of [[10, 0], [0, 10]] as const) {
      paint.moveTo(x - dx, y - dy);
      paint.lineTo(x + dx, y + dy);
    }
    paint.stroke();
  }

  private scale(paint: CanvasRenderingContext2D, height: number): void {
    const perKm = this.window?.perKm ?? 1;
    const km = ROUND_KM.filter((one) => one * perKm <= 160).at(-1) ?? 0.5;
    paint.lineWidth = 2;
    paint.textAlign = "left";
    paint.beginPath();
    paint.moveTo(16, height - 22);
    paint.lineTo(16, height - 16);
    paint.lineTo(16 + km * perKm, height - 16);
    paint.lineTo(16 + km * perKm, height - 22);
    paint.stroke();
    paint.fillText(`${km} km`, 24 + km * perKm, height - 13);
  }

  private grab(event: PointerEvent): void {
    this.canvas.setPointerCapture(event.pointerId);
    this.grabbed = { x: event.offsetX, y: event.offsetY, moved: false };
  }

  private drag(event: PointerEvent): void {
    const { grabbed, window } = this;
    if (grabbed === null || window === null) return;
    const [dx, dy] = [event.offsetX - grabbed.x, event.offsetY - grabbed.y];
    if (!grabbed.moved && Math.hypot(dx, dy) < 4) return;
    this.moved = true;
    this.grabbed = { x: event.offsetX, y: event.offsetY, moved: true };
    this.window = { ...window, x: window.x - dx / window.perKm, y: window.y - dy / window.perKm };
    this.draw();
  }

  private release(event: PointerEvent): void {
    const { grabbed } = this;
    this.grabbed = null;
    if (grabbed === null || grabbed.moved) return;
    let best: OfficeInCity | null = null;
    let nearest = NEAR_PX;
    for (const { office } of this.pins) {
      const at = this.pixel(placeOf(office));
      const far = Math.hypot(at.x - event.offsetX, at.y - event.offsetY);
      if (far < nearest) [best, nearest] = [office, far];
    }
    this.onChoose(best, this.place(event.offsetX, event.offsetY));
  }
}

const COLOURS = {
  none: "--edge",
  on_target: "--on-target",
  near_limit: "--near-limit",
  over_limit: "--over-limit",
} as const;

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function around({ x, y }: { x: number; y: number }): Box {
  return { left: x - 8, right: x + 8, top: y - 8, bottom: y + 8 };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function placeOf(office: OfficeInCity): Place {
  return { latitude: office.latitude ?? 0, longitude: office.longitude ?? 0 };
}

/** Filled circle, half circle, filled square, empty circle: the same shapes as everywhere. */
function shape(
  paint: CanvasRenderingContext2D,
  at: { x: number; y: number },
  state: WaitState | null,
  size: number,
): void {
  paint.lineWidth = Math.max(1, size / 3);
  paint.beginPath();
  if (state === "over_limit") {
    paint.fillRect(at.x - size, at.y - size, 2 * size, 2 * size);
    return;
  }
  paint.arc(at.x, at.y, size, 0, 7);
  if (state === "on_target") return paint.fill();
  paint.stroke();
  if (state !== "near_limit") return;
  paint.beginPath();
  paint.arc(at.x, at.y, size, Math.PI / 2, (3 * Math.PI) / 2);
  paint.fill();
}
