import { en } from '../i18n/en';
import { Empty } from './Empty';
import { Shell } from './Shell';

export function NotFoundRoute() {
  return (
    <Shell title={en.notFound.title}>
      <Empty title={en.notFound.title} text={en.notFound.text} />
    </Shell>
  );
}
