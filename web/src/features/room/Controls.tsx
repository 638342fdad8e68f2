import { en } from '../../i18n/en';
import type { Room } from '../../live/room';
import type { RoomState } from '../../live/room-state';
import { Button, IconButton } from '../../ui/Button';
import styles from './Controls.module.css';
import { HoldToTalk } from './HoldToTalk';
import type { Manner } from './manner';

interface ControlsProps {
  room: Room;
  state: RoomState;
  voice: boolean;
  manner: Manner;
  camera: boolean;
  onCamera: (on: boolean) => void;
  hops: boolean;
  onHops: (on: boolean) => void;
  /** Leaving and ending are asked about first. */
  onAsk: (about: Asked) => void;
}

export type Asked = 'invite' | 'leave' | 'end';

export function Controls({ room, state, voice, manner, camera, onCamera, hops, onHops, onAsk }: ControlsProps) {
  const { muted, input, mood, microphone } = state;
  const ptt = input === 'ptt';
  const speaks = mood === 'speaking' || mood === 'thinking' || mood === 'paused';
  return (
    <div className={styles.controls} role="toolbar" aria-label={en.room.controls}>
      {voice && microphone === 'on' && (
        <div className={styles.group}>
          {ptt ? (
            <HoldToTalk room={room} pressing={state.pressing} />
          ) : (
            <IconButton
              large
              icon={muted ? 'microphoneOff' : 'microphone'}
              label={muted ? en.room.unmute : en.room.mute}
              look={muted ? 'danger' : 'on'}
              onClick={() => room.mute(!muted)}
            />
          )}
          {!manner.silent && (
            <IconButton
              large
              icon="hold"
              label={ptt ? en.room.pttOff : en.room.pttOn}
              look={ptt ? 'on' : 'plain'}
              aria-pressed={ptt}
              onClick={() => room.setInput(ptt ? 'open' : 'ptt')}
            />
          )}
        </div>
      )}
      <div className={styles.group}>
        {!manner.silent && <IconButton large icon="stop" label={en.room.interrupt} disabled={!speaks} onClick={() => room.interrupt()} />}
        {voice && manner.camera && (
          <IconButton
            large
            icon={camera ? 'camera' : 'cameraOff'}
            label={camera ? en.room.cameraOff : en.room.camera}
            look={camera ? 'on' : 'plain'}
            aria-pressed={camera}
            onClick={() => onCamera(!camera)}
          />
        )}
        {!manner.silent && (
          <IconButton large icon="chart" label={en.room.hops} look={hops ? 'on' : 'plain'} aria-pressed={hops} onClick={() => onHops(!hops)} />
        )}
      </div>
      <div className={styles.group}>
        {manner.hosts && (state.session?.max_participants ?? 1) > 1 && (
          <IconButton large icon="invite" label={en.room.invite} onClick={() => onAsk('invite')} />
        )}
        <IconButton large icon="leave" label={en.room.leave} onClick={() => onAsk('leave')} />
        {manner.mayEnd && (
          <Button look="danger-soft" icon="end" className={styles.end} onClick={() => onAsk('end')}>
            <span>{en.room.end}</span>
          </Button>
        )}
      </div>
    </div>
  );
}
