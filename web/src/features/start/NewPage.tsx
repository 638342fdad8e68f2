import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { FormatOut, PersonaOut } from '../../api/http';
import { en } from '../../i18n/en';
import { refusalOf } from '../../i18n/refusals';
import { useOpenSession } from '../../server/queries';
import { Button } from '../../ui/Button';
import { Refused } from '../../ui/Refused';
import { Select } from '../../ui/Select';
import { CoachPicker } from './CoachPicker';
import { factsOf, personasFor } from './kinds';
import styles from './StartPage.module.css';

const MINUTES = [1, 3, 5, 10, 15, 20, 30, 45, 60];

interface NewPageProps {
  format: FormatOut;
  personas: readonly PersonaOut[];
}

/** What is chosen before a session of some kind is opened: who, what for, how long. */
export function NewPage({ format, personas }: NewPageProps) {
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const open = useOpenSession();
  const suiting = personasFor(format, personas);
  const [persona, setPersona] = useState(suiting[0]?.id ?? null);
  const [variables, setVariables] = useState<Record<string, string>>(() => usualOf(format));
  const begin = (): void =>
    open.mutate(
      { format: format.name, persona, variables },
      { onSuccess: (session) => void navigate(`/s/${session.id}?${query.toString()}`) },
    );
  const choose = (name: string, value: string): void => setVariables((chosen) => ({ ...chosen, [name]: value }));

  return (
    <div className={styles.hero}>
      <div className={styles.words}>
        <h1 className={styles.kind}>{format.title}</h1>
        <p className={styles.lead}>{format.description}</p>
        <p className={styles.plain}>{factsOf(format).join(' · ')}</p>
        <div className={styles.choices}>
          {format.choices.map((choice) => (
            <Select
              key={choice.name}
              label={choice.title}
              value={variables[choice.name] ?? ''}
              options={Object.entries(choice.options).map(([value, label]) => ({ value, label }))}
              onChange={(value) => choose(choice.name, value)}
            />
          ))}
          {format.length !== null && (
            <Select
              label={en.start.open.minutes}
              value={variables['minutes'] ?? ''}
              options={minutesOf(format.length).map((count) => ({ value: String(count), label: en.start.open.minute(count) }))}
              onChange={(value) => choose('minutes', value)}
            />
          )}
        </div>
        {open.error && <Refused refusal={refusalOf(open.error)} />}
        <div className={styles.actions}>
          <Button look="primary" size="l" icon="arrow" busy={open.isPending} onClick={begin}>
            {en.start.open.go}
          </Button>
        </div>
        <p className={styles.plain}>{en.start.ai}</p>
      </div>
      <CoachPicker personas={suiting} chosen={persona} onChoose={setPersona} />
    </div>
  );
}

function usualOf({ choices, length }: FormatOut): Record<string, string> {
  const usual = choices.map(({ name, usual, options }) => [name, usual ?? Object.keys(options)[0] ?? '']);
  return Object.fromEntries([...usual, ...(length === null ? [] : [['minutes', String(length.usual)]])]) as Record<string, string>;
}

function minutesOf({ usual, least, most }: { usual: number; least: number; most: number }): number[] {
  const inside = MINUTES.filter((count) => count >= least && count <= most);
  return [...new Set([...inside, usual])].sort((one, other) => one - other);
}
