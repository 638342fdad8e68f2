import { useId } from 'react';
import { en } from '../i18n/en';
import styles from './HelpLines.module.css';

interface HelpLine {
  name: string;
  number: string;
  source: string;
  hours: string;
  text: string;
  chat: string;
}

interface HelpLinesProps {
  emergency: string;
  lines: readonly HelpLine[];
  /** Folded to one line that opens: for later, when the danger is over. */
  folded?: boolean;
}

/** Where help is to be found: numbers that a phone dials when they are pressed. */
export function HelpLines({ emergency, lines, folded = false }: HelpLinesProps) {
  const id = useId();
  const content = (
    <>
      {emergency !== '' && (
        <p className={styles.emergency}>
          <span>{en.help.danger}</span> <a href={`tel:${digits(emergency)}`}>{emergency}</a>
        </p>
      )}
      <ul className={styles.lines}>
        {lines.map((line) => (
          <Line key={`${line.name} ${line.number}`} line={line} />
        ))}
      </ul>
      <p className={styles.stays}>{en.help.stays}</p>
    </>
  );
  if (folded) {
    return (
      <details className={styles.help}>
        <summary className={styles.title}>
          {en.help.title}
          {emergency !== '' && <span className={styles.brief}> · {emergency}</span>}
        </summary>
        {content}
      </details>
    );
  }
  return (
    <section className={styles.help} aria-labelledby={id} data-testid="help">
      <h2 id={id} className={styles.title}>
        {en.help.title}
      </h2>
      {content}
    </section>
  );
}

function Line({ line }: { line: HelpLine }) {
  const { name, number, hours, text, chat, source } = line;
  return (
    <li className={styles.line}>
      <p className={styles.name}>
        {name}
        {hours !== '' && <span className={styles.hours}> {hours}</span>}
      </p>
      <p className={styles.ways}>
        {number !== '' && (
          <a className={styles.number} href={`tel:${digits(number)}`} aria-label={en.help.call(`${name}, ${number}`)}>
            {number}
          </a>
        )}
        {text !== '' && <a href={messageTo(text)}>{en.help.write(text)}</a>}
        {chat !== '' && <Elsewhere to={chat} label={en.help.chat} name={name} />}
        {source !== '' && source !== chat && <Elsewhere to={source} label={en.help.site} name={name} />}
      </p>
    </li>
  );
}

function Elsewhere({ to, label, name }: { to: string; label: string; name: string }) {
  return (
    <a href={to} target="_blank" rel="noopener noreferrer" aria-label={`${label}: ${name}`}>
      {label}
    </a>
  );
}

function digits(number: string): string {
  return number.replace(/[^\d+*#]/g, '');
}

/** "HOME to 741741" as a link that a phone makes a message of; only a number: an empty message to it. */
function messageTo(text: string): string {
  const found = /^(?:(.+) to )?([\d\s]+)$/.exec(text);
  if (found === null) return '#';
  const [, words, number = ''] = found;
  return `sms:${digits(number)}${words === undefined ? '' : `?&body=${encodeURIComponent(words)}`}`;
}
