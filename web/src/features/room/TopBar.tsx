import { en } from '../../i18n/en';
import { clock } from '../../i18n/format';
import { elapsedS, type Quality, type RoomState } from '../../live/room-state';
import { Wordmark } from '../../ui/Wordmark';
import styles from './TopBar.module.css';
import { useNow } from './useNow';

export function TopBar({ state }: { state: RoomState }) {
  const seconds = elapsedS(state, useNow(500));
  const limit = state.session?.time_limit_s ?? null;
  const leftS = limit === null ? null : Math.max(0, limit - seconds);
  return (
    <header className={styles.bar}>
      <span className={styles.mark}>
        <Wordmark />
      </span>
      <p className={styles.times}>
        <span className={styles.elapsed}>
          <span aria-hidden="true">{clock(seconds)}</span>
          <span className="unseen">{en.room.elapsed(clock(seconds))}</span>
        </span>
        {leftS !== null && (
          <span className={styles.left} data-short={leftS <= 120}>
            {en.room.left(clock(leftS))}
          </span>
        )}
      </p>
      <Connection state={state} />
    </header>
  );
}

type Grade = 'good' | 'fair' | 'poor' | 'unknown';

function Connection({ state }: { state: RoomState }) {
  const { quality, transport } = state;
  const grade = gradeOf(quality);
  const detail =
    quality === null || transport === null
      ? en.room.quality[grade]
      : en.room.qualityDetail(Math.round(quality.rttMs), Math.round(quality.jitterMs), en.room.transport[transport]);
  return (
    <p className={styles.connection} data-grade={grade} title={detail}>
      <span className={styles.bars} aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span className="unseen">
        {en.room.quality[grade]}: {detail}
      </span>
      <span className={styles.rtt} aria-hidden="true">
        {quality === null ? '–' : `${Math.round(quality.rttMs)} ms`}
      </span>
    </p>
  );
}

/** A conversation bears 150 ms of delay without being noticed, and 400 ms at most (ITU-T G.114). */
function gradeOf(quality: Quality | null): Grade {
  if (quality === null) return 'unknown';
  const ms = quality.rttMs + 2 * quality.jitterMs;
  return ms < 150 ? 'good' : ms < 400 ? 'fair' : 'poor';
}
