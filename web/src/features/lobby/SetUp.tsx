import { useState } from 'react';
import type { FormatOut, SessionOut } from '../../api/http';
import { en } from '../../i18n/en';
import { refusalOf } from '../../i18n/refusals';
import { useSetUp } from '../../server/queries';
import { Button } from '../../ui/Button';
import { Note } from '../../ui/Note';
import { Refused } from '../../ui/Refused';
import { TextArea } from '../../ui/TextArea';
import styles from './LobbyPage.module.css';
import { answersOf } from './answers';

/** What the session has to be given before it can begin: a job description, for one. */
export function SetUp({ session, format }: { session: SessionOut; format: FormatOut }) {
  const [text, setText] = useState(session.variables['url'] ?? session.variables['description'] ?? '');
  const setUp = useSetUp(session.id);
  const given = format.needs.some((name) => name in session.variables);
  if (given && session.error === null) {
    return (
      <p className={styles.waiting} role="status">
        {en.lobby.preparing}
      </p>
    );
  }
  const prepare = (): void => setUp.mutate(answersOf(text));
  return (
    <div className={styles.form}>
      {session.error !== null && (
        <Note look="danger" icon="alert" urgent>
          {session.error}
        </Note>
      )}
      <TextArea label={en.lobby.job} hint={en.lobby.jobHint} rows={9} maxLength={50_000} value={text} onChange={(event) => setText(event.target.value)} />
      {setUp.error && <Refused refusal={refusalOf(setUp.error)} />}
      <div className={styles.actions}>
        <Button look="primary" size="l" icon="arrow" busy={setUp.isPending} disabled={text.trim() === ''} onClick={prepare}>
          {session.error === null ? en.lobby.prepare : en.lobby.prepareAgain}
        </Button>
      </div>
    </div>
  );
}
