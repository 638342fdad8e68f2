import { useCallback, useMemo } from 'react';
import type { PersonaOut } from '../../api/http';
import { en } from '../../i18n/en';
import { Expressions } from '../../live/pose';
import { Face } from '../../ui/face/Face';
import styles from './LobbyPage.module.css';

/** Whom one is about to meet. */
export function Portrait({ persona }: { persona: PersonaOut }) {
  const expressions = useMemo(() => new Expressions(), []);
  const pose = useCallback(
    (nowMs: number) => expressions.at(nowMs, { mood: 'listening', mouth: { from: 'sil', to: 'sil', part: 1 }, voiceRms: 0, personRms: 0 }),
    [expressions],
  );
  return (
    <figure className={styles.portrait} data-look={persona.look}>
      <Face look={persona.look} label={en.start.face(persona.name)} pose={pose} className={styles.face} />
      <figcaption className={styles.caption}>
        <strong>{persona.name}</strong> {persona.title}
      </figcaption>
    </figure>
  );
}
