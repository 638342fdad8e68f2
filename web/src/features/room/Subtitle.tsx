import { useEffect, useState } from 'react';
import { en } from '../../i18n/en';
import type { Saying } from '../../live/mouth';
import type { Room } from '../../live/room';
import type { RoomState } from '../../live/room-state';
import styles from './Stage.module.css';

/** What is being said now: the coach's sentence, lit word by word as it is heard, or one's own words so far. */
export function Subtitle({ room, state }: { room: Room; state: RoomState }) {
  const saying = useSaying(room);
  const own = state.captions.lines.find((line) => line.id === `open:${state.seat ?? ''}`);
  return (
    <p className={styles.subtitle} aria-hidden="true">
      <span>
        <Words own={own?.text} saying={state.mood === 'off' ? null : saying} fallback={state.mood === 'off' ? '' : openSentence(state)} />
        {own === undefined && saying === null && <span className={styles.quiet}>{hintOf(room, state)}</span>}
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

/** Whose turn it is, and how one takes it. */
function hintOf(room: Room, state: RoomState): string {
  if (state.mood !== 'listening' || state.captions.lines.length === 0) return '';
  if (!room.hasVoice || state.microphone !== 'on') return en.room.turnText;
  if (state.input === 'ptt') return state.pressing ? en.room.talking : en.room.turnHold;
  return state.muted ? en.room.turnMuted : en.room.turn;
}

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
