import { expect, test } from 'vitest';
import type { ServerMessage } from '../api/live';
import { caption, NO_CAPTIONS, sending, withoutPartials, type Captions } from './captions';

const AT = { at: '2026-03-02T09:00:00Z' };
const read = (messages: ServerMessage[], from: Captions = NO_CAPTIONS): Captions =>
  messages.reduce((captions, message) => caption(captions, message, 'Ada'), from);
const texts = (captions: Captions): string[] => captions.lines.map((line) => `${line.name}: ${line.text}`);

const joined: ServerMessage = { ...AT, seq: 1, type: 'seat.joined', seat: 'sea_1', name: 'Sam', role: 'host', record: false };
const partial = (text: string): ServerMessage => ({ type: 'partial', seat: 'sea_1', text });
const heard = (text: string, source: 'voice' | 'text' = 'voice'): ServerMessage => ({
  ...AT,
  seq: 2,
  type: 'turn.heard',
  turn: 'turn_1',
  seat: 'sea_1',
  name: 'Sam',
  text,
  source,
  start_ms: 100,
  end_ms: 900,
  words: [],
  addressed: true,
});
const started: ServerMessage = { ...AT, seq: 3, type: 'reply.started', reply: 'rep_1', kind: 'answer', answers: 'turn_1', start_ms: 1_000 };
const sentence = (index: number, text: string): ServerMessage => ({
  ...AT,
  seq: 4 + index,
  type: 'reply.sentence',
  reply: 'rep_1',
  index,
  text,
  start_ms: 1_000,
});
const ended = (status: 'finished' | 'interrupted' | 'failed', heardText: string, unheard = ''): ServerMessage => ({
  ...AT,
  seq: 9,
  type: 'reply.ended',
  reply: 'rep_1',
  status,
  heard: heardText,
  unheard,
  end_ms: 2_000,
  words: [],
});

test('partial words grow in one line, which the whole turn replaces', () => {
  const growing = read([joined, partial('I want'), partial('I want to ask')]);
  expect(texts(growing)).toEqual(['Sam: I want to ask']);
  expect(growing.lines[0]?.status).toBe('open');
  const whole = read([heard('I want to ask for more.')], growing);
  expect(texts(whole)).toEqual(['Sam: I want to ask for more.']);
  expect(whole.lines[0]?.status).toBe('said');
});

test('partial words that came to nothing go away', () => {
  expect(read([joined, partial('uh'), partial('')]).lines).toEqual([]);
});

test('sentences of a reply grow in one line', () => {
  const captions = read([heard('Hi'), started, sentence(0, 'Good.'), sentence(1, 'And then?')]);
  expect(texts(captions)).toEqual(['Sam: Hi', 'Ada: Good. And then?']);
});

test('an interrupted reply keeps what was heard', () => {
  const captions = read([started, sentence(0, 'Good. And then?'), ended('interrupted', 'Good.', 'And then?')]);
  expect(captions.lines[0]).toMatchObject({ text: 'Good.', unheard: 'And then?', status: 'interrupted' });
});

test('a reply of which nothing was heard leaves no line', () => {
  expect(read([started, sentence(0, 'Good.'), ended('interrupted', '', 'Good.')]).lines).toEqual([]);
});

test('a typed turn is shown at once, and once', () => {
  const sent = sending(read([joined]), 'k1', 'sea_1', 'Sam', 'Hello');
  expect(sent.lines[0]).toMatchObject({ status: 'sending', typed: true });
  expect(texts(read([heard('Hello', 'text')], sent))).toEqual(['Sam: Hello']);
});

test('another typed turn does not confirm it', () => {
  const sent = sending(read([joined]), 'k1', 'sea_1', 'Sam', 'Hello');
  expect(read([heard('Something else', 'text')], sent).lines.length).toBe(2);
});

test('a new connection begins without the partial words of the old one', () => {
  expect(withoutPartials(read([joined, heard('Hi'), partial('and')])).lines.length).toBe(1);
});
