import { expect, test } from 'vitest';
import type { StoredEvent } from '../api/live';
import { NO_WORK, openTask, workAfter, type Work } from './work';

const AT = { seq: 1, at: '2026-03-02T09:00:00Z' };
const declared = (text: string, task = 'task_1'): StoredEvent => ({ ...AT, type: 'task.declared', task, seat: 'sea_1', name: 'Ana', text });
const reported: StoredEvent = { ...AT, type: 'task.reported', task: 'task_1', seat: 'sea_1', done: 'partly', text: '' };
const asked: StoredEvent = { ...AT, type: 'notice', kind: 'report_back', text: 'How did it go?', seat: 'sea_1' };
const focus = (state: 'started' | 'over' | 'stopped'): StoredEvent => ({ ...AT, type: 'focus.changed', state, seconds: 1500, ends_ms: 1_812_000, seat: 'sea_1' });
const read = (events: StoredEvent[]): Work => events.reduce(workAfter, NO_WORK);

test('a task is open until it is reported', () => {
  expect(openTask(read([declared('Write tests')]), 'sea_1')).toMatchObject({ text: 'Write tests', done: null });
  expect(openTask(read([declared('Write tests'), reported]), 'sea_1')).toBeNull();
});

test('a task in other words is the same task', () => {
  expect(read([declared('Write tests'), declared('Write good tests')]).tasks.map((task) => task.text)).toEqual(['Write good tests']);
});

test('nobody has the task of another', () => {
  expect(openTask(read([declared('Write tests')]), 'sea_2')).toBeNull();
});

test('who was asked how it went is asked until they say so', () => {
  expect(read([declared('Write tests'), asked, asked]).asked).toEqual(['sea_1']);
  expect(read([declared('Write tests'), asked, reported]).asked).toEqual([]);
});

test('the timer runs from its start to its end', () => {
  expect(read([focus('started')]).endsMs).toBe(1_812_000);
  expect(read([focus('started'), focus('over')]).endsMs).toBeNull();
  expect(read([focus('started'), focus('stopped')]).endsMs).toBeNull();
});
