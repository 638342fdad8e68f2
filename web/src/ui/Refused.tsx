import { useEffect, useRef, type ReactNode } from 'react';
import type { Refusal } from '../i18n/refusals';
import { Note } from './Note';
import styles from './Refused.module.css';

/** Why something was refused, and what there is to do about it. children: more ways out. */
export function Refused({ refusal, children }: { refusal: Refusal; children?: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), [refusal.text]); // a long page has it below its edge
  return (
    <div ref={box}>
      <Note look={refusal.to === undefined ? 'danger' : 'caution'} icon="alert" urgent>
        <p>{refusal.text}</p>
        {refusal.hint !== undefined && <p className={styles.hint}>{refusal.hint}</p>}
        {refusal.to !== undefined && (
          <p className={styles.way}>
            <a href={refusal.to}>{refusal.label}</a>
          </p>
        )}
        {children}
      </Note>
    </div>
  );
}
