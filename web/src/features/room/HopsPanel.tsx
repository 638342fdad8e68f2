import type { HopTimes } from '../../api/live';
import { en } from '../../i18n/en';
import { IconButton } from '../../ui/Button';
import styles from './HopsPanel.module.css';

const HOPS = ['end_of_turn', 'first_token', 'first_sentence', 'first_audio', 'first_frame'] as const;

const ROWS = 4;

interface HopsPanelProps {
  hops: readonly { turn: string; ms: HopTimes }[];
  onClose: () => void;
}

/** Where the time went between the end of one's speech and the first sound of each of the last answers. */
export function HopsPanel({ hops, onClose }: HopsPanelProps) {
  const longest = Math.max(1, ...hops.map(({ ms }) => ms.first_frame ?? ms.first_audio ?? 0));
  return (
    <section className={styles.panel} aria-label={en.room.hopsTitle}>
      <header className={styles.header}>
        <div>
          <h2 className={styles.title}>{en.room.hopsTitle}</h2>
          <p className={styles.lead}>{hops.length === 0 ? en.room.hopsNone : en.room.hopsLead}</p>
        </div>
        <IconButton icon="end" label={en.room.close} look="quiet" onClick={onClose} />
      </header>
      {hops.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              {HOPS.map((hop) => (
                <th key={hop} scope="col">
                  {en.room.hop[hop]}
                </th>
              ))}
              <th aria-hidden="true" />
            </tr>
          </thead>
          <tbody>
            {hops.toReversed().slice(0, ROWS).map(({ turn, ms }) => (
              <tr key={turn}>
                {HOPS.map((hop) => (
                  <td key={hop}>{shown(ms[hop] ?? null)}</td>
                ))}
                <td className={styles.bar} aria-hidden="true">
                  <Bar ms={ms} longest={longest} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function shown(ms: number | null): string {
  return ms === null ? '–' : String(Math.round(ms));
}

function Bar({ ms, longest }: { ms: HopTimes; longest: number }) {
  const marks = HOPS.map((hop) => ms[hop] ?? null);
  return (
    <span className={styles.rail}>
      {marks.map((mark, index) => {
        const from = marks.slice(0, index).findLast((one) => one !== null) ?? 0;
        if (mark === null) return null;
        const share = (100 * Math.max(0, mark - from)) / longest;
        return <i key={HOPS[index]} data-hop={HOPS[index]} style={{ width: `${share}%` }} />;
      })}
    </span>
  );
}
