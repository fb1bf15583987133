// Rings and shakes the phone when the number is called; browsers allow sound only after a touch.
const AGAIN_MS = 5_000;
const TIMES = 8;
/** Two rising notes, heard in a noisy room: hertz, and seconds after the start. */
const NOTES: readonly [number, number][] = [
  [784, 0],
  [1047, 0.28],
  [784, 0.7],
  [1047, 0.98],
];
const SHAKE = [400, 150, 400, 150, 700];

export class Chime {
  private audio: AudioContext | null = null;
  private timer = 0;
  private left = 0;

  get armed(): boolean {
    return this.audio !== null;
  }

  get ringing(): boolean {
    return this.left > 0;
  }

  /** Call this from a touch: it rings once, so that the citizen hears that it works. */
  arm(): void {
    this.audio ??= new AudioContext();
    void this.audio.resume();
    void this.stayAwake();
    this.once();
  }

  /** Ring now and again until `stop`, or until it would only annoy. */
  start(told: () => void): void {
    this.stop();
    this.left = TIMES;
    const next = (): void => {
      this.once();
      this.left -= 1;
      if (this.left === 0) window.clearInterval(this.timer);
      told();
    };
    this.timer = window.setInterval(next, AGAIN_MS);
    next();
  }

  stop(): void {
    window.clearInterval(this.timer);
    this.left = 0;
  }

  private once(): void {
    // A phone that cannot shake has no such function; one that may not, answers false.
    navigator.vibrate?.(SHAKE);
    const audio = this.audio;
    if (audio === null) return;
    for (const [hertz, after] of NOTES) {
      const note = audio.createOscillator();
      const volume = audio.createGain();
      const begin = audio.currentTime + after;
      note.frequency.value = hertz;
      volume.gain.setValueAtTime(0.0001, begin);
      volume.gain.exponentialRampToValueAtTime(0.5, begin + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, begin + 0.26);
      note.connect(volume).connect(audio.destination);
      note.start(begin);
      note.stop(begin + 0.3);
    }
  }

  /** A phone that sleeps hears nothing of the call; where it refuses, the page still helps. */
  private async stayAwake(): Promise<void> {
    try {
      await navigator.wakeLock?.request("screen");
    } catch {
      // Battery too low, or the browser does not allow it.
    }
  }
}
