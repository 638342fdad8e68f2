import { Link } from 'react-router';
import type { SessionOut } from '../../api/http';
import { en } from '../../i18n/en';
import styles from './LobbyPage.module.css';

export function Over({ session }: { session: SessionOut }) {
  return (
    <div className={styles.over}>
      <h1 className={styles.title}>{en.lobby.over}</h1>
      {session.end_reason !== null && <p className={styles.lead}>{en.endReason[session.end_reason]}.</p>}
      <Link to={`/s/${session.id}/transcript`}>{en.lobby.toTranscript}</Link>
    </div>
  );
}
