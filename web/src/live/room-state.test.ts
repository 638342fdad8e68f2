import { expect, test } from 'vitest';
import type { ServerMessage, SessionOut } from '../api/live';
import { elapsedS, EMPTY_ROOM, isOver, measured, told, type RoomState } from './room-state';

const AT = { at: '2026-03-02T09:00:00Z' };
const session = { id: 'ses_1', phase: 'ready', elapsed_s: 0, wrap_up: 'none', end_reason: null } as unknown as SessionOut;
const welcome = (told: Partial<SessionOut> = {}): ServerMessage => ({
  type: 'welcome',
  protocol: 1,
  seat: 'sea_1',
  session: { ...session, ...told },
  persona: { id: 'ada', name: 'Ada', title: 'Coach', look: 'warm' },
  audio: null,
  heartbeat_s: 2,
  input: 'open',
});
const notice = (seq: number): ServerMessage => ({ ...AT, seq, type: 'notice', kind: 'idle', text: `notice ${seq}` });
const phase = (seq: number, to: 'active' | 'analyzing'): ServerMessage => ({
  ...AT,
  seq,
  type: 'session.phase',
  phase: to,
  previous: 'ready',
});
const read = (messages: ServerMessage[], nowMs = 0, from: RoomState = EMPTY_ROOM): RoomState =>
  messages.reduce((room, message) => told(room, message, nowMs), from);

test('an event that comes twice is taken once', () => {
  const room = read([welcome(), notice(1), notice(2), notice(1), notice(2)]);
  expect(room.notices.map((one) => one.text)).toEqual(['notice 1', 'notice 2']);
  expect(room.lastSeq).toBe(2);
});

test('time counts from when the session became active', () => {
  const room = read([phase(1, 'active')], 5_000, read([welcome()], 1_000));
  expect(elapsedS(room, 8_000)).toBe(3);
});

test('time goes on from what a new connection is told', () => {
  const room = read([welcome({ phase: 'active', elapsed_s: 90 })], 10_000);
  expect(elapsedS(room, 12_000)).toBe(92);
});

test('time stands when the session is over', () => {
  const room = read([phase(1, 'analyzing')], 0, read([welcome({ phase: 'active', elapsed_s: 90 })]));
  expect(isOver(room)).toBe(true);
  expect(elapsedS(room, 60_000)).toBe(90);
});

test('a hold is a pause, and its end goes on speaking', () => {
  const speaking = read([welcome(), { type: 'state', state: 'speaking', reply: 'rep_1' }]);
  const held = read([{ type: 'hold', reply: 'rep_1', on: true }], 0, speaking);
  expect(held.mood).toBe('paused');
  expect(read([{ type: 'hold', reply: 'rep_1', on: false }], 0, held).mood).toBe('speaking');
});

test('a message of an unknown type changes nothing', () => {
  expect(read([{ type: 'news' } as unknown as ServerMessage])).toBe(EMPTY_ROOM);
});

test('quality settles on steady round trips', () => {
  const quality = [40, 40, 40, 200, 40].reduce<ReturnType<typeof measured> | null>(measured, null);
  expect(quality?.rttMs).toBeLessThan(80);
  expect(quality?.jitterMs).toBeGreaterThan(10);
});
