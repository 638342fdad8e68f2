import { expect, test } from 'vitest';
import type { FormatOut } from '../../api/http';
import { doorOf } from './door';

const ALONE = { max_participants: 1 };
const format = (told: Partial<FormatOut>): FormatOut =>
  ({ modalities: ['audio', 'text', 'voice'], listens: true, defaults: {}, coached: false, ...told }) as FormatOut;

test('who wants to write is asked for no microphone', () => {
  expect(doorOf(format({}), ALONE, 'text')).toMatchObject({ voice: false, hears: false, writes: true });
});

test('a format of text alone is written, whatever the address says', () => {
  expect(doorOf(format({ modalities: ['text'], listens: false }), ALONE, null)).toMatchObject({ voice: false, hears: false });
});

test('a silence is heard also by who wanted to write', () => {
  expect(doorOf(format({ modalities: ['voice'], listens: false }), ALONE, 'text')).toMatchObject({ voice: true, hears: false, writes: false });
});

test('where people come in muted, the microphone is there and off', () => {
  expect(doorOf(format({ defaults: { microphone: false } }), { max_participants: 12 }, null)).toMatchObject({ hears: true, muted: true, several: true });
});

test('a format that is not known is entered as any other', () => {
  expect(doorOf(null, ALONE, null)).toMatchObject({ voice: true, hears: true, writes: true, camera: true, muted: false });
});
