import type { KeyboardEvent } from 'react';
import { en } from '../../i18n/en';
import type { Room } from '../../live/room';
import { Icon } from '../../ui/Icon';
import styles from './Controls.module.css';

/** The push-to-talk key for a finger, a pointer or a keyboard. */
export function HoldToTalk({ room, pressing }: { room: Room; pressing: boolean }) {
  const onKey = (event: KeyboardEvent, on: boolean): void => {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    room.press(on);
  };
  return (
    <button
      type="button"
      className={styles.hold}
      aria-pressed={pressing}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        room.press(true);
      }}
      onPointerUp={() => room.press(false)}
      onPointerCancel={() => room.press(false)}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => onKey(event, true)}
      onKeyUp={(event) => onKey(event, false)}
    >
      <Icon name="microphone" size={22} />
      <span>{pressing ? en.room.talking : en.room.hold}</span>
    </button>
  );
}
