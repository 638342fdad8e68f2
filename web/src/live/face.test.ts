import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gaze, lids, mouthPose, type Mood } from './face';
import { VISEMES } from './mouth';

const MOODS: Mood[] = ['listening', 'thinking', 'speaking', 'paused', 'off'];

test('the eyes blink several times a minute, and are open most of the time', () => {
  const closed = Array.from({ length: 6_000 }, (_, i) => lids(i * 10, 'listening'));
  const blinks = closed.filter((value, i) => value > 0.5 && (closed[i - 1] ?? 0) <= 0.5).length;
  expect(blinks).toBeGreaterThan(8);
  expect(blinks).toBeLessThan(30);
  expect(closed.filter((value) => value > 0.1).length / closed.length).toBeLessThan(0.1);
});

test('every mouth and every look stays within what can be drawn', () => {
  const shape = fc.constantFrom(...VISEMES);
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(shape, shape, unit, unit, fc.constantFrom(...MOODS), fc.nat(1e7), (from, to, part, rms, mood, ms) => {
      const pose = mouthPose({ from, to, part }, rms);
      expect(Math.abs(pose.wide)).toBeLessThanOrEqual(1);
      for (const value of [pose.open, pose.round, pose.teeth, pose.tongue, pose.press, lids(ms, mood)]) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1.1);
      }
      const { x, y } = gaze(ms, mood);
      expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(1);
    }),
  );
});

test('lips meet for P and part for A', () => {
  expect(mouthPose({ from: 'sil', to: 'PP', part: 1 }, 0.1)).toMatchObject({ open: 0, press: 1 });
  expect(mouthPose({ from: 'PP', to: 'aa', part: 1 }, 0.1).open).toBeGreaterThan(0.9);
});
