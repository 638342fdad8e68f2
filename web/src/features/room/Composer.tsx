import { useState, type KeyboardEvent } from 'react';
import { en } from '../../i18n/en';
import type { Room } from '../../live/room';
import type { RoomState } from '../../live/room-state';
import { Button, IconButton } from '../../ui/Button';
import styles from './Conversation.module.css';

const MOST_CHARACTERS = 8_000; // what the server takes

export function Composer({ room, state }: { room: Room; state: RoomState }) {
  const [text, setText] = useState('');
  const send = (): void => {
    if (text.trim() === '') return;
    room.say(text);
    setText('');
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <div className={styles.composer}>
      <WrapUp room={room} state={state} />
      <form
        className={styles.write}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <textarea
          className={styles.field}
          rows={1}
          aria-label={en.room.write}
          placeholder={en.room.write}
          maxLength={MOST_CHARACTERS}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKey}
        />
        <IconButton type="submit" icon="send" label={en.room.send} disabled={text.trim() === ''} className={styles.send} />
      </form>
    </div>
  );
}

/** Where the agreed ending stands, with the two answers it waits for. */
function WrapUp({ room, state }: { room: Room; state: RoomState }) {
  switch (state.session?.wrap_up) {
    case 'asked':
      return (
        <div className={styles.ask} role="status">
          <p>{en.room.wrapUp}</p>
          <div className={styles.answers}>
            <Button onClick={() => room.say(en.room.yes)}>{en.room.yes}</Button>
            <Button onClick={() => room.say(en.room.no)}>{en.room.no}</Button>
          </div>
        </div>
      );
    case 'confirmed':
      return (
        <p className={styles.ask} role="status">
          {en.room.closing}
        </p>
      );
    default:
      return null;
  }
}
