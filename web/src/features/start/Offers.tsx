import { Link, useSearchParams } from 'react-router';
import { en } from '../../i18n/en';
import { useFormats } from '../../server/queries';
import { factsOf, offersOf } from './kinds';
import styles from './StartPage.module.css';

/** What else one can open here. */
export function Offers() {
  const [query] = useSearchParams();
  const offers = offersOf(useFormats().data ?? []);
  if (offers.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="offers">
      <h2 id="offers" className={styles.heading}>
        {en.start.others}
      </h2>
      <ul className={styles.offers}>
        {offers.map((format) => (
          <li key={format.name}>
            <Link to={`/new/${format.name}?${query.toString()}`} className={styles.offer}>
              <strong>{format.title}</strong>
              <span>{format.description}</span>
              <span className={styles.when}>{factsOf(format).join(' · ')}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
