import { expect, test } from 'vitest';
import { Heartbeat } from './heartbeat';

test('a pong tells the round trip, and the next ping passes it on', () => {
  const heartbeat = new Heartbeat(2_000, 0);
  expect(heartbeat.ping(0)).toEqual({ type: 'ping', id: 1 });
  expect(heartbeat.pong(1, 30)).toBe(30);
  expect(heartbeat.ping(2_000)).toEqual({ type: 'ping', id: 2, rtt_ms: 30 });
});

test('a pong that comes after the next ping is not measured', () => {
  const heartbeat = new Heartbeat(2_000, 0);
  heartbeat.ping(0);
  heartbeat.ping(2_000);
  expect(heartbeat.pong(1, 2_010)).toBeNull();
});

test('three beats of silence are a dead connection', () => {
  const heartbeat = new Heartbeat(2_000, 0);
  heartbeat.heard(1_000);
  expect(heartbeat.isDead(7_400)).toBe(false);
  expect(heartbeat.isDead(7_600)).toBe(true);
});
