import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon';
import styles from './Note.module.css';

interface NoteProps {
  look?: 'calm' | 'good' | 'caution' | 'danger';
  icon?: IconName;
  children: ReactNode;
  action?: ReactNode;
  /** Said at once by a screen reader. */
  urgent?: boolean;
}

/** A few words in a box of their own. */
export function Note({ look = 'calm', icon, children, action, urgent = false }: NoteProps) {
  return (
    <div className={`${styles.note} ${styles[look]}`} role={urgent ? 'alert' : undefined}>
      {icon && <Icon name={icon} />}
      <div className={styles.text}>{children}</div>
      {action}
    </div>
  );
}
