import { expect, test } from 'vitest';
import type { ServerMessage, SessionOut } from '../api/live';
import { elapsedS, EMPTY_ROOM, isOver, leaderOf, measured, told, type RoomState } from './room-state';

const AT = { at: '2026-03-02T09:00:00Z' };
const session = { id: 'ses_1', phase: 'ready', elapsed_s: 0, wrap_up: 'none', end_reason: null, last_seq: 0, seats: [], led_by: null, address: 'everyone' } as unknown as SessionOut;
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

test('the log of a session that one comes late to does not set its clock back', () => {
  const room = read([phase(1, 'active')], 1_000, read([welcome({ phase: 'active', elapsed_s: 90, last_seq: 7 })], 1_000));
  expect(elapsedS(room, 1_000)).toBe(90);
});

test('time stands when the session is over', () => {
  const room = read([phase(1, 'analyzing')], 0, read([welcome({ phase: 'active', elapsed_s: 90 })]));
  expect(isOver(room)).toBe(true);
  expect(elapsedS(room, 60_000)).toBe(90);
});

test('who comes while the AI speaks sees that it does', () => {
  const mouth: ServerMessage = { type: 'mouth', reply: 'rep_1', at_ms: 0, shapes: [], words: [] };
  expect(read([welcome(), mouth])).toMatchObject({ mood: 'speaking', reply: 'rep_1' });
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

test('what was told before one came is not told again', () => {
  const room = read([welcome({ last_seq: 5 }), notice(4), notice(6)]);
  expect(room.notices.map((one) => one.text)).toEqual(['notice 6']);
});

test('that it is an AI is a line to read and interrupts nobody', () => {
  const room = read([welcome(), { ...AT, seq: 1, type: 'notice', kind: 'is_ai', text: 'You are talking with an AI.', seat: 'sea_1' }]);
  expect(room.notices).toEqual([]);
  expect(room.captions.lines.map((line) => line.event?.type)).toEqual(['notice']);
});

test('a notice for another seat interrupts nobody else', () => {
  const other: ServerMessage = { ...AT, seq: 1, type: 'notice', kind: 'idle', text: 'Are you there?', seat: 'sea_2' };
  expect(read([welcome(), other]).notices).toEqual([]);
});

test('an AI that answers nobody is silent, and not gone', () => {
  expect(read([welcome({ address: 'nobody' })]).mood).toBe('silent');
  expect(read([welcome(), { type: 'state', state: 'off' }]).mood).toBe('silent');
});

test('a human coach leads until the lead is handed back', () => {
  const joined: ServerMessage = { ...AT, seq: 1, type: 'seat.joined', seat: 'sea_2', name: 'Rita', role: 'coach', record: false };
  const led = read([welcome(), joined, { ...AT, seq: 2, type: 'session.led', seat: 'sea_2', name: 'Rita', briefing: '' }]);
  expect(leaderOf(led)).toBe('Rita');
  expect(leaderOf(read([{ ...AT, seq: 3, type: 'session.led', name: '', briefing: '' }], 0, led))).toBeNull();
});

test('help is there from the first sign of danger, and stays', () => {
  const crisis = (seq: number, state: 'danger' | 'over', emergency: string): ServerMessage => ({
    ...AT, seq, type: 'crisis.noticed', state, kind: '', turn: null, again: false, language: 'en', country: '', emergency, lines: [],
  });
  const room = read([welcome(), crisis(1, 'danger', '112')]);
  expect(room.help).toEqual({ emergency: '112', lines: [], acute: true });
  expect(read([crisis(2, 'over', '')], 0, room).help).toEqual({ emergency: '112', lines: [], acute: false });
});
