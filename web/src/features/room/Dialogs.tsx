import { useState } from 'react';
import { en } from '../../i18n/en';
import type { Room } from '../../live/room';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Note } from '../../ui/Note';

interface Asked {
  room: Room;
  onClose: () => void;
}

export function LeaveDialog({ room, onClose }: Asked) {
  return (
    <Dialog
      title={en.room.leaveTitle}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {en.room.stay}
          </Button>
          <Button look="primary" onClick={() => room.leave()}>
            {en.room.leave}
          </Button>
        </>
      }
    >
      {en.room.leaveText}
    </Dialog>
  );
}

export function EndDialog({ room, onClose }: Asked) {
  const [state, setState] = useState<'asking' | 'ending' | { failed: string }>('asking');
  const end = (): void => {
    setState('ending');
    room.end().catch((error: unknown) => setState({ failed: error instanceof Error ? error.message : en.failed }));
  };
  return (
    <Dialog
      title={en.room.endTitle}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {en.room.stay}
          </Button>
          <Button look="danger" busy={state === 'ending'} onClick={end}>
            {en.room.endConfirm}
          </Button>
        </>
      }
    >
      <p>{en.room.endText}</p>
      {typeof state === 'object' && (
        <Note look="danger" icon="alert" urgent>
          {state.failed}
        </Note>
      )}
    </Dialog>
  );
}
