import { expect, test } from 'vitest';
import type { CrisisEvent } from '../api/live';
import { helpOf } from './help';

const LINE = { name: 'Samaritans', number: '116 123', source: 'https://www.samaritans.org', hours: '24/7', languages: ['en'], text: '', chat: '', for_abuse: false };
const crisis = (state: CrisisEvent['state'], found: Partial<CrisisEvent> = {}): CrisisEvent => ({
  seq: 1,
  at: '2026-03-02T09:00:00Z',
  type: 'crisis.noticed',
  state,
  kind: '',
  turn: null,
  again: false,
  language: 'en',
  country: '',
  emergency: '',
  lines: [],
  ...found,
});

test('a log without danger has no help to show', () => {
  expect(helpOf([{ type: 'turn.heard' }, { type: 'reply.ended' }])).toBeNull();
});

test('the lines of the last danger stay when the person says that they are safe', () => {
  const danger = crisis('danger', { emergency: '999', lines: [LINE] });
  expect(helpOf([danger, crisis('safe')])).toEqual({ emergency: '999', lines: [LINE], acute: true });
  expect(helpOf([danger, crisis('safe'), crisis('over')])).toEqual({ emergency: '999', lines: [LINE], acute: false });
});

test('danger that comes back brings its own lines', () => {
  const log = [crisis('danger', { emergency: '999' }), crisis('over'), crisis('danger', { emergency: '112', again: true })];
  expect(helpOf(log)).toEqual({ emergency: '112', lines: [], acute: true });
});
