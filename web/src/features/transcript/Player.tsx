import { useEffect, useState } from 'react';
import { en } from '../../i18n/en';
import { clock } from '../../i18n/format';
import type { Replay } from '../../live/replay';
import { IconButton } from '../../ui/Button';
import { Segments } from '../../ui/Segments';
import { Slider } from '../../ui/Slider';
import styles from './Player.module.css';

const SPEEDS = [
  { value: '1', label: '1×' },
  { value: '1.5', label: '1.5×' },
  { value: '2', label: '2×' },
] as const;
type Speed = (typeof SPEEDS)[number]['value'];

interface PlayerProps {
  replay: Replay;
  isPlaying: boolean;
  lengthMs: number;
}

export function Player({ replay, isPlaying, lengthMs }: PlayerProps) {
  const positionMs = usePosition(replay);
  const [speed, setSpeed] = useState<Speed>('1');
  return (
    <section className={styles.player} aria-label={en.transcript.recording}>
      <IconButton
        large
        icon={isPlaying ? 'pause' : 'play'}
        label={isPlaying ? en.transcript.pause : en.transcript.play}
        className={styles.play}
        onClick={() => (isPlaying ? replay.pause() : replay.play())}
      />
      <span className={styles.time}>{clock(positionMs / 1000)}</span>
      <Slider
        label={en.transcript.position}
        value={Math.min(positionMs, lengthMs)}
        max={lengthMs}
        text={clock(positionMs / 1000)}
        onChange={(ms) => replay.seek(ms)}
      />
      <span className={styles.time}>{clock(lengthMs / 1000)}</span>
      <Segments
        label={en.transcript.speed}
        value={speed}
        choices={SPEEDS}
        onChange={(wanted) => {
          setSpeed(wanted);
          replay.setRate(Number(wanted));
        }}
      />
    </section>
  );
}

function usePosition(replay: Replay): number {
  const [positionMs, setPositionMs] = useState(0);
  useEffect(() => {
    const look = (): void => setPositionMs(replay.positionMs());
    const timer = setInterval(look, 200);
    const stop = replay.subscribe(look);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [replay]);
  return positionMs;
}
