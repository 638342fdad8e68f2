import { TranscriptPage } from '../features/transcript/TranscriptPage';
import { en } from '../i18n/en';
import { SessionOf } from './SessionOf';
import { Shell } from './Shell';

export function TranscriptRoute() {
  return (
    <Shell title={`${en.transcript.heading} · ${en.name}`}>
      <SessionOf>{(session) => <TranscriptPage session={session} />}</SessionOf>
    </Shell>
  );
}
