// What people of a room set out to do, and the timer they share: a fold of the log's events. Pure.
import type { FocusEvent, NoticeEvent, StoredEvent, TaskDeclaredEvent, TaskReportedEvent } from '../api/live';

export type Done = TaskReportedEvent['done'];

export interface Task {
  id: string;
  seat: string;
  name: string;
  text: string;
  /** Null until it was reported. */
  done: Done | null;
}

export interface Work {
  tasks: readonly Task[];
  /** When the timer runs down, in ms of the session's clock; null while none runs. */
  endsMs: number | null;
  /** The seats that were asked how their open task went, and have not said yet. */
  asked: readonly string[];
}

export const NO_WORK: Work = { tasks: [], endsMs: null, asked: [] };

export function workAfter(work: Work, event: StoredEvent): Work {
  switch (event.type) {
    case 'task.declared':
      return declared(work, event);
    case 'task.reported':
      return {
        ...work,
        tasks: work.tasks.map((task) => (task.id === event.task ? { ...task, done: event.done } : task)),
        asked: work.asked.filter((seat) => seat !== event.seat),
      };
    case 'focus.changed':
      return { ...work, endsMs: endOf(event) };
    case 'notice':
      return isReportBack(event) ? { ...work, asked: [...new Set([...work.asked, event.seat])] } : work;
    default:
      return work;
  }
}

/** The task that a seat has not reported on yet. */
export function openTask(work: Work, seat: string | null): Task | null {
  return work.tasks.findLast((task) => task.seat === seat && task.done === null) ?? null;
}

function declared(work: Work, { task: id, seat, name, text }: TaskDeclaredEvent): Work {
  const known = work.tasks.some((task) => task.id === id);
  if (!known) return { ...work, tasks: [...work.tasks, { id, seat, name, text, done: null }] };
  return { ...work, tasks: work.tasks.map((task) => (task.id === id ? { ...task, text } : task)) };
}

function endOf({ state, ends_ms }: FocusEvent): number | null {
  return state === 'started' ? ends_ms : null;
}

function isReportBack(event: NoticeEvent): event is NoticeEvent & { seat: string } {
  return event.kind === 'report_back' && typeof event.seat === 'string';
}
