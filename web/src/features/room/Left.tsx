import { Link } from 'react-router';
import { en } from '../../i18n/en';
import type { Link as RoomLink } from '../../live/link';
import { Wordmark } from '../../ui/Wordmark';
import styles from './RoomPage.module.css';

/** In place of a room that one cannot be in. */
export function Left({ session, link }: { session: string; link: Extract<RoomLink, { at: 'left' }> }) {
  return (
    <main className={styles.out}>
      <Wordmark />
      <h1>{en.left[link.reason]}</h1>
      {link.detail !== '' && <p>{link.detail}</p>}
      <p className={styles.ways}>
        <a href={`/s/${session}`}>{en.retry}</a>
        <Link to="/">{en.toStart}</Link>
      </p>
    </main>
  );
}
