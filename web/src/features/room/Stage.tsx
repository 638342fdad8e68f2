import { useCallback, useMemo } from 'react';
import { en } from '../../i18n/en';
import { meter } from '../../live/pcm';
import { Expressions } from '../../live/pose';
import type { Room } from '../../live/room';
import type { RoomState } from '../../live/room-state';
import { Face } from '../../ui/face/Face';
import { SelfView } from '../../ui/SelfView';
import { VoiceLine } from '../../ui/VoiceLine';
import styles from './Stage.module.css';
import { Subtitle } from './Subtitle';

const wantsStillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

interface StageProps {
  room: Room;
  state: RoomState;
  picture: MediaStream | null;
}

/** The coach, and the line between the two voices. */
export function Stage({ room, state, picture }: StageProps) {
  const expressions = useMemo(() => new Expressions(), []);
  const pose = useCallback(
    (nowMs: number) =>
      expressions.at(
        nowMs,
        { mood: room.snapshot().mood, mouth: room.mouth(), voiceRms: room.voiceRms(), personRms: room.microphoneRms() },
        wantsStillness(),
      ),
    [room, expressions],
  );
  const levels = useCallback(
    () => ({ voice: meter(room.voiceRms()), person: meter(room.microphoneRms()), mood: room.snapshot().mood }),
    [room],
  );
  const speaks = state.seat !== null && state.speaking.includes(state.seat);
  const mood = state.mood === 'listening' && speaks ? en.room.yourTurn : en.room.mood[state.mood];
  const name = state.persona?.name ?? '';
  return (
    <div className={styles.stage} data-look={state.persona?.look ?? 'warm'} data-mood={state.mood}>
      <p className={styles.mood} data-mood={state.mood}>
        <i aria-hidden="true" />
        <strong>{name}</strong>
        <span data-testid="ai-state">{mood}</span>
      </p>
      <Face look={state.persona?.look ?? 'warm'} label={en.room.face(name, mood)} pose={pose} className={styles.face} />
      {picture !== null && (
        <div className={styles.self}>
          <SelfView stream={picture} label={en.lobby.self} />
        </div>
      )}
      <div className={styles.foot}>
        <VoiceLine read={levels} />
        <Subtitle room={room} state={state} />
      </div>
    </div>
  );
}
