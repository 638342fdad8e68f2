import { useEffect, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { en } from '../i18n/en';
import { keepChoices } from '../live/kept';
import { IconButton } from '../ui/Button';
import { Wordmark } from '../ui/Wordmark';
import styles from './Shell.module.css';

/** What is around every page but the room: the name, which leads home, and the choice of colours. */
export function Shell({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <>
      <header className={styles.header}>
        <Link to="/" className={styles.home} aria-label={en.home}>
          <Wordmark />
        </Link>
        <ThemeButton />
      </header>
      <main className={styles.main}>{children}</main>
    </>
  );
}

function ThemeButton() {
  const [theme, setTheme] = useState(() => document.documentElement.dataset['theme']);
  const other = theme === 'dark' ? 'light' : 'dark';
  const change = (): void => {
    keepChoices({ theme: other });
    dispatchEvent(new Event('vivavoce:theme')); // theme.js shows it
    setTheme(other);
  };
  return <IconButton icon={other === 'dark' ? 'moon' : 'sun'} label={en.theme[other]} look="quiet" onClick={change} />;
}
