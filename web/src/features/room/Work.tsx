import { useState } from 'react';
import { en } from '../../i18n/en';
import { clock } from '../../i18n/format';
import type { Room } from '../../live/room';
import { elapsedS, type RoomState } from '../../live/room-state';
import { openTask, type Done } from '../../live/work';
import { Button } from '../../ui/Button';
import styles from './Conversation.module.css';
import { useNow } from './useNow';

const FOCUS_MINUTES = 25;
const ANSWERS: readonly Done[] = ['yes', 'partly', 'no'];

/** Work side by side: one's task, how it went, and the timer of all. */
export function Work({ room, state }: { room: Room; state: RoomState }) {
  const task = openTask(state.work, state.seat);
  const asked = state.seat !== null && state.work.asked.includes(state.seat);
  if (task !== null && asked) {
    return (
      <div className={styles.ask} role="status">
        <p>{en.room.howWasIt(task.text)}</p>
        <div className={styles.answers}>
          {ANSWERS.map((done) => (
            <Button key={done} onClick={() => room.report(task.id, done)}>
              {en.room.done[done]}
            </Button>
          ))}
        </div>
      </div>
    );
  }
  return (
    <div className={styles.work}>
      {task === null ? (
        <Declare room={room} />
      ) : (
        <div className={styles.task}>
          <p>{en.room.yourTask(task.text)}</p>
          <Button look="quiet" onClick={() => room.report(task.id, 'yes')}>
            {en.room.done.yes}
          </Button>
        </div>
      )}
      <Timer room={room} state={state} />
    </div>
  );
}

function Declare({ room }: { room: Room }) {
  const [text, setText] = useState('');
  return (
    <form
      className={styles.declare}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === '') return;
        room.declare(text.trim());
        setText('');
      }}
    >
      <input
        className={styles.taskField}
        aria-label={en.room.taskLabel}
        placeholder={en.room.taskLabel}
        maxLength={500}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {text.trim() !== '' && <Button type="submit">{en.room.task}</Button>}
    </form>
  );
}

function Timer({ room, state }: { room: Room; state: RoomState }) {
  const now = useNow(500);
  const { endsMs } = state.work;
  if (endsMs === null) {
    return (
      <Button look="quiet" icon="play" disabled={state.session?.phase !== 'active'} onClick={() => room.focus(FOCUS_MINUTES)}>
        {en.room.focus}
      </Button>
    );
  }
  return (
    <p className={styles.timer}>
      <strong>{en.room.focusLeft(clock(Math.max(0, endsMs / 1000 - elapsedS(state, now))))}</strong>
      <Button look="quiet" onClick={() => room.focus(0)}>
        {en.room.focusStop}
      </Button>
    </p>
  );
}
