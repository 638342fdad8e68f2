import type { StatusOut } from '../../api/http';
import { en } from '../../i18n/en';
import { useStatus } from '../../server/queries';
import styles from './StartPage.module.css';

interface Part {
  name: string;
  offline: boolean;
  note: string | null;
}

const PARTS = ['language_model', 'speech_to_text', 'text_to_speech'] as const;

/** What the conversation is made of, and what that cannot do: said before, not found out. */
export function WhatRunsHere() {
  const status = useStatus().data;
  if (status === undefined) return null;
  const parts = PARTS.flatMap((kind) => {
    const part = partOf(status, kind);
    return part === null ? [] : [{ kind, ...part }];
  });
  if (parts.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="runs-here">
      <h2 id="runs-here" className={styles.heading}>
        {en.start.offline}
      </h2>
      <dl className={styles.parts}>
        {parts.map((part) => (
          <div key={part.kind} className={styles.part}>
            <dt>{en.start.part[part.kind]}</dt>
            <dd>
              {part.name}, {part.offline ? en.start.isOffline : en.start.isOnline}
            </dd>
            {part.note !== null && <dd className={styles.note}>{part.note}</dd>}
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The server's description leaves the parts open, so they are looked at before they are believed. */
function partOf(status: StatusOut, kind: string): Part | null {
  const part = (status as Record<string, unknown>)[kind];
  if (typeof part !== 'object' || part === null) return null;
  const { name, offline, note } = part as Record<string, unknown>;
  return typeof name === 'string' ? { name, offline: offline === true, note: typeof note === 'string' ? note : null } : null;
}
