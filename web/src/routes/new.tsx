import { useParams } from 'react-router';
import { NewPage } from '../features/start/NewPage';
import { en } from '../i18n/en';
import { refusalOf } from '../i18n/refusals';
import { useFormats, usePersonas } from '../server/queries';
import { Empty } from './Empty';
import { Shell } from './Shell';

/** A session of the kind that the address names. */
export function NewRoute() {
  const { format: name = '' } = useParams();
  const formats = useFormats();
  const personas = usePersonas();
  const format = formats.data?.find((one) => one.name === name);
  const error = formats.error ?? personas.error;
  return (
    <Shell title={`${format?.title ?? ''} · ${en.name}`}>
      {error !== null && <Empty title={en.failed} text={refusalOf(error).text} />}
      {formats.data !== undefined && format === undefined && <Empty title={en.notFound.title} text={en.start.open.unknown} />}
      {format !== undefined && personas.data !== undefined && <NewPage key={name} format={format} personas={personas.data} />}
    </Shell>
  );
}
