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
import type { Scene } from './useScene';

const wantsStillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

interface StageProps {
  room: Room;
  state: RoomState;
  scene: Scene;
  picture: MediaStream | null;
}

/** The coach, and the line between the two voices. */
export function Stage({ room, state, scene, picture }: StageProps) {
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
  const mood = moodOf(state, scene);
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
        <Subtitle room={room} state={state} scene={scene} />
      </div>
    </div>
  );
}

/** What the AI is doing, in words. */
function moodOf(state: RoomState, { leader, leads, call, manner }: Scene): string {
  if (state.mood === 'off') return en.room.mood.off;
  if (leader !== null && state.mood !== 'speaking') return leads ? en.room.youLead : en.room.ledBy(leader);
  if (manner.silent && state.mood !== 'speaking') return en.room.inSilence;
  if (state.mood !== 'listening') return en.room.mood[state.mood];
  if (state.seat !== null && state.speaking.includes(state.seat)) return en.room.yourTurn;
  return call === null ? en.room.mood.listening : en.room.waits;
}
