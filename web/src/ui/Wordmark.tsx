import styles from './Wordmark.module.css';

/** The name with its mark: a voice, drawn as five strokes. */
export function Wordmark() {
  return (
    <span className={styles.wordmark}>
      <svg width="26" height="26" viewBox="0 0 26 26" fill="none" strokeWidth="2.6" strokeLinecap="round" aria-hidden="true">
        <path stroke="var(--accent)" d="M3.500 11.500v3M8 8.500v9" />
        <path stroke="var(--voice)" d="M13 4.500v17" />
        <path stroke="var(--accent)" d="M18 8.500v9M22.500 11.500v3" />
      </svg>
      Vivavoce
    </span>
  );
}
