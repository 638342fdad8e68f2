import type { ReactNode } from 'react';
import type { SessionOut } from '../../api/http';
import { en } from '../../i18n/en';
import { moment } from '../../i18n/format';
import { Note } from '../../ui/Note';
import styles from './LobbyPage.module.css';

interface HeaderProps {
  session: SessionOut;
  title: string;
  lead: string;
  children?: ReactNode;
}

/** Where one is, and how it stands. */
export function Header({ session, title, lead, children }: HeaderProps) {
  return (
    <header className={styles.header}>
      <h1 className={styles.title}>{title}</h1>
      <p className={styles.lead}>{lead}</p>
      {session.phase === 'active' && <Note>{en.lobby.live}</Note>}
      {session.phase === 'scheduled' && session.scheduled_for !== null && <Note>{en.lobby.planned(moment(session.scheduled_for))}</Note>}
      {children}
    </header>
  );
}
