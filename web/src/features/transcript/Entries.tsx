import { Fragment, memo, type MouseEvent } from 'react';
import type { EntryOut } from '../../api/http';
import { en } from '../../i18n/en';
import { clock } from '../../i18n/format';
import styles from './Entries.module.css';
import { timedWords } from './words';

interface EntriesProps {
  entries: readonly EntryOut[];
  heard: { entry: string; word: number } | null;
  /** Null where there is no sound to go to. */
  onSeek: ((ms: number) => void) | null;
}

export function Entries({ entries, heard, onSeek }: EntriesProps) {
  return (
    <ol className={styles.entries}>
      {entries.map((entry) => (
        <Entry key={entry.id} entry={entry} word={heard?.entry === entry.id ? heard.word : null} onSeek={onSeek} />
      ))}
    </ol>
  );
}

interface EntryProps {
  entry: EntryOut;
  word: number | null;
  onSeek: EntriesProps['onSeek'];
}

const Entry = memo(
  function Entry({ entry, word, onSeek }: EntryProps) {
    const time = clock(entry.start_ms / 1000);
    const jump = (event: MouseEvent): void => {
      const ms = (event.target as HTMLElement).dataset['ms'];
      if (ms !== undefined) onSeek?.(Number(ms));
    };
    return (
      <li id={entry.id} className={styles.entry} data-ai={entry.seat === null} data-heard={word !== null}>
        {onSeek === null ? (
          <time className={styles.time}>{time}</time>
        ) : (
          <button type="button" className={styles.time} aria-label={en.transcript.wordAt(time)} onClick={() => onSeek(entry.start_ms)}>
            {time}
          </button>
        )}
        <div>
          <p className={styles.who}>
            <strong>{entry.name}</strong>
            {entry.source === 'text' && <span>{en.transcript.written}</span>}
          </p>
          {/* a click on a word is a short cut for the pointer; the time beside it does the same by keyboard */}
          {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions */}
          <p className={styles.text} data-seeks={onSeek !== null} onClick={jump}>
            {timedWords(entry).map(({ text, startMs }, index) => (
              <Fragment key={index}>
                <span data-ms={startMs} data-now={index === word}>
                  {text}
                </span>{' '}
              </Fragment>
            ))}
            {entry.interrupted && <em className={styles.cut}>– {en.transcript.interrupted}</em>}
          </p>
        </div>
      </li>
    );
  },
  (before, after) =>
    before.entry === after.entry && before.word === after.word && (before.onSeek === null) === (after.onSeek === null),
);
