// One past day: fetches the board of the minute that is wanted now, and keeps what it had.
import type { ManagerBoardView } from "./manager_contract";
import type { ReplayDay } from "./replay_contract";

export class ReplayedDay {
  view: ManagerBoardView | null = null;
  private wanted = -1;
  private busy = false;
  private readonly had = new Map<number, ManagerBoardView>();

  private constructor(
    private readonly root: string,
    readonly day: string,
    readonly first: number,
    readonly last: number,
    readonly madeUp: boolean,
    private readonly changed: () => void,
    private readonly get: typeof fetch,
  ) {}

  /** The day, once the server has played it; null where it cannot. */
  static async open(
    root: string,
    day: string,
    changed: () => void,
    get: typeof fetch = (...all) => fetch(...all),
  ): Promise<ReplayedDay | null> {
    try {
      const answer = await get(`${root}/${day}`);
      if (!answer.ok) return null;
      const { first, last, made_up: madeUp = false } = (await answer.json()) as ReplayDay;
      return new ReplayedDay(root, day, first, last, madeUp, changed, get);
    } catch {
      return null;
    }
  }

  /** Show this minute, or the nearest of the day; whoever scrubs fast skips what lies between. */
  want(minute: number): void {
    this.wanted = Math.min(Math.max(minute, this.first), this.last);
    const had = this.had.get(this.wanted);
    if (had) this.show(had);
    else void this.fetchWanted();
  }

  private async fetchWanted(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const minute = this.wanted;
    try {
      const answer = await this.get(`${this.root}/${this.day}/board?minute=${minute}`);
      if (answer.ok) this.had.set(minute, (await answer.json()) as ManagerBoardView);
    } catch {
      // Away: the next move of the slider asks again.
    }
    this.busy = false;
    const found = this.had.get(minute);
    if (found) this.show(found);
    if (this.wanted !== minute) this.want(this.wanted);
  }

  private show(view: ManagerBoardView): void {
    this.view = view;
    this.changed();
  }
}
