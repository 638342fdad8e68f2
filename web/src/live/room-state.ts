// What a screen shows of a room, as one value, and how each message changes it. Pure.
import type { HopTimes, LivePersona, ServerMessage, SessionOut, StoredEvent } from '../api/live';
import { caption, NO_CAPTIONS, withoutPartials, type Captions } from './captions';
import type { Mood } from './face';
import { helpAfter, type Help } from './help';
import type { Link } from './link';
import type { MicrophoneFault } from './microphone';
import type { Transport } from './wire';
import { NO_WORK, workAfter, type Work } from './work';

export type InputMode = 'open' | 'ptt';

export interface Notice {
  /** Of the event, or made here. */
  id: string;
  /** A notice event's; `error`; or `back` after a connection that was lost. */
  kind: string;
  text: string;
}

export interface Quality {
  rttMs: number;
  /** How much the round trip varies, smoothed as in RFC 3550, 6.4.1. */
  jitterMs: number;
}

export interface RoomState {
  link: Link;
  transport: Transport | null;
  seat: string | null;
  session: SessionOut | null;
  persona: LivePersona | null;
  /** When `session` was told, on the monotonic clock: its `elapsed_s` counts on from here. */
  toldAtMs: number;
  mood: Mood;
  /** The reply that is being said. */
  reply: string | null;
  captions: Captions;
  speaking: readonly string[];
  microphone: 'opening' | 'on' | 'none' | MicrophoneFault;
  muted: boolean;
  input: InputMode;
  pressing: boolean;
  /** The browser waits for a press before it plays sound. */
  silenced: boolean;
  quality: Quality | null;
  hops: readonly { turn: string; ms: HopTimes }[];
  notices: readonly Notice[];
  /** Where help is to be found, since danger was noticed. */
  help: Help | null;
  work: Work;
  lastSeq: number;
  /** The log up to here is older than this visit: nobody is interrupted with it. */
  pastSeq: number;
  /** `session` holds the log up to here: older events, which are sent again, do not change it. */
  sessionSeq: number;
}

export const EMPTY_ROOM: RoomState = {
  link: { at: 'idle' },
  transport: null,
  seat: null,
  session: null,
  persona: null,
  toldAtMs: 0,
  mood: 'off',
  reply: null,
  captions: NO_CAPTIONS,
  speaking: [],
  microphone: 'none',
  muted: false,
  input: 'open',
  pressing: false,
  silenced: false,
  quality: null,
  hops: [],
  notices: [],
  help: null,
  work: NO_WORK,
  lastSeq: 0,
  pastSeq: 0,
  sessionSeq: 0,
};

const HOPS_KEPT = 6;
const NOTICES_KEPT = 3;

/** The room after a message. An event that was seen before changes nothing. `nowMs` is of the monotonic clock. */
export function told(room: RoomState, message: ServerMessage, nowMs: number): RoomState {
  if ('seq' in message) {
    if (message.seq <= room.lastSeq) return room;
    return happened({ ...room, lastSeq: message.seq }, message, nowMs);
  }
  switch (message.type) {
    case 'welcome':
      return {
        ...room,
        seat: message.seat,
        session: message.session,
        persona: message.persona,
        toldAtMs: nowMs,
        mood: message.session.address === 'nobody' ? 'silent' : 'listening',
        reply: null,
        speaking: [],
        captions: withoutPartials(room.captions),
        sessionSeq: message.session.last_seq,
        pastSeq: room.session === null ? message.session.last_seq : room.pastSeq,
      };
    case 'state':
      return { ...room, mood: message.state === 'off' ? 'silent' : message.state, reply: message.reply ?? null };
    case 'mouth': // it speaks, also for who came while it began
      return room.mood === 'speaking' ? room : { ...room, mood: 'speaking', reply: message.reply };
    case 'hold':
      return { ...room, mood: message.on ? 'paused' : 'speaking' };
    case 'speaking': {
      const others = room.speaking.filter((seat) => seat !== message.seat);
      return { ...room, speaking: message.on ? [...others, message.seat] : others };
    }
    case 'partial':
      return withCaption(room, message);
    case 'hops': {
      const others = room.hops.filter((one) => one.turn !== message.turn);
      return { ...room, hops: [...others, { turn: message.turn, ms: message.ms }].slice(-HOPS_KEPT) };
    }
    case 'error':
      return withNotice(room, { id: `error:${nowMs}`, kind: 'error', text: message.detail });
    default:
      return room;
  }
}

