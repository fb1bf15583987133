// Keeps a page on the newest snapshot of a stream, and heals the connection by itself.
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { replaces, retryDelayMs, type Snapshot } from "./newest";

export type Link = "connecting" | "live" | "lost" | "signed_out" | "not_allowed" | "not_found";

/** The server sends `beat` every 15 s: two missed ones are a stall. */
const STALL_MS = 35_000;
/** A restart of the server takes less than this, and is not worth a warning. */
const PATIENCE_MS = 2_000;
const REFUSED: Record<number, Link> = { 401: "signed_out", 403: "not_allowed", 404: "not_found" };

export interface Source {
  stream: string;
  event: string;
  /** The same view as plain JSON, asked for when the stream stalls. */
  snapshot?: string;
}

/** A Lit controller: `view` is the newest snapshot, `link` how well we hear the server. */
export class Live<T extends Snapshot> implements ReactiveController {
  view: T | null = null;
  link: Link = "connecting";
  private source: EventSource | null = null;
  private heardAt = Date.now();
  private viewAt = 0;
  private troubleAt: number | null = null;
  private firstOfStream = true;
  private tries = 0;
  private watchdog = 0;
  private retry = 0;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly from: Source,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.open();
    this.watchdog = window.setInterval(() => this.watch(), 1000);
  }

  hostDisconnected(): void {
    window.clearInterval(this.watchdog);
    window.clearTimeout(this.retry);
    this.source?.close();
  }

  /** The server's time now in milliseconds: its last stamp, and what passed here since. */
  now(): number {
    return this.view === null ? Date.now() : Date.parse(this.view.at) + (Date.now() - this.viewAt);
  }

  /** Ask for the newest snapshot now; while the server is away, what is shown stays. */
  async refresh(): Promise<void> {
    if (!this.from.snapshot) return;
    try {
      const answer = await fetch(this.from.snapshot);
      if (answer.ok) this.answered((await answer.json()) as T);
    } catch {
      // Away: the stream notices by itself.
    }
  }

  private open(): void {
    this.source?.close();
    this.heardAt = Date.now();
    this.firstOfStream = true;
    this.source = new EventSource(this.from.stream);
    this.source.addEventListener(this.from.event, (event) => {
      this.take(JSON.parse((event as MessageEvent<string>).data) as T, this.firstOfStream);
      this.firstOfStream = false;
    });
    this.source.addEventListener("beat", () => this.heard());
    this.source.addEventListener("error", () => this.trouble());
  }

  /** A snapshot that was asked for is newer data, but only the stream makes the page live. */
  answered(next: T): void {
    if (replaces(this.view, next)) this.show(next);
  }

  /** A stream's first snapshot always counts: a restored server may start at a smaller seq. */
  private take(next: T, first: boolean): void {
    this.heard();
    if (first || replaces(this.view, next)) this.show(next);
  }

  private heard(): void {
    this.heardAt = Date.now();
    this.troubleAt = null;
    this.tries = 0;
    this.become("live");
  }

  private trouble(): void {
    this.troubleAt ??= Date.now();
    this.firstOfStream = true;
    if (this.source?.readyState === EventSource.CLOSED) void this.again();
  }

  private watch(): void {
    const silent = Date.now() - this.heardAt > STALL_MS;
    const troubled = this.troubleAt !== null && Date.now() - this.troubleAt > PATIENCE_MS;
    if ((silent || troubled) && (this.link === "live" || this.link === "connecting")) {
      this.become("lost");
    }
    if (silent) void this.again();
  }

  /** Ask once over plain HTTP what is wrong, show what it answers, then open the stream anew. */
  private async again(): Promise<void> {
    this.source?.close();
    this.heardAt = Date.now();
    window.clearTimeout(this.retry);
    this.retry = window.setTimeout(() => this.open(), retryDelayMs(this.tries++, Math.random()));
    const abort = new AbortController();
    try {
      const answer = await fetch(this.from.snapshot ?? this.from.stream, { signal: abort.signal });
      const refused = REFUSED[answer.status];
      if (refused) this.become(refused);
      if (answer.ok && this.from.snapshot) this.answered((await answer.json()) as T);
    } catch {
      // Away: the stream's own next try decides.
    } finally {
      abort.abort();
    }
  }

  private show(next: T): void {
    this.view = next;
    this.viewAt = Date.now();
    this.host.requestUpdate();
  }

  private become(link: Link): void {
    if (this.link === link) return;
    this.link = link;
    this.host.requestUpdate();
  }
}
