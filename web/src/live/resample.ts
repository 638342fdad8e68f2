// Sample rate conversion for streams of any block size.
//
// A polyphase filter over the reduced ratio up/down: output n lies at input position n * down / up, which is kept as a
// whole number of 1/up steps, so phase never drifts however the stream is cut into blocks. Below the lower of the two
// Nyquist rates the filter is flat; above it, it is a Blackman-windowed sinc with over 70 dB of rejection.

const ZERO_CROSSINGS = 16; // on each side: more is sharper and slower
const PASSBAND = 0.9; // of the lower Nyquist rate

export class Resampler {
  private readonly up: number;
  private readonly down: number;
  private readonly taps: number;
  private readonly filters: readonly Float32Array[]; // one for each of the `up` phases
  private rest: Float32Array; // input that later outputs still need
  private position = 0; // of the next output, in 1/up of an input sample from rest[0]

  /** Rates in samples per second. */
  constructor(fromHz: number, toHz: number) {
    const common = greatestCommonDivisor(fromHz, toHz);
    this.up = toHz / common;
    this.down = fromHz / common;
    const half = Math.ceil(ZERO_CROSSINGS * Math.max(1, this.down / this.up));
    this.taps = this.up === this.down ? 1 : 2 * half;
    this.filters = this.taps === 1 ? [] : designFilters(this.up, this.down, half);
    this.rest = new Float32Array(Math.max(0, half - 1) * (this.taps === 1 ? 0 : 1));
  }

  /** The output that `input` completes. The stream is delayed by half the filter, about 1 ms from 48 kHz to 16 kHz. */
  push(input: Float32Array): Float32Array {
    if (this.taps === 1) return input.slice();
    const samples = new Float32Array(this.rest.length + input.length);
    samples.set(this.rest);
    samples.set(input, this.rest.length);
    const last = samples.length - this.taps; // the last place a filter fits in
    const count = last < 0 ? 0 : Math.max(0, Math.floor((last * this.up + this.up - 1 - this.position) / this.down) + 1);
    const output = new Float32Array(count);
    for (let n = 0; n < count; n++) {
      output[n] = this.at(samples, this.position);
      this.position += this.down;
    }
    const used = Math.min(Math.floor(this.position / this.up), samples.length);
    this.position -= used * this.up;
    this.rest = samples.slice(used);
    return output;
  }

  private at(samples: Float32Array, position: number): number {
    const start = Math.floor(position / this.up);
    const filter = this.filters[position - start * this.up] as Float32Array;
    let sum = 0;
    for (let tap = 0; tap < filter.length; tap++) sum += (filter[tap] as number) * (samples[start + tap] as number);
    return sum;
  }
}

function designFilters(up: number, down: number, half: number): Float32Array[] {
  const cutoff = PASSBAND * Math.min(1, up / down); // 1 is the input's Nyquist rate
  return Array.from({ length: up }, (_, phase) => {
    const filter = Float32Array.from({ length: 2 * half }, (_, tap) => {
      const x = tap - (half - 1) - phase / up;
      return cutoff * sinc(cutoff * x) * blackman(x / half);
    });
    const gain = filter.reduce((sum, value) => sum + value, 0);
    return filter.map((value) => value / gain); // every phase passes DC alike, or the ratio would be heard as a tone
  });
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** The Blackman window over -1..1. */
function blackman(x: number): number {
  return Math.abs(x) > 1 ? 0 : 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
