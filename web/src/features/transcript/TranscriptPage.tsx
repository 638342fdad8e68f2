import { Link } from 'react-router';
import type { SessionOut } from '../../api/http';
import { en } from '../../i18n/en';
import { length, moment } from '../../i18n/format';
import { isOver, useRecordings, useReport, useTranscript } from '../../server/queries';
import { Icon } from '../../ui/Icon';
import { Note } from '../../ui/Note';
import { Entries } from './Entries';
import { Player } from './Player';
import { Report } from './Report';
import styles from './TranscriptPage.module.css';
import { useReplay, useWordHeard } from './useReplay';

/** What is left of a session: its words, its sound, and what it showed. */
export function TranscriptPage({ session }: { session: SessionOut }) {
  const transcript = useTranscript(session.id);
  const recordings = useRecordings(session.id);
  const over = isOver(session);
  const report = useReport(session.id, over && session.started_at !== null);
  const listening = useReplay(recordings.data);
  const entries = transcript.data?.entries ?? [];
  const heard = useWordHeard(listening, entries);

  return (
    <article className={styles.page}>
      <header className={styles.header}>
        <h1 className={styles.title}>{session.title === '' ? en.start.untitled : session.title}</h1>
        <p className={styles.facts}>{factsOf(session).join(' · ')}</p>
        {!over && (
          <Note action={<Link to={`/s/${session.id}`}>{en.transcript.goBack}</Link>}>{en.transcript.stillOpen}</Note>
        )}
      </header>
      <div className={styles.columns}>
        <section className={styles.words} aria-labelledby="transcript">
          <h2 id="transcript" className={styles.heading}>
            {en.transcript.heading}
          </h2>
          {transcript.error && (
            <Note look="danger" icon="alert" urgent>
              {transcript.error.message}
            </Note>
          )}
          {transcript.data !== undefined && entries.length === 0 && <p className={styles.none}>{en.transcript.none}</p>}
          <Entries entries={entries} heard={heard} onSeek={listening.replay === null ? null : (ms) => listening.replay?.seek(ms)} />
        </section>
        <aside className={styles.aside}>
          <Report session={session} report={report.data} awaited={over && entries.length > 0} />
          {entries.length > 0 && <Downloads session={session.id} />}
          {recordings.data?.length === 0 && entries.length > 0 && <p className={styles.none}>{en.transcript.noRecording}</p>}
        </aside>
      </div>
      {listening.replay !== null && <Player replay={listening.replay} isPlaying={listening.isPlaying} lengthMs={listening.lengthMs} />}
    </article>
  );
}

function factsOf(session: SessionOut): string[] {
  const facts = [moment(session.started_at ?? session.created_at)];
  if (session.started_at !== null) facts.push(length(session.elapsed_s));
  if (session.end_reason !== null) facts.push(en.endReason[session.end_reason]);
  return facts;
}

const FORMS = [
  { as: 'text', label: en.transcript.asText, ending: 'txt' },
  { as: 'vtt', label: en.transcript.asVtt, ending: 'vtt' },
  { as: 'json', label: en.transcript.asJson, ending: 'json' },
] as const;

function Downloads({ session }: { session: string }) {
  return (
    <section className={styles.card} aria-labelledby="download">
      <h2 id="download" className={styles.heading}>
        {en.transcript.download}
      </h2>
      <ul className={styles.downloads}>
        {FORMS.map(({ as, label, ending }) => (
          <li key={as}>
            <a href={`/api/sessions/${session}/transcript?as=${as}`} download={`${session}.${ending}`}>
              <Icon name="download" size={18} />
              {label}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
