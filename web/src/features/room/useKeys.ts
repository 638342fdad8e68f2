import { useEffect } from 'react';
import type { Room } from '../../live/room';

/** M mutes, Escape interrupts, Space held talks in push-to-talk; never while the person writes or uses a control. */
export function useKeys(room: Room): void {
  useEffect(() => {
    const down = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]') !== null) return;
      const { input, muted, microphone } = room.snapshot();
      if (event.key === 'Escape') room.interrupt();
      else if (isWriting(event.target)) return;
      else if (event.key.toLowerCase() === 'm' && !event.repeat && microphone === 'on') room.mute(!muted);
      else if (event.key === ' ' && input === 'ptt' && !isControl(event.target)) {
        event.preventDefault();
        room.press(true);
      }
    };
    const up = (event: KeyboardEvent): void => {
      if (event.key === ' ') room.press(false);
    };
    const release = (): void => room.press(false);
    window.addEventListener('keydown', down);
    window.addEventListener('keyup', up);
    window.addEventListener('blur', release);
    return () => {
      window.removeEventListener('keydown', down);
      window.removeEventListener('keyup', up);
      window.removeEventListener('blur', release);
    };
  }, [room]);
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement;
}
