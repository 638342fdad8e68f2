import type { ReportOut, SessionOut, SpeakerOut } from '../../api/http';
import { en } from '../../i18n/en';
import { refusalOf } from '../../i18n/refusals';
import { useRunReport } from '../../server/queries';
import { Button } from '../../ui/Button';
import { Refused } from '../../ui/Refused';
import { Advice, Highlights, Scores } from './Findings';
import styles from './TranscriptPage.module.css';

interface ReportProps {
  session: SessionOut;
  /** Undefined: not asked for yet; null: not written yet. */
  report: ReportOut | null | undefined;
  awaited: boolean;
  /** Null where there is no sound to go to. */
  onSeek: ((ms: number) => void) | null;
}

/** What the session showed. */
export function Report({ session, report, awaited, onSeek }: ReportProps) {
  const again = useRunReport(session.id);
  if (report === undefined || report === null) {
    return awaited && report === null ? (
      <p className={styles.none} role="status">
        {en.transcript.pending}
      </p>
    ) : null;
  }
  if (report.status === 'failed') {
    return (
      <section className={styles.card}>
        <p>{en.transcript.failed}</p>
        {again.error && <Refused refusal={refusalOf(again.error)} />}
        <Button busy={again.isPending} onClick={() => again.mutate()}>
          {en.transcript.again}
        </Button>
      </section>
    );
  }
  const measures = report.measures ?? [];
  const summary = report.summary ?? '';
  return (
    <>
      {summary !== '' && (
        <section className={`${styles.card} ${styles.first}`} aria-labelledby="summary">
          <h2 id="summary" className={styles.heading}>
            {en.transcript.summary}
          </h2>
          <p className={styles.summary}>{summary}</p>
        </section>
      )}
      <Scores report={report} />
      <Highlights quotes={report.highlights ?? []} onSeek={onSeek} />
      <Advice report={report} />
      {measures.length > 0 && <Measures measures={measures} />}
    </>
  );
}

const SHOWN = ['turns', 'words', 'questions', 'fillers', 'words_per_minute', 'longest_monologue_ms', 'response_gap_ms'] as const;
type Shown = (typeof SHOWN)[number];

function Measures({ measures }: { measures: readonly SpeakerOut[] }) {
  const words = measures.reduce((sum, one) => sum + one.words, 0);
  return (
    <section className={styles.card} aria-labelledby="numbers">
      <h2 id="numbers" className={styles.heading}>
        {en.transcript.numbers}
      </h2>
      <div className={styles.shares}>
        {measures.map((one) => (
          <div key={one.seat ?? 'ai'} className={styles.share} data-ai={one.seat === null} style={{ flexGrow: Math.max(1, one.words) }}>
            <i aria-hidden="true" />
            <strong>{one.name}</strong>
            <span>{en.transcript.share(words === 0 ? 0 : Math.round((100 * one.words) / words))}</span>
          </div>
        ))}
      </div>
      <table className={styles.measures}>
        <thead>
          <tr>
            <td />
            {measures.map((one) => (
              <th key={one.seat ?? 'ai'} scope="col">
                {one.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {SHOWN.map((measure) => (
            <tr key={measure}>
              <th scope="row">{en.transcript.measures[measure]}</th>
              {measures.map((one) => (
                <td key={one.seat ?? 'ai'}>{shown(measure, measured(one, measure))}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const LEAST_SPOKEN_MS = 1_000; // what was only written has no pace

function measured(one: SpeakerOut, measure: Shown): number | null {
  const spoken = measure === 'words_per_minute' || measure === 'longest_monologue_ms';
  return spoken && one.spoken_ms < LEAST_SPOKEN_MS ? null : one[measure];
}

function shown(measure: Shown, value: number | null): string {
  if (value === null) return '–';
  return measure.endsWith('_ms') ? `${(value / 1000).toFixed(1)} s` : String(Math.round(value));
}
