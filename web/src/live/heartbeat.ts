import type { ClientMessage } from '../api/live';

/**
 * Asks the other side for a sign of life and measures how long it takes. Pure but for its own state: time comes in.
 */
export class Heartbeat {
  private sent: { id: number; atMs: number } | null = null;
  private lastId = 0;
  private rttMs: number | null = null;
  private heardAtMs: number;

  constructor(
    private readonly everyMs: number,
    nowMs: number,
  ) {
    this.heardAtMs = nowMs;
  }

  /** The ping that is due now. */
  ping(nowMs: number): ClientMessage {
    this.lastId += 1;
    this.sent = { id: this.lastId, atMs: nowMs };
    return this.rttMs === null
      ? { type: 'ping', id: this.lastId }
      : { type: 'ping', id: this.lastId, rtt_ms: Math.round(this.rttMs * 10) / 10 };
  }

  /** The round trip that a pong ends; null for one that is late. */
  pong(id: number | string, nowMs: number): number | null {
    if (this.sent?.id !== id) return null;
    this.rttMs = nowMs - this.sent.atMs;
    return this.rttMs;
  }

  heard(nowMs: number): void {
    this.heardAtMs = nowMs;
  }

  /** Nothing came for three beats: the connection is dead, whatever it says. */
  isDead(nowMs: number): boolean {
    return nowMs - this.heardAtMs > 3 * this.everyMs + 500;
  }
}
