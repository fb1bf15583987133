// The devices as a quiet strip: one sentence when all is well, names when it is not.
import { html, type TemplateResult } from "lit";
import type { BoardDevice } from "./contract";
import { clock } from "./time";
import { say, sayState, type Language } from "./words";

/** What a printer may say of its paper that somebody should know. */
const PAPER = ["out", "near_end"];

export function deviceStrip(devices: BoardDevice[], language: Language): TemplateResult {
  const troubled = devices.filter((device) => !device.online || warns(device));
  return html`<section class="devices">
    <h2>${say(language, "devices")}</h2>
    ${troubled.length === 0
      ? html`<p>${say(language, "all_devices_well", { n: devices.length })}</p>`
      : html`<ul>
          ${devices.map((device) => item(device, language))}
        </ul>`}
  </section>`;
}

function item(device: BoardDevice, language: Language): TemplateResult {
  return html`<li class=${standing(device)}>
    <strong>${device.id}</strong> <span>${words(device, language)}</span>
  </li>`;
}

/** Who was never heard is not installed yet, or a page in a browser: no fault to be marked. */
function standing(device: BoardDevice): "never" | "offline" | "warns" | "well" {
  if (!device.online) return device.seen_at === null ? "never" : "offline";
  return warns(device) ? "warns" : "well";
}

function words(device: BoardDevice, language: Language): string {
  if (!device.online && device.seen_at === null) return say(language, "device_never");
  if (!device.online) return say(language, "device_offline", { time: clock(device.seen_at ?? "") });
  if (!warns(device)) return say(language, "device_online");
  const paper = paperWarns(device) ? [sayState(language, "paper", device.paper ?? "")] : [];
  const printer = printerWarns(device) ? [sayState(language, "printer", device.printer ?? "")] : [];
  return [...paper, ...printer, ...(device.detail ? [device.detail] : [])].join(". ");
}

/** What a device says is wrong with it, in its own words, is a warning as much as its paper. */
function warns(device: BoardDevice): boolean {
  return paperWarns(device) || printerWarns(device) || Boolean(device.detail);
}

/** A fault of the printer other than its paper, which is said already. */
function printerWarns(device: BoardDevice): boolean {
  return !["ready", "paper_out"].includes(device.printer ?? "ready");
}

function paperWarns(device: BoardDevice): boolean {
  return PAPER.includes(device.paper ?? "");
}
