import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Resampler } from './resample';

function tone(hz: number, rateHz: number, seconds: number): Float32Array {
  return Float32Array.from({ length: Math.round(rateHz * seconds) }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rateHz));
}

function inBlocks(resampler: Resampler, input: Float32Array, lengths: readonly number[]): number[] {
  const output: number[] = [];
  let at = 0;
  for (let n = 0; at < input.length; n++) {
    const length = lengths[n % lengths.length] as number;
    output.push(...resampler.push(input.subarray(at, at + length)));
    at += length;
  }
  return output;
}

/** Root mean square of the settled middle, in dB against a full tone. */
function gainDb(samples: readonly number[]): number {
  const settled = samples.slice(samples.length >> 2, -(samples.length >> 2));
  const power = settled.reduce((sum, value) => sum + value * value, 0) / settled.length;
  return 10 * Math.log10(2 * power + 1e-20);
}

const RATES = [
  [48_000, 16_000],
  [44_100, 16_000],
  [24_000, 48_000],
  [24_000, 44_100],
] as const;

test.each(RATES)('a voice passes unchanged from %i to %i Hz', (from, to) => {
  for (const hz of [100, 1_000, 6_000]) {
    expect(gainDb(inBlocks(new Resampler(from, to), tone(hz, from, 0.5), [128]))).toBeCloseTo(0, 1);
  }
});

test.each([48_000, 44_100])('what 16 kHz cannot carry is taken out before it folds back, from %i Hz', (from) => {
  for (const hz of [9_000, 12_000, 15_000, 20_000]) {
    expect(gainDb(inBlocks(new Resampler(from, 16_000), tone(hz, from, 0.5), [128]))).toBeLessThan(-60);
  }
});

test.each(RATES)('no image of the voice appears above it from %i to %i Hz', (from, to) => {
  const output = inBlocks(new Resampler(from, to), tone(1_000, from, 0.5), [128]);
  const start = output.length >> 2;
  const [sine, cosine] = output.slice(start, -start).reduce(
    ([s, c], value, i) => {
      const phase = (2 * Math.PI * 1_000 * i) / to;
      return [s + value * Math.sin(phase), c + value * Math.cos(phase)];
    },
    [0, 0],
  );
  const length = output.length - 2 * start;
  const residue = output.slice(start, -start).map((value, i) => {
    const phase = (2 * Math.PI * 1_000 * i) / to;
    return value - (2 / length) * (sine * Math.sin(phase) + cosine * Math.cos(phase));
  });
  expect(gainDb([...residue, ...residue, ...residue])).toBeLessThan(-55);
});

test('the same stream gives the same output however it is cut', () => {
  const input = tone(440, 44_100, 0.1);
  const whole = Array.from(new Resampler(44_100, 16_000).push(input));
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 12 }), (lengths) => {
      expect(inBlocks(new Resampler(44_100, 16_000), input, lengths)).toEqual(whole);
    }),
    { numRuns: 40 },
  );
});

test.each(RATES)('a minute stays a minute from %i to %i Hz', (from, to) => {
  const resampler = new Resampler(from, to);
  const block = new Float32Array(from / 100);
  let count = 0;
  for (let n = 0; n < 6_000; n++) count += resampler.push(block).length;
  expect(Math.abs(count - 60 * to)).toBeLessThan(to / 500);
});
