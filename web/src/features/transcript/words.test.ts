import { expect, test } from 'vitest';
import type { EntryOut } from '../../api/http';
import { timedWords, wordAt } from './words';

const entry = (changed: Partial<EntryOut>): EntryOut => ({
  id: 'turn_1',
  seat: 'sea_1',
  name: 'Sam',
  text: 'I keep putting it off.',
  start_ms: 1_000,
  end_ms: 3_000,
  words: ['I', 'keep', 'putting', 'it', 'off'].map((text, n) => ({ text, start_ms: n * 300, end_ms: n * 300 + 250 })),
  source: 'voice',
  kind: null,
  interrupted: false,
  audio_url: null,
  ...changed,
});

test('words keep how they are written and get when they were said', () => {
  expect(timedWords(entry({})).at(-1)).toEqual({ text: 'off.', startMs: 2_200 });
});

test('a text of more words than were recognised is spread over them', () => {
  const words = timedWords(entry({ text: 'one two three four five six seven eight nine ten' }));
  expect(words.map((word) => word.startMs)).toEqual([1_000, 1_000, 1_300, 1_300, 1_600, 1_600, 1_900, 1_900, 2_200, 2_200]);
});

test('a typed entry has its words at its start', () => {
  expect(timedWords(entry({ words: [] })).every((word) => word.startMs === 1_000)).toBe(true);
});

test('the word being said is found by the time', () => {
  const entries = [entry({}), entry({ id: 'rep_1', start_ms: 5_000, end_ms: 7_000 })];
  expect(wordAt(entries, 500)).toBeNull();
  expect(wordAt(entries, 1_700)).toEqual({ entry: 'turn_1', word: 2 });
  expect(wordAt(entries, 4_500)).toBeNull();
  expect(wordAt(entries, 5_000)).toEqual({ entry: 'rep_1', word: 0 });
});
