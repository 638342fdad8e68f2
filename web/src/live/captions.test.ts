import { expect, test } from 'vitest';
import type { ServerMessage } from '../api/live';
import { caption, NO_CAPTIONS, sending, withoutPartials, type CaptionLine, type Captions } from './captions';

const AT = { at: '2026-03-02T09:00:00Z' };
const read = (messages: ServerMessage[], from: Captions = NO_CAPTIONS): Captions =>
  messages.reduce((captions, message) => caption(captions, message, 'Ada'), from);
const said = (captions: Captions): readonly CaptionLine[] => captions.lines.filter((line) => line.event === null);
const texts = (captions: Captions): string[] => said(captions).map((line) => `${line.name}: ${line.text}`);

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
  expect(said(growing)[0]?.status).toBe('open');
  const whole = read([heard('I want to ask for more.')], growing);
  expect(texts(whole)).toEqual(['Sam: I want to ask for more.']);
  expect(said(whole)[0]?.status).toBe('said');
});

test('partial words that came to nothing go away', () => {
  expect(said(read([joined, partial('uh'), partial('')]))).toEqual([]);
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
  expect(said(sent)[0]).toMatchObject({ status: 'sending', typed: true });
  expect(texts(read([heard('Hello', 'text')], sent))).toEqual(['Sam: Hello']);
});

test('another typed turn does not confirm it', () => {
  const sent = sending(read([joined]), 'k1', 'sea_1', 'Sam', 'Hello');
  expect(said(read([heard('Something else', 'text')], sent)).length).toBe(2);
});

test('a new connection begins without the partial words of the old one', () => {
  expect(texts(withoutPartials(read([joined, heard('Hi'), partial('and')])))).toEqual(['Sam: Hi']);
});

test('what happened stands between what was said, once', () => {
  const renamed: ServerMessage = { ...joined, seq: 5, name: 'Samuel' };
  const led: ServerMessage = { ...AT, seq: 6, type: 'session.led', seat: 'sea_2', name: 'Rita', briefing: '' };
  const captions = read([joined, heard('Hi'), renamed, led]);
  expect(captions.lines.map((line) => line.event?.type ?? line.text)).toEqual(['seat.joined', 'Hi', 'session.led']);
  expect(captions.names).toEqual({ sea_1: 'Samuel' });
});

test('who left and comes back has come in again', () => {
  const left: ServerMessage = { ...AT, seq: 2, type: 'seat.left', seat: 'sea_1', cause: 'lost' };
  const captions = read([joined, left, { ...joined, seq: 3 }]);
  expect(captions.lines.map((line) => line.event?.type)).toEqual(['seat.joined', 'seat.left', 'seat.joined']);
});
