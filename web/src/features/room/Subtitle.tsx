import { useEffect, useState } from 'react';
import { en } from '../../i18n/en';
import type { Mood } from '../../live/face';
import type { Saying } from '../../live/mouth';
import type { Room } from '../../live/room';
import type { RoomState } from '../../live/room-state';
import { clock } from '../../i18n/format';
import { elapsedS } from '../../live/room-state';
import styles from './Stage.module.css';
import { useNow } from './useNow';
import type { Scene } from './useScene';

/** What is being said now: the coach's sentence, lit word by word as it is heard, or one's own words so far. */
export function Subtitle({ room, state, scene }: { room: Room; state: RoomState; scene: Scene }) {
  const said = useDone(state.mood);
  const heard = useSaying(room);
  const saying = said ? null : heard;
  const own = state.captions.lines.find((line) => line.id === `open:${state.seat ?? ''}`);
  return (
    <p className={styles.subtitle} aria-hidden="true">
      <span>
        <Words own={own?.text} saying={state.mood === 'off' ? null : saying} fallback={state.mood === 'off' ? '' : openSentence(state)} />
        {own === undefined && saying === null && (
          <span className={styles.quiet}>{scene.manner.silent && isSilence(state) ? <Silence state={state} /> : hintOf(room, state, scene)}</span>
        )}
      </span>
    </p>
  );
}

function Words({ own, saying, fallback }: { own: string | undefined; saying: Saying | null; fallback: string }) {
  if (own !== undefined) return <span className={styles.yours}>{own}</span>;
  if (saying === null) return fallback;
  return saying.words.map((word, index) => (
    <span key={index} className={index < saying.begun ? styles.begun : styles.coming}>
      {word}{' '}
    </span>
  ));
}

/** The last sentence of a reply without word times, as in a room without voice. */
function openSentence(state: RoomState): string {
  const line = state.captions.lines.findLast((one) => one.seat === null && one.status === 'open');
  return line === undefined ? '' : (/[^.!?]+[.!?]*\s*$/.exec(line.text)?.[0] ?? line.text);
}

/** It was opened, and nobody speaks. */
function isSilence({ mood, captions }: RoomState): boolean {
  return mood === 'silent' && captions.lines.some((line) => line.event === null);
}

/** How much of the silence is left. */
function Silence({ state }: { state: RoomState }) {
  const now = useNow(500);
  const limit = state.session?.time_limit_s ?? null;
  return limit === null ? en.room.silenceOpen : en.room.silence(clock(Math.max(0, limit - elapsedS(state, now))));
}

/** Whose turn it is, and how one takes it. */
function hintOf(room: Room, state: RoomState, { ai, call, off, leader, leads, manner }: Scene): string {
  if (state.link.at !== 'live') return '';
  if (leader !== null) return leads ? en.room.hintYouLead(ai) : en.room.hintLed(leader, ai);
  if (off) return state.mood === 'silent' && manner.writes ? en.room.off(ai) : '';
  if (state.mood !== 'listening') return '';
  const heard = room.hasVoice && state.microphone === 'on';
  if (call !== null) return heard ? (state.muted ? en.room.callMuted : en.room.call)(call) : en.room.callText(call);
  if (state.captions.lines.every((line) => line.event !== null)) return '';
  if (!heard) return en.room.turnText;
  if (state.input === 'ptt') return state.pressing ? en.room.talking : en.room.turnHold;
  return state.muted ? en.room.turnMuted : en.room.turn;
}

/** The AI has been done speaking for a while: a sentence whose sound was lost on the way is not waited for. */
function useDone(mood: Mood): boolean {
  const quiet = mood === 'listening' || mood === 'silent';
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!quiet) return;
    const timer = setTimeout(() => setDone(true), LATE_MS);
    return () => {
      clearTimeout(timer);
      setDone(false);
    };
  }, [quiet]);
  return done;
}

const LATE_MS = 2_000;

/** Looked at with every picture, told to React only when a word begins. */
function useSaying(room: Room): Saying | null {
  const [saying, setSaying] = useState<Saying | null>(null);
  useEffect(() => {
    let request = 0;
    const look = (): void => {
      const now = room.saying();
      setSaying((last) => (last?.reply === now?.reply && last?.begun === now?.begun && last?.words[0] === now?.words[0] ? last : now));
      request = requestAnimationFrame(look);
    };
    look();
    return () => cancelAnimationFrame(request);
  }, [room]);
  return saying;
}
