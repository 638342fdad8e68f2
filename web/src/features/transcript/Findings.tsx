import type { QuoteOut, ReportOut, ScoreOut } from '../../api/http';
import { en } from '../../i18n/en';
import { clock } from '../../i18n/format';
import styles from './TranscriptPage.module.css';

/** Null where there is no sound to go to. */
type Seek = ((ms: number) => void) | null;

/** What a report judges: scores with their reasons. */
export function Scores({ report }: { report: ReportOut }) {
  const scores = report.scores ?? [];
  if (scores.length === 0) return null;
  return (
    <section className={styles.card} aria-labelledby="scores">
      <h2 id="scores" className={styles.heading}>
        {en.transcript.scores}
      </h2>
      {(report.overall ?? null) !== null && (
        <p className={styles.overall}>
          <strong>{report.overall}</strong> <span>{en.transcript.overall}</span>
        </p>
      )}
      <ul className={styles.scores}>
        {scores.map((score) => (
          <Score key={score.criterion} score={score} />
        ))}
      </ul>
    </section>
  );
}

function Score({ score }: { score: ScoreOut }) {
  const { title, value, reason } = score;
  return (
    <li className={styles.score}>
      <p className={styles.scored}>
        <strong>{title}</strong>
        {value === null ? <span>{en.transcript.notJudged}</span> : <b aria-label={en.transcript.outOf(value)}>{value}</b>}
      </p>
      {value !== null && (
        <span className={styles.rail} aria-hidden="true">
          <i style={{ width: `${value}%` }} />
        </span>
      )}
      <p className={styles.reason}>{reason}</p>
    </li>
  );
}

/** What was said that matters most, word for word, with where it was said. */
export function Highlights({ quotes, onSeek }: { quotes: readonly QuoteOut[]; onSeek: Seek }) {
  if (quotes.length === 0) return null;
  return (
    <section className={styles.card} aria-labelledby="highlights">
      <h2 id="highlights" className={styles.heading}>
        {en.transcript.highlights}
      </h2>
      <ul className={styles.quotes}>
        {quotes.map((quote) => (
          <li key={`${quote.turn} ${quote.start_ms}`}>
            <q>{quote.text}</q>
            <span className={styles.source}>
              {quote.name}, <a href={`#${quote.turn}`} onClick={() => onSeek?.(quote.start_ms)}>{clock(quote.start_ms / 1000)}</a> · {quote.why}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What is to follow, what to try, and what the report does not know. */
export function Advice({ report }: { report: ReportOut }) {
  const tasks = (report.tasks ?? []).map(({ name, text, due }) => (due === null ? `${name}: ${text}` : `${name}: ${text} (${due})`));
  const parts = [
    { id: 'tasks', title: en.transcript.tasks, texts: tasks },
    { id: 'recommendations', title: en.transcript.recommendations, texts: (report.recommendations ?? []).map((one) => one.text) },
  ];
  const limits = report.limits ?? [];
  return (
    <>
      {parts.map(({ id, title, texts }) => texts.length > 0 && <Points key={id} id={id} title={title} texts={texts} />)}
      {limits.length > 0 && (
        <details className={styles.limits}>
          <summary>{en.transcript.limits}</summary>
          <ul>
            {limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Points({ id, title, texts }: { id: string; title: string; texts: readonly string[] }) {
  return (
    <section className={styles.card} aria-labelledby={id}>
      <h2 id={id} className={styles.heading}>
        {title}
      </h2>
      <ul className={styles.points}>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  );
}