function happened(room: RoomState, event: StoredEvent, nowMs: number): RoomState {
  switch (event.type) {
    case 'session.phase': {
      if (room.session === null || event.seq <= room.sessionSeq) return room;
      const session = { ...room.session, phase: event.phase, end_reason: event.reason ?? room.session.end_reason };
      const started = event.phase === 'active' && room.session.phase !== 'active';
      return started ? { ...room, session: { ...session, elapsed_s: 0 }, toldAtMs: nowMs } : { ...room, session };
    }
    case 'wrap_up.changed':
      return withSession(room, event, { wrap_up: event.state });
    case 'session.led':
      return withCaption(withSession(room, event, { led_by: event.seat ?? null }), event);
    case 'assistant.changed':
      return withCaption(withSession(room, event, { address: event.address }), event);
    case 'crisis.noticed':
      return { ...room, help: helpAfter(room.help, event) };
    case 'notice': {
      const told = withCaption({ ...room, work: workAfter(room.work, event) }, event);
      const interrupts = !QUIET.includes(event.kind) && event.seq > room.pastSeq && isFor(room, event.seat);
      return interrupts ? withNotice(told, { id: `event:${event.seq}`, kind: event.kind, text: event.text }) : told;
    }
    default:
      return withCaption({ ...room, work: workAfter(room.work, event) }, event);
  }
}

const QUIET = ['is_ai', 'report_back']; // they have a place of their own on the screen

function isFor(room: RoomState, seat: string | null | undefined): boolean {
  return (seat ?? null) === null || seat === room.seat;
}

function withSession(room: RoomState, { seq }: StoredEvent, changed: Partial<SessionOut>): RoomState {
  return room.session === null || seq <= room.sessionSeq ? room : { ...room, session: { ...room.session, ...changed } };
}

/** The name of the human coach who leads; null while the AI does. */
export function leaderOf(room: Pick<RoomState, 'session' | 'captions'>): string | null {
  const seat = room.session?.led_by ?? null;
  if (seat === null) return null;
  return room.captions.names[seat] ?? room.session?.seats.find((one) => one.id === seat)?.name ?? '';
}

function withCaption(room: RoomState, message: ServerMessage): RoomState {
  const captions = caption(room.captions, message, room.persona?.name ?? '');
  return captions === room.captions ? room : { ...room, captions };
}

function withNotice(room: RoomState, notice: Notice): RoomState {
  return notice.text === '' ? room : { ...room, notices: [...room.notices, notice].slice(-NOTICES_KEPT) };
}

/** The quality after one more round trip. */
export function measured(quality: Quality | null, rttMs: number): Quality {
  if (quality === null) return { rttMs, jitterMs: 0 };
  const changeMs = Math.abs(rttMs - quality.rttMs);
  return {
    rttMs: quality.rttMs + (rttMs - quality.rttMs) / 4,
    jitterMs: quality.jitterMs + (changeMs - quality.jitterMs) / 8,
  };
}

/** Seconds since the session began. */
export function elapsedS(room: RoomState, nowMs: number): number {
  if (room.session === null) return 0;
  const since = room.session.phase === 'active' ? (nowMs - room.toldAtMs) / 1000 : 0;
  return room.session.elapsed_s + since;
}

export function isOver(room: RoomState): boolean {
  const phase = room.session?.phase;
  return phase === 'analyzing' || phase === 'complete' || phase === 'cancelled';
}
