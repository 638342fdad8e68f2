import { expect, test } from 'vitest';
import { Framer } from './framer';

test('blocks of the sound card become whole frames of 20 ms', () => {
  const framer = new Framer(48_000, 16_000, 20);
  const frames = Array.from({ length: 375 }, () => framer.push(new Float32Array(128).fill(0.5))).flat();
  expect(frames.length).toBe(49); // 1 s, less what the filter still holds
  expect(new Set(frames.map((frame) => frame.pcm.length))).toEqual(new Set([320]));
  expect(frames[10]?.rms).toBeCloseTo(0.5, 3);
  expect(frames[10]?.pcm[100]).toBe(16_384);
});

test('what is too loud is cut, not wrapped around', () => {
  const frames = new Framer(16_000, 16_000, 20).push(new Float32Array(320).fill(-1.5));
  expect(frames[0]?.pcm[0]).toBe(-32_768);
});
