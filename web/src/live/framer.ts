import { level, toPcm16 } from './pcm';
import { Resampler } from './resample';

export interface MicrophoneFrame {
  pcm: Int16Array<ArrayBuffer>;
  /** Root mean square of the frame, 0..1. */
  rms: number;
}

/** Cuts a microphone's stream into whole frames of PCM16 at the rate that is sent. */
export class Framer {
  private readonly resampler: Resampler;
  private readonly frame: Float32Array;
  private filled = 0;

  constructor(fromHz: number, toHz: number, frameMs: number) {
    this.resampler = new Resampler(fromHz, toHz);
    this.frame = new Float32Array((toHz * frameMs) / 1000);
  }

  /** The frames that `block` completes. */
  push(block: Float32Array): MicrophoneFrame[] {
    const done: MicrophoneFrame[] = [];
    let samples = this.resampler.push(block);
    while (this.filled + samples.length >= this.frame.length) {
      const fit = this.frame.length - this.filled;
      this.frame.set(samples.subarray(0, fit), this.filled);
      done.push({ pcm: toPcm16(this.frame), rms: level(this.frame) });
      samples = samples.subarray(fit);
      this.filled = 0;
    }
    this.frame.set(samples, this.filled);
    this.filled += samples.length;
    return done;
  }
}
