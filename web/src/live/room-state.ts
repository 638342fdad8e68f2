// What a screen shows of a room, as one value, and how each message changes it. Pure.
import type { HopTimes, LivePersona, ServerMessage, SessionOut, StoredEvent } from '../api/live';
import { caption, NO_CAPTIONS, withoutPartials, type Captions } from './captions';
import type { Mood } from './face';
import type { Link } from './link';
import type { MicrophoneFault } from './microphone';
import type { Transport } from './wire';

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
  lastSeq: number;
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
  lastSeq: 0,
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
        mood: 'listening',
        reply: null,
        speaking: [],
        captions: withoutPartials(room.captions),
      };
    case 'state':
      return { ...room, mood: message.state, reply: message.reply ?? null };
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
      if (room.session === null) return room;
      const session = { ...room.session, phase: event.phase, end_reason: event.reason ?? room.session.end_reason };
      const started = event.phase === 'active' && room.session.phase !== 'active';
      return started ? { ...room, session: { ...session, elapsed_s: 0 }, toldAtMs: nowMs } : { ...room, session };
    }
    case 'wrap_up.changed':
      return room.session === null ? room : { ...room, session: { ...room.session, wrap_up: event.state } };
    case 'notice':
      return withNotice(room, { id: `event:${event.seq}`, kind: event.kind, text: event.text });
    default:
      return withCaption(room, event);
  }
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
