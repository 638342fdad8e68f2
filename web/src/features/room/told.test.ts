import { expect, test } from 'vitest';
import type { ToldEvent } from '../../live/captions';
import { EMPTY_ROOM } from '../../live/room-state';
import { wordsOf } from './told';

const AT = { seq: 1, at: '2026-03-02T09:00:00Z' };
const room = {
  ...EMPTY_ROOM,
  seat: 'sea_1',
  captions: { lines: [], names: { sea_1: 'Ana', sea_2: 'Rita' } },
  work: { tasks: [{ id: 'task_1', seat: 'sea_2', name: 'Rita', text: 'Write tests', done: null }], endsMs: null, asked: [] },
};
const words = (event: ToldEvent): string | null => wordsOf(event, room, 'Ada');

test.each<[ToldEvent, string | null]>([
  [{ ...AT, type: 'notice', kind: 'is_ai', text: 'You are talking with an AI.', seat: 'sea_1' }, 'You are talking with an AI.'],
  [{ ...AT, type: 'notice', kind: 'is_ai', text: 'You are talking with an AI.', seat: 'sea_2' }, null],
  [{ ...AT, type: 'notice', kind: 'time_left', text: 'Two minutes are left.', value: 120 }, 'Two minutes are left.'],
  [{ ...AT, type: 'seat.joined', seat: 'sea_1', name: 'Ana', role: 'host', record: false }, null],
  [{ ...AT, type: 'seat.joined', seat: 'sea_2', name: 'Rita', role: 'coach', record: false }, 'Rita came in, as human coach.'],
  [{ ...AT, type: 'seat.left', seat: 'sea_2', cause: 'left' }, 'Rita left.'],
  [{ ...AT, type: 'session.led', seat: 'sea_2', name: 'Rita', briefing: '' }, 'Rita leads now. Ada is silent.'],
  [{ ...AT, type: 'session.led', name: '', briefing: '' }, 'Ada leads again.'],
  [{ ...AT, type: 'task.reported', task: 'task_1', seat: 'sea_2', done: 'partly', text: 'All but one.' }, 'Rita, on “Write tests”: partly done. All but one.'],
  [{ ...AT, type: 'focus.changed', state: 'started', seconds: 1500, ends_ms: 1, seat: 'sea_2' }, 'Focus for 25 min began.'],
  [{ ...AT, type: 'credits.moved', state: 'settled', credits: 15 }, '15 credits were taken.'],
  [{ ...AT, type: 'note.kept', seat: 'sea_2' }, null],
])('%o is told as %s', (event, said) => expect(words(event)).toBe(said));
