// What waits to be played, between a socket that delivers in bursts and a sound card that never waits.
//
// 1. Playing starts once PREBUFFER_MS are there, or once what is there was not added to for as long (a short tail).
// 2. It stops when nothing is left, and starts anew by rule 1.
// 3. A flush fades out what is next and drops the rest.
// Positions count ms of voice since the beginning: `pushedMs` of what arrived, `playedMs` of what is gone, played or
// dropped. So whatever was tied to a place in the voice (mouth, words) stays in its place.
import { fromPcm16 } from './pcm';
import { Resampler } from './resample';

export const PREBUFFER_MS = 60;
export const FADE_MS = 8;

export class PlayerBuffer {
  private readonly blocks: Float32Array[] = [];
  private resampler: Resampler;
  private offset = 0; // into blocks[0]
  private buffered = 0;
  private received = 0; // samples at fromHz
  private pushed = 0; // samples at toHz
  private waited = 0; // samples asked for since the last push, while not playing
  private playing = false;

  /** Voice comes at `fromHz` and is played at `toHz`. */
  constructor(
    private readonly fromHz: number,
    private readonly toHz: number,
  ) {
    this.resampler = new Resampler(fromHz, toHz);
  }

  get pushedMs(): number {
    return this.ms(this.pushed);
  }

  get playedMs(): number {
    return this.ms(this.pushed - this.buffered);
  }

  get isPlaying(): boolean {
    return this.playing;
  }

  push(pcm: Int16Array): void {
    this.received += pcm.length;
    this.append(this.resampler.push(fromPcm16(pcm)));
    this.waited = 0;
  }

  /** Fill `output` with what is next; silence where there is nothing. True if any voice is in it. */
  pull(output: Float32Array): boolean {
    output.fill(0);
    if (!this.playing && !this.ready(output.length)) return false;
    this.playing = true;
    const count = this.take(output);
    if (this.buffered > 0) return true;
    this.playing = false;
    fadeOut(output.subarray(0, count), Math.min(count, this.samples(2))); // no click where a stream ends in mid-wave
    return count > 0;
  }

  /** Drop what is not played yet; what is sounding fades out within FADE_MS. */
  flush(): void {
    const tail = new Float32Array(this.playing ? Math.min(this.buffered, this.samples(FADE_MS)) : 0);
    this.take(tail);
    this.blocks.length = 0;
    this.offset = 0;
    this.buffered = 0;
    this.resampler = new Resampler(this.fromHz, this.toHz);
    this.pushed = Math.round((this.received * this.toHz) / this.fromHz); // with what the old filter still held
    if (tail.length === 0) {
      this.playing = false;
      return;
    }
    fadeOut(tail, tail.length);
    this.blocks.push(tail);
    this.buffered = tail.length; // the fade is played last, so `playedMs` is late by it and no more
  }

  private ready(asked: number): boolean {
    if (this.buffered === 0) return false;
    this.waited += asked;
    return this.buffered >= this.samples(PREBUFFER_MS) || this.waited >= this.samples(PREBUFFER_MS);
  }

  private append(block: Float32Array): void {
    if (block.length === 0) return;
    this.blocks.push(block);
    this.buffered += block.length;
    this.pushed += block.length;
  }

  private take(output: Float32Array): number {
    let filled = 0;
    while (filled < output.length) {
      const block = this.blocks[0];
      if (block === undefined) break;
      const piece = block.subarray(this.offset, this.offset + output.length - filled);
      output.set(piece, filled);
      filled += piece.length;
      this.offset += piece.length;
      if (this.offset === block.length) {
        this.blocks.shift();
        this.offset = 0;
      }
    }
    this.buffered -= filled;
    return filled;
  }

  private samples(ms: number): number {
    return Math.round((ms * this.toHz) / 1000);
  }

  private ms(samples: number): number {
    return (1000 * samples) / this.toHz;
  }
}

function fadeOut(samples: Float32Array, length: number): void {
  const start = samples.length - length;
  for (let i = 0; i < length; i++) samples[start + i] = (samples[start + i] as number) * (1 - (i + 1) / length);
}
