// Recordings of one session, played together on the session's own clock. No React.

export interface Recorded {
  url: string;
  /** Where it begins on the session's clock. */
  startMs: number;
}

interface Track {
  element: HTMLAudioElement;
  startMs: number;
}

const TICK_MS = 120;
const APART_S = 0.15; // between tracks, before one is moved: less is not heard as an echo

export class Replay {
  private readonly tracks: readonly Track[];
  private readonly subscribers = new Set<() => void>();
  private timer: ReturnType<typeof setInterval> | undefined;
  private anchor = { positionMs: 0, atMs: 0 };
  private playing = false;
  private rate = 1;

  constructor(recorded: readonly Recorded[]) {
    this.tracks = recorded.map(({ url, startMs }) => {
      const element = new Audio(url);
      element.preload = 'metadata';
      element.addEventListener('durationchange', () => this.tell());
      return { element, startMs };
    });
  }

  readonly subscribe = (callback: () => void): (() => void) => {
    this.subscribers.add(callback);
    return () => this.subscribers.delete(callback);
  };

  readonly isPlaying = (): boolean => this.playing;

  /** Where the last recording ends, on the session's clock; 0 until that is known. */
  readonly lengthMs = (): number => Math.max(0, ...this.tracks.map((track) => endMs(track) ?? 0));

  positionMs(): number {
    if (!this.playing) return this.anchor.positionMs;
    const leader = this.tracks.find(({ element }) => !element.paused && element.readyState >= 2);
    if (leader !== undefined) return leader.startMs + 1000 * leader.element.currentTime;
    return this.anchor.positionMs + (performance.now() - this.anchor.atMs) * this.rate;
  }

  play(): void {
    if (this.lengthMs() > 0 && this.anchor.positionMs >= this.lengthMs() - 50) this.seek(0);
    this.anchor = { ...this.anchor, atMs: performance.now() };
    this.playing = true;
    this.timer ??= setInterval(() => this.follow(), TICK_MS);
    this.follow();
    this.tell();
  }

  pause(): void {
    this.anchor = { positionMs: this.positionMs(), atMs: performance.now() };
    this.playing = false;
    clearInterval(this.timer);
    this.timer = undefined;
    for (const { element } of this.tracks) element.pause();
    this.tell();
  }

  seek(positionMs: number): void {
    this.anchor = { positionMs, atMs: performance.now() };
    for (const track of this.tracks) {
      const wantedS = (positionMs - track.startMs) / 1000;
      if (wantedS >= 0) track.element.currentTime = wantedS;
      else track.element.pause();
    }
    if (this.playing) this.follow();
    this.tell();
  }

  setRate(rate: number): void {
    this.anchor = { positionMs: this.positionMs(), atMs: performance.now() };
    this.rate = rate;
    for (const { element } of this.tracks) element.playbackRate = rate;
  }

  /** Start, stop and align each track for where the session's clock is. */
  private follow(): void {
    const positionMs = this.positionMs();
    this.anchor = { positionMs, atMs: performance.now() };
    if (this.lengthMs() > 0 && positionMs >= this.lengthMs()) {
      this.pause();
      return;
    }
    for (const track of this.tracks) {
      const wantedS = (positionMs - track.startMs) / 1000;
      const isIn = wantedS >= 0 && positionMs < (endMs(track) ?? Infinity);
      if (!isIn) track.element.pause();
      else if (Math.abs(track.element.currentTime - wantedS) > APART_S) track.element.currentTime = wantedS;
      if (isIn && track.element.paused) track.element.play().catch(() => this.pause());
    }
  }

  private tell(): void {
    for (const subscriber of this.subscribers) subscriber();
  }
}

function endMs({ element, startMs }: Track): number | null {
  return Number.isFinite(element.duration) ? startMs + 1000 * element.duration : null;
}
