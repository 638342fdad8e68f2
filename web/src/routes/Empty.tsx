import { Link } from 'react-router';
import { en } from '../i18n/en';
import styles from './Shell.module.css';

export function Empty({ title, text }: { title: string; text: string }) {
  return (
    <div className={styles.empty} role="alert">
      <h1>{title}</h1>
      <p>{text}</p>
      <Link to="/">{en.toStart}</Link>
    </div>
  );
}
