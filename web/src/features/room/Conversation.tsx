import { useEffect, useRef } from 'react';
import { en } from '../../i18n/en';
import { clock } from '../../i18n/format';
import type { CaptionLine } from '../../live/captions';
import type { Room } from '../../live/room';
import type { RoomState } from '../../live/room-state';
import { Composer } from './Composer';
import styles from './Conversation.module.css';
import { Help } from './Help';
import { Notes } from './Notes';
import { wordsOf } from './told';
import type { Scene } from './useScene';
import { Work } from './Work';

const NEAR_PX = 80; // from the end: who reads further up is left there

interface ConversationProps {
  session: string;
  room: Room;
  state: RoomState;
  scene: Scene;
}

/** All that was said, with what is being said now, and where one writes. */
export function Conversation({ session, room, state, scene }: ConversationProps) {
  const { lines } = state.captions;
  const end = useStayAtEnd(lines);
  const last = lines.findLast((line) => line.status === 'said' || line.status === 'interrupted');
  const { manner } = scene;
  return (
    <section className={styles.conversation} aria-label={en.room.conversation}>
      {/* whoever scrolls by keyboard needs the focus here */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.scroll} ref={end} tabIndex={0} role="group" aria-label={en.room.conversation}>
        <ol className={styles.lines}>
          {lines.map((line) =>
            line.event === null ? (
              <Line key={line.id} line={line} own={line.seat === state.seat} />
            ) : (
              <Told key={line.id} text={wordsOf(line.event, state, scene.ai)} />
            ),
          )}
        </ol>
        {state.session !== null && lines.every((line) => line.event !== null) && <p className={styles.empty}>{emptyOf(scene)}</p>}
      </div>
      <p className="unseen" role="log" aria-live="polite">
        {last === undefined ? '' : `${last.name}: ${last.text}`}
      </p>
      {state.help !== null && <Help help={state.help} />}
      {manner.focus && <Work room={room} state={state} />}
      {(manner.writes || state.help?.acute === true) && <Composer room={room} state={state} scene={scene} />}
      {!manner.writes && manner.notes && <Notes session={session} />}
    </section>
  );
}

/** What there is to expect, before anything was said. */
function emptyOf({ ai, call, leader, off }: Scene): string {
  if (leader !== null) return en.room.emptyLed(leader);
  if (call !== null) return en.room.emptyCalled(ai, call);
  return off ? '' : en.room.empty(ai);
}

function Told({ text }: { text: string | null }) {
  return text === null || text === '' ? null : <li className={styles.told}>{text}</li>;
}

function Line({ line, own }: { line: CaptionLine; own: boolean }) {
  return (
    <li className={styles.line} data-ai={line.seat === null} data-status={line.status}>
      <p className={styles.who}>
        <strong>{own && line.name === '' ? en.room.you : line.name}</strong>
        {line.startMs !== null && <time>{clock(line.startMs / 1000)}</time>}
        {line.typed && <span>{line.status === 'sending' ? en.room.sending : en.room.typed}</span>}
      </p>
      <p className={styles.text}>
        {line.text}
        {line.unheard !== '' && (
          <span className={styles.unheard} title={line.unheard}>
            {' '}
            – {en.room.interrupted}
          </span>
        )}
        {line.status === 'open' && (
          <span className={styles.dots} aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
        )}
      </p>
    </li>
  );
}

function useStayAtEnd(lines: readonly CaptionLine[]) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const note = (): void => {
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
    };
    element.addEventListener('scroll', note, { passive: true });
    return () => element.removeEventListener('scroll', note);
  }, []);
  useEffect(() => {
    if (atEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [lines]);
  return box;
}
