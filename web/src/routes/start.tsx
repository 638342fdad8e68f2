import { StartPage } from '../features/start/StartPage';
import { en } from '../i18n/en';
import { Shell } from './Shell';

export function StartRoute() {
  return (
    <Shell title={en.name}>
      <StartPage />
    </Shell>
  );
}
