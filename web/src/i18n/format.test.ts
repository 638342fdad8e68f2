import { expect, test } from 'vitest';
import { clock, length, moment } from './format';

test.each([
  [7, '0:07'],
  [247.9, '4:07'],
  [3_729, '1:02:09'],
  [-3, '0:00'],
])('%f s on a clock is %s', (seconds, shown) => expect(clock(seconds)).toBe(shown));

test.each([
  [45, '45 s'],
  [720, '12 min'],
  [3_900, '1 h 5 min'],
])('%i s in words is %s', (seconds, shown) => expect(length(seconds)).toBe(shown));

test('moments are named from today', () => {
  const now = new Date(2026, 2, 3, 10, 0);
  expect(moment(new Date(2026, 2, 3, 9, 5).toISOString(), now)).toMatch(/^Today/);
  expect(moment(new Date(2026, 2, 2, 23, 55).toISOString(), now)).toMatch(/^Yesterday/);
  expect(moment(new Date(2026, 1, 3, 9, 5).toISOString(), now)).toMatch(/February 3,/);
});
