import { en } from '../../i18n/en';
import type { ToldEvent } from '../../live/captions';
import type { RoomState } from '../../live/room-state';

type Teller = Pick<RoomState, 'seat' | 'work' | 'captions' | 'session'>;

/** What happened, as a line to read; null where there is nothing to tell this person. */
export function wordsOf(event: ToldEvent, room: Teller, ai: string): string | null {
  const own = 'seat' in event && event.seat === room.seat;
  switch (event.type) {
    case 'notice':
      return TOLD_NOTICES.includes(event.kind) && ((event.seat ?? null) === null || own) ? event.text : null;
    case 'seat.joined':
      if (own) return null;
      return event.role === 'coach' ? en.told.joinedCoach(event.name) : en.told.joined(event.name);
    case 'seat.left':
      return own ? null : (event.cause === 'lost' ? en.told.lost : en.told.left)(room.captions.names[event.seat] ?? en.someone);
    case 'assistant.changed':
      return en.told.address[event.address](ai);
    case 'assistant.whispered':
      return en.told.whispered(event.name, ai, event.text);
    case 'session.led':
      if ((event.seat ?? null) !== null) return own ? en.told.ledByYou(ai) : en.told.led(event.name ?? en.someone, ai);
      return (event.briefing ?? '') === '' ? en.told.handedBack(ai) : en.told.briefing(ai, event.briefing ?? '');
    case 'task.declared':
      return en.told.task(event.name, event.text);
    case 'task.reported': {
      const task = room.work.tasks.find((one) => one.id === event.task);
      if (task === undefined) return null;
      const said = en.told.reported(task.name, task.text, en.told.done[event.done]);
      return (event.text ?? '') === '' ? said : `${said} ${event.text}`;
    }
    case 'focus.changed':
      return event.state === 'started' ? en.told.focus.started(Math.round(event.seconds / 60)) : en.told.focus[event.state];
    case 'credits.moved':
      return en.told.credits[event.state](en.credits.cost(event.credits));
    case 'note.kept':
      return own ? en.told.noteKept : null;
  }
}

const TOLD_NOTICES = ['is_ai', 'time_left', 'provider_lost'];
