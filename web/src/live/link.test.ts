import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterClose, backOffMs, next, type Link, type LinkEvent } from './link';

const run = (events: LinkEvent[], from: Link = { at: 'idle' }): Link => events.reduce(next, from);
const dropped = (atMs: number): LinkEvent => ({ is: 'dropped', atMs, spread: 0.5 });

test('joining leads to a live room', () => {
  expect(run([{ is: 'join' }, { is: 'joined', atMs: 5 }])).toEqual({ at: 'live', sinceMs: 5 });
});

test('a good link that drops is tried again almost at once', () => {
  expect(run([dropped(60_000)], { at: 'live', sinceMs: 0 })).toEqual({ at: 'lost', attempt: 0, retryAtMs: 60_300 });
});

test('tries that fail are made ever later, up to a limit', () => {
  let link: Link = { at: 'joining', attempt: 0 };
  const waits: number[] = [];
  for (let n = 0; n < 8; n++) {
    link = next(link, dropped(0));
    if (link.at === 'lost') waits.push(link.retryAtMs);
    link = next(link, { is: 'retry' });
  }
  expect(waits).toEqual([600, 1_200, 2_400, 4_800, 8_000, 8_000, 8_000, 8_000]);
});

test('a link that flaps does not start from the beginning', () => {
  expect(run([dropped(500)], { at: 'live', sinceMs: 0 })).toMatchObject({ at: 'lost', attempt: 1 });
});

test('nothing leads back from having left', () => {
  const event = fc.oneof(
    fc.constant<LinkEvent>({ is: 'join' }),
    fc.constant<LinkEvent>({ is: 'retry' }),
    fc.integer().map((atMs): LinkEvent => ({ is: 'joined', atMs })),
    fc.integer().map(dropped),
  );
  fc.assert(
    fc.property(fc.array(event), fc.array(event), (before, after) => {
      const left = run([...before, { is: 'leave', reason: 'left' }]);
      expect(run(after, left)).toEqual(left);
    }),
  );
});

test('waits are spread, never by more than a quarter', () => {
  fc.assert(
    fc.property(fc.nat(20), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, spread) => {
      const middle = backOffMs(attempt, 0.5);
      expect(backOffMs(attempt, spread)).toBeGreaterThanOrEqual(Math.floor(middle * 0.75));
      expect(backOffMs(attempt, spread)).toBeLessThanOrEqual(Math.ceil(middle * 1.25));
    }),
  );
});

test.each([
  [1000, 'leave', 'over'],
  [4400, 'leave', 'broken'],
  [4402, 'leave', 'credits'],
  [4403, 'leave', 'refused'],
  [4404, 'leave', 'refused'],
  [4409, 'leave', 'unavailable'],
])('close code %i ends it', (code, is, reason) => {
  expect(afterClose(code, 'why', 0, 0)).toEqual({ is, reason, detail: 'why' });
});

test.each([1001, 1006, 1011, 1013, 4408, 4429])('close code %i is tried again', (code) => {
  expect(afterClose(code, '', 7, 0).is).toBe('dropped');
});

test('who is signed out is not let try for ever', () => {
  expect(afterClose(4401, 'sign in first', 0, 0)).toEqual({ is: 'leave', reason: 'signed_out', detail: '' });
});
