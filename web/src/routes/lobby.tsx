import { LobbyPage } from '../features/lobby/LobbyPage';
import { en } from '../i18n/en';
import { SessionOf } from './SessionOf';
import { Shell } from './Shell';

export function LobbyRoute() {
  return (
    <Shell title={en.name}>
      <SessionOf>{(session) => <LobbyPage session={session} />}</SessionOf>
    </Shell>
  );
}
