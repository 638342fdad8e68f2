import { useState } from 'react';
import { en } from '../../i18n/en';
import { refusalOf } from '../../i18n/refusals';
import { useKeepNote, useNotes } from '../../server/queries';
import { Button } from '../../ui/Button';
import { Refused } from '../../ui/Refused';
import { TextArea } from '../../ui/TextArea';
import styles from './Conversation.module.css';

/** Where one writes for oneself, in a room where nobody answers. */
export function Notes({ session }: { session: string }) {
  const [text, setText] = useState('');
  const notes = useNotes(session, true);
  const keep = useKeepNote(session);
  const kept = notes.data ?? [];
  return (
    <form
      className={styles.notes}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') keep.mutate(text.trim(), { onSuccess: () => setText('') });
      }}
    >
      {kept.length > 0 && (
        <ul className={styles.kept}>
          {kept.map((note) => (
            <li key={note.id}>{note.text}</li>
          ))}
        </ul>
      )}
      <TextArea label={en.note.label} hint={en.note.hint} rows={2} maxLength={8_000} value={text} onChange={(event) => setText(event.target.value)} />
      {keep.error && <Refused refusal={refusalOf(keep.error)} />}
      <Button type="submit" busy={keep.isPending} disabled={text.trim() === ''}>
        {en.note.keep}
      </Button>
    </form>
  );
}
