import { useState } from 'react';
import { en } from '../../i18n/en';
import { refusalOf } from '../../i18n/refusals';
import { useKeepNote, useNotes } from '../../server/queries';
import { Button } from '../../ui/Button';
import { Refused } from '../../ui/Refused';
import { TextArea } from '../../ui/TextArea';
import styles from './TranscriptPage.module.css';

/** One's own notes, which are kept with the session and shown to nobody else. */
export function Notes({ session }: { session: string }) {
  const [text, setText] = useState('');
  const notes = useNotes(session, true);
  const keep = useKeepNote(session);
  const kept = notes.data ?? [];
  return (
    <section className={styles.card} aria-labelledby="notes">
      <h2 id="notes" className={styles.heading}>
        {en.note.title}
      </h2>
      <ul className={styles.quotes}>
        {kept.map((note) => (
          <li key={note.id}>{note.text}</li>
        ))}
      </ul>
      <form
        className={styles.note}
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') keep.mutate(text.trim(), { onSuccess: () => setText('') });
        }}
      >
        <TextArea label={en.note.label} hint={en.note.hint} maxLength={8_000} value={text} onChange={(event) => setText(event.target.value)} />
        {keep.error && <Refused refusal={refusalOf(keep.error)} />}
        <Button type="submit" busy={keep.isPending} disabled={text.trim() === ''}>
          {en.note.keep}
        </Button>
      </form>
    </section>
  );
}
