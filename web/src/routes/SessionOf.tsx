import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import type { SessionOut } from '../api/http';
import { en } from '../i18n/en';
import { useSession } from '../server/queries';
import { Empty } from './Empty';
import styles from './Shell.module.css';

/** The session that the address names, once it is known. */
export function SessionOf({ children }: { children: (session: SessionOut) => ReactNode }) {
  const { id = '' } = useParams();
  const session = useSession(id);
  if (session.data !== undefined) return children(session.data);
  if (session.error !== null) return <Empty title={en.noSession} text={session.error.message} />;
  return (
    <p className={styles.loading} role="status">
      <span className="unseen">{en.loading}</span>
    </p>
  );
}
