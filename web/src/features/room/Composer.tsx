import { useState, type KeyboardEvent } from 'react';
import { en } from '../../i18n/en';
import type { Room } from '../../live/room';
import type { RoomState } from '../../live/room-state';
import { Button, IconButton } from '../../ui/Button';
import { Segments } from '../../ui/Segments';
import styles from './Conversation.module.css';
import { Guide } from './Guide';
import type { Scene } from './useScene';

const MOST_CHARACTERS = 8_000; // what the server takes
const MOST_WHISPERED = 2_000;

export function Composer({ room, state, scene }: { room: Room; state: RoomState; scene: Scene }) {
  const [text, setText] = useState('');
  const [to, setTo] = useState<'all' | 'ai'>('all');
  const whispers = scene.manner.coaches && to === 'ai';
  const send = (): void => {
    if (text.trim() === '') return;
    if (whispers) room.whisper(text.trim());
    else room.say(text);
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
      {scene.manner.coaches && (
        <div className={styles.coach}>
          <Segments
            label={en.room.to}
            value={to}
            choices={[
              { value: 'all', label: en.room.toAll },
              { value: 'ai', label: en.room.toAi(scene.ai) },
            ]}
            onChange={setTo}
          />
          <Guide room={room} ai={scene.ai} leads={scene.leads} />
        </div>
      )}
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
          placeholder={whispers ? en.room.toAi(scene.ai) : en.room.write}
          maxLength={whispers ? MOST_WHISPERED : MOST_CHARACTERS}
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
