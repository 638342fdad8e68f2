import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FADE_MS, PlayerBuffer, PREBUFFER_MS } from './playback';

const HZ = 24_000;
const frame = (value = 8_000): Int16Array => new Int16Array(HZ / 50).fill(value);
const pull = (buffer: PlayerBuffer, samples = 120): Float32Array => {
  const output = new Float32Array(samples);
  buffer.pull(output);
  return output;
};
const isSilent = (samples: Float32Array): boolean => samples.every((value) => value === 0);

test('playing waits for the prebuffer', () => {
  const buffer = new PlayerBuffer(HZ, HZ);
  buffer.push(frame());
  buffer.push(frame());
  expect(isSilent(pull(buffer))).toBe(true);
  buffer.push(frame());
  expect(isSilent(pull(buffer))).toBe(false);
  expect(buffer.isPlaying).toBe(true);
});

test('a tail shorter than the prebuffer is played all the same', () => {
  const buffer = new PlayerBuffer(HZ, HZ);
  buffer.push(frame());
  const heard = Array.from({ length: 40 }, () => pull(buffer)).filter((block) => !isSilent(block));
  expect(heard.length).toBe(4); // 20 ms in blocks of 5
  expect(buffer.playedMs).toBe(20);
});

test('a flush is silent within the fade, without a step', () => {
  const buffer = new PlayerBuffer(HZ, HZ);
  for (let n = 0; n < 10; n++) buffer.push(frame());
  pull(buffer);
  buffer.flush();
  const after = pull(buffer, HZ / 10);
  const steps = Array.from(after.subarray(1), (value, i) => Math.abs(value - (after[i] as number)));
  expect(Math.max(...steps)).toBeLessThan(0.01);
  expect(isSilent(after.subarray((FADE_MS * HZ) / 1000))).toBe(true);
  expect(buffer.playedMs).toBe(200);
});

test('voice after a flush waits for the prebuffer again', () => {
  const buffer = new PlayerBuffer(HZ, HZ);
  for (let n = 0; n < 10; n++) buffer.push(frame());
  pull(buffer);
  buffer.flush();
  pull(buffer, HZ / 10);
  buffer.push(frame());
  expect(isSilent(pull(buffer))).toBe(true);
});

test('positions stay true at another rate, over any order of pushes, pulls and flushes', () => {
  const step = fc.constantFrom('push', 'pull', 'flush');
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const buffer = new PlayerBuffer(HZ, 48_000);
      let pushedMs = 0;
      let before = 0;
      for (const one of steps) {
        if (one === 'push') {
          buffer.push(frame());
          pushedMs += 20;
        } else if (one === 'pull') pull(buffer, 128);
        else buffer.flush();
        expect(Math.abs(buffer.pushedMs - pushedMs)).toBeLessThan(2);
        expect(buffer.playedMs).toBeLessThanOrEqual(buffer.pushedMs);
        expect(buffer.playedMs).toBeGreaterThanOrEqual(before - FADE_MS);
        before = buffer.playedMs;
      }
    }),
  );
});

test('a steady stream has no gap', () => {
  const buffer = new PlayerBuffer(HZ, 48_000);
  for (let n = 0; n < PREBUFFER_MS / 20 + 1; n++) buffer.push(frame());
  pull(buffer, 480);
  for (let n = 0; n < 500; n++) {
    if (n % 2 === 0) buffer.push(frame());
    expect(pull(buffer, 480).every((value) => value > 0.2)).toBe(true);
  }
});
