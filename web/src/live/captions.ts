// What is said, as lines to read: a fold of the log's events and the partial words beside it. Pure.
//
// A line is open while it grows: a person's partial words, or the AI's sentences. It closes with what was truly heard.
// What else happened and is worth a line between them is kept as the event it was: the screen has the words for it.
import type { ReplyKind, ServerMessage, StoredEvent } from '../api/live';

export interface CaptionLine {
  /** Of the turn or reply; a person's open line is `open:<seat>`, a typed one that is not confirmed `sent:<id>`, what
   * happened `event:<seq>`. */
  id: string;
  /** Null: the AI. */
  seat: string | null;
  name: string;
  text: string;
  /** Of an interrupted reply: what was not said any more. */
  unheard: string;
  status: 'open' | 'said' | 'interrupted' | 'sending' | 'told';
  typed: boolean;
  kind: ReplyKind | null;
  startMs: number | null;
  /** What happened, where nobody said it. */
  event: ToldEvent | null;
}

const TOLD = [
  'notice',
  'seat.joined',
  'seat.left',
  'assistant.changed',
  'assistant.whispered',
  'session.led',
  'task.declared',
  'task.reported',
  'focus.changed',
  'credits.moved',
  'note.kept',
] as const;
export type ToldEvent = Extract<StoredEvent, { type: (typeof TOLD)[number] }>;

export interface Captions {
  lines: readonly CaptionLine[];
  names: Readonly<Record<string, string>>;
}

export const NO_CAPTIONS: Captions = { lines: [], names: {} };

/** The captions after a message. `aiName` is the persona's. */
export function caption(captions: Captions, message: ServerMessage, aiName: string): Captions {
  switch (message.type) {
    case 'seat.joined':
      return tellSeat({ ...captions, names: { ...captions.names, [message.seat]: message.name } }, message);
    case 'partial':
      return message.text === '' ? drop(captions, openId(message.seat)) : put(captions, partialLine(captions, message));
    case 'turn.heard':
      return put(dropSent(drop(captions, openId(message.seat)), message.source, message.text), {
        ...blank(message.turn, message.seat, message.name),
        text: message.text,
        status: 'said',
        typed: message.source === 'text',
        startMs: message.start_ms,
      });
    case 'reply.started':
      return put(captions, { ...blank(message.reply, null, aiName), kind: message.kind, startMs: message.start_ms });
    case 'reply.sentence':
      return change(captions, message.reply, (line) => ({ ...line, text: join(line.text, message.text) }));
    case 'reply.ended':
      return message.heard === ''
        ? drop(captions, message.reply)
        : change(captions, message.reply, (line) => ({
            ...line,
            text: message.heard,
            unheard: message.status === 'finished' ? '' : message.unheard,
            status: message.status === 'finished' ? 'said' : 'interrupted',
          }));
    default:
      return isTold(message) ? tell(captions, message) : captions;
  }
}

function isTold(message: ServerMessage): message is ToldEvent {
  return TOLD.some((type) => type === message.type);
}

/** A seat that is taken anew, with another name for one, has not come in again. */
function tellSeat(captions: Captions, joined: Extract<ToldEvent, { type: 'seat.joined' }>): Captions {
  const last = captions.lines.findLast(({ event }) => event !== null && event.type.startsWith('seat.') && 'seat' in event && event.seat === joined.seat);
  return last?.event?.type === 'seat.joined' ? captions : tell(captions, joined);
}

function tell(captions: Captions, event: ToldEvent): Captions {
  return put(captions, { ...blank(`event:${event.seq}`, null, ''), status: 'told', event });
}

/** A typed turn that was sent and is not in the log yet. */
export function sending(captions: Captions, id: string, seat: string, name: string, text: string): Captions {
  return put(captions, { ...blank(`sent:${id}`, seat, name), text, status: 'sending', typed: true });
}

/** The captions of a new connection: partial words of the old one are over. */
export function withoutPartials(captions: Captions): Captions {
  return { ...captions, lines: captions.lines.filter((line) => !line.id.startsWith('open:')) };
}

function partialLine(captions: Captions, partial: { seat: string; text: string }): CaptionLine {
  return { ...blank(openId(partial.seat), partial.seat, captions.names[partial.seat] ?? ''), text: partial.text };
}

function openId(seat: string): string {
  return `open:${seat}`;
}

function blank(id: string, seat: string | null, name: string): CaptionLine {
  return { id, seat, name, text: '', unheard: '', status: 'open', typed: false, kind: null, startMs: null, event: null };
}

/** Replaces a line in its place, or adds it; open lines of people stay below what is finished. */
function put(captions: Captions, line: CaptionLine): Captions {
  const known = captions.lines.some((one) => one.id === line.id);
  const lines = known ? captions.lines.map((one) => (one.id === line.id ? line : one)) : [...captions.lines, line];
  return { ...captions, lines };
}

function change(captions: Captions, id: string, how: (line: CaptionLine) => CaptionLine): Captions {
  return { ...captions, lines: captions.lines.map((line) => (line.id === id ? how(line) : line)) };
}

function drop(captions: Captions, id: string): Captions {
  return { ...captions, lines: captions.lines.filter((line) => line.id !== id) };
}

/** The first line that was waiting for just this typed turn. */
function dropSent(captions: Captions, source: string, text: string): Captions {
  if (source !== 'text') return captions;
  const sent = captions.lines.find((line) => line.status === 'sending' && line.text === text.trim());
  return sent === undefined ? captions : drop(captions, sent.id);
}

function join(text: string, more: string): string {
  return text === '' ? more : `${text} ${more}`;
}
