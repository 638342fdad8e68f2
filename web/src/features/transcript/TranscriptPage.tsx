import { Link } from 'react-router';
import type { EndReason, SessionOut } from '../../api/http';
import { en } from '../../i18n/en';
import { length, moment } from '../../i18n/format';
import { refusalOf } from '../../i18n/refusals';
import { isOver, useFormat, useHelp, useRecordings, useReport, useTranscript } from '../../server/queries';
import { HelpLines } from '../../ui/HelpLines';
import { Icon } from '../../ui/Icon';
import { Note } from '../../ui/Note';
import { Refused } from '../../ui/Refused';
import { Entries } from './Entries';
import { Notes } from './Notes';
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
  const help = useHelp(session.id).data ?? null;
  const format = useFormat(session.format);
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
      {help !== null && (
        <div className={styles.help}>
          <HelpLines emergency={help.emergency} lines={help.lines} />
        </div>
      )}
      <div className={styles.columns}>
        <section className={styles.words} aria-labelledby="transcript">
          <h2 id="transcript" className={styles.heading}>
            {en.transcript.heading}
          </h2>
          {transcript.error && (
            <Refused refusal={refusalOf(transcript.error)} />
          )}
          {transcript.data !== undefined && entries.length === 0 && <p className={styles.none}>{en.transcript.none}</p>}
          <Entries entries={entries} heard={heard} onSeek={listening.replay === null ? null : (ms) => listening.replay?.seek(ms)} />
        </section>
        <aside className={styles.aside}>
          <Report
            session={session}
            report={report.data}
            awaited={over && entries.length > 0}
            onSeek={listening.replay === null ? null : (ms) => listening.replay?.seek(ms)}
          />
          {format?.notes === true && <Notes session={session.id} />}
          {entries.length > 0 && <Downloads session={session.id} reported={report.data?.status === 'ready'} />}
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
  if (session.end_reason !== null) facts.push(endOf(session.end_reason, session.max_participants > 1));
  return facts;
}

/** Of several people, it may have been another one. */
function endOf(reason: EndReason, several: boolean): string {
  if (several && reason === 'ended_by_host') return en.endedByHost;
  return several && reason === 'wrapped_up' ? en.wrappedUp : en.endReason[reason];
}

const FORMS = [
  { as: 'text', label: en.transcript.asText, ending: 'txt' },
  { as: 'vtt', label: en.transcript.asVtt, ending: 'vtt' },
  { as: 'json', label: en.transcript.asJson, ending: 'json' },
] as const;

function Downloads({ session, reported }: { session: string; reported: boolean }) {
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
        {reported && (
          <li>
            <a href={`/api/sessions/${session}/report?as=pdf`} download={`${session}.pdf`}>
              <Icon name="download" size={18} />
              {en.transcript.asPdf}
            </a>
          </li>
        )}
      </ul>
    </section>
  );
}
