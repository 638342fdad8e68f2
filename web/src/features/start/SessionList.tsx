import { Link } from 'react-router';
import type { SessionOut } from '../../api/http';
import { en } from '../../i18n/en';
import { length, moment } from '../../i18n/format';
import { refusalOf } from '../../i18n/refusals';
import { isOver, useSessions } from '../../server/queries';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Note } from '../../ui/Note';
import styles from './StartPage.module.css';

/** One's sessions: those that are open first, then the newest. */
export function SessionList() {
  const sessions = useSessions();
  if (sessions.error) {
    return (
      <Note look="danger" icon="alert">
        {refusalOf(sessions.error).text} {refusalOf(sessions.error).hint}
      </Note>
    );
  }
  const all = sessions.data?.pages.flatMap((page) => page.items) ?? [];
  const ordered = [...all.filter((one) => !isOver(one)), ...all.filter(isOver)];
  return (
    <section className={styles.section} aria-labelledby="sessions">
      <h2 id="sessions" className={styles.heading}>
        {en.start.sessions}
      </h2>
      {ordered.length === 0 ? (
        <p className={styles.none}>{en.start.none}</p>
      ) : (
        <ul className={styles.sessions}>
          {ordered.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      )}
      {sessions.hasNextPage && (
        <Button className={styles.more} busy={sessions.isFetchingNextPage} onClick={() => void sessions.fetchNextPage()}>
          {en.start.more}
        </Button>
      )}
    </section>
  );
}

function SessionRow({ session }: { session: SessionOut }) {
  const over = isOver(session);
  const title = session.title === '' ? en.start.untitled : session.title;
  const to = over ? `/s/${session.id}/transcript` : `/s/${session.id}`;
  return (
    <li className={styles.session}>
      <div>
        <p className={styles.name}>{title}</p>
        <p className={styles.when}>
          {moment(session.started_at ?? session.created_at)}
          {session.started_at !== null && ` · ${length(session.elapsed_s)}`}
        </p>
      </div>
      <Badge look={session.phase === 'active' ? 'live' : 'calm'}>{en.phase[session.phase]}</Badge>
      <Link to={to} className={styles.go} data-open={!over} aria-label={`${over ? en.start.read : en.start.back}: ${title}`}>
        {over ? en.start.read : en.start.back}
      </Link>
    </li>
  );
}
