import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import type { SessionOut } from '../api/http';
import { en } from '../i18n/en';
import { refusalOf } from '../i18n/refusals';
import { useSession } from '../server/queries';
import { Empty } from './Empty';
import styles from './Shell.module.css';

/** The session that the address names, once it is known. */
export function SessionOf({ children }: { children: (session: SessionOut) => ReactNode }) {
  const { id = '' } = useParams();
  const session = useSession(id);
  if (session.data !== undefined) return children(session.data);
  if (session.error !== null) {
    const { text, hint } = refusalOf(session.error);
    return <Empty title={en.noSession} text={hint === undefined ? text : `${text} ${hint}`} />;
  }
  return (
    <p className={styles.loading} role="status">
      <span className="unseen">{en.loading}</span>
    </p>
  );
}
