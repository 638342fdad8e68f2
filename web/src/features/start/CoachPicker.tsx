import { useCallback, useMemo, useRef, type PointerEvent } from 'react';
import type { PersonaOut } from '../../api/http';
import { en } from '../../i18n/en';
import { Expressions } from '../../live/pose';
import { Face } from '../../ui/face/Face';
import { Segments } from '../../ui/Segments';
import styles from './CoachPicker.module.css';

interface CoachPickerProps {
  personas: readonly PersonaOut[];
  chosen: string | null;
  onChoose: (persona: string) => void;
}

/** The coach one will meet, who looks where the pointer is; and the others to choose from. */
export function CoachPicker({ personas, chosen, onChoose }: CoachPickerProps) {
  const expressions = useMemo(() => new Expressions(), []);
  const pointer = useRef<{ x: number; y: number } | null>(null);
  const pose = useCallback(
    (nowMs: number) => {
      const calm = expressions.at(nowMs, { mood: 'listening', mouth: { from: 'sil', to: 'sil', part: 1 }, voiceRms: 0, personRms: 0 });
      return pointer.current === null ? calm : { ...calm, gaze: pointer.current };
    },
    [expressions],
  );
  const follow = (event: PointerEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * 2 - 1;
    const y = ((event.clientY - box.top) / box.height) * 2 - 0.9;
    pointer.current = { x: Math.max(-1, Math.min(1, x)), y: Math.max(-1, Math.min(1, y)) };
  };
  const coach = personas.find((one) => one.id === chosen);
  return (
    <figure className={styles.card} data-look={coach?.look ?? 'warm'} onPointerMove={follow} onPointerLeave={() => (pointer.current = null)}>
      <Face look={coach?.look ?? 'warm'} label={en.start.face(coach?.name ?? '')} pose={pose} className={styles.face} />
      <figcaption className={styles.caption}>
        <span className={styles.who}>
          <strong>{coach?.name}</strong>
          <span>{coach?.title}</span>
        </span>
        {personas.length > 1 && (
          <Segments
            label={en.start.coach}
            value={chosen ?? ''}
            choices={personas.map((one) => ({ value: one.id, label: one.name }))}
            onChange={onChoose}
          />
        )}
      </figcaption>
    </figure>
  );
}
