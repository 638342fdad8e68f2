import type { ReactNode } from 'react';
import styles from './Badge.module.css';

export function Badge({ look = 'calm', children }: { look?: 'calm' | 'live' | 'caution'; children: ReactNode }) {
  return <span className={`${styles.badge} ${styles[look]}`}>{children}</span>;
}
