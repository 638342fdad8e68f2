import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { en } from '../../i18n/en';
import { refusalOf } from '../../i18n/refusals';
import { useMe, useOpenSession, usePersonas, useStatus } from '../../server/queries';
import { Button } from '../../ui/Button';
import { Refused } from '../../ui/Refused';
import { Segments } from '../../ui/Segments';
import { CoachPicker } from './CoachPicker';
import { Offers } from './Offers';
import { USUAL } from './kinds';
import { SessionList } from './SessionList';
import styles from './StartPage.module.css';
import { WhatRunsHere } from './WhatRunsHere';

const MODES = [
  { value: 'voice', label: en.start.voice, icon: 'microphone' },
  { value: 'text', label: en.start.text, icon: 'keyboard' },
] as const;
type Mode = (typeof MODES)[number]['value'];

export function StartPage() {
  const [mode, setMode] = useState<Mode>('voice');
  const [chosen, setChosen] = useState<string | null>(null);
  const [query] = useSearchParams();
  const personas = (usePersonas().data ?? []).filter((one) => one.suits.length === 0 || one.suits.includes(USUAL));
  const coach = personas.find((one) => one.id === chosen) ?? personas[0];
  const guest = useMe().data?.standing === 'guest';
  const local = useStatus().data?.mode !== 'accounts';
  const open = useOpenSession();
  const navigate = useNavigate();

  const begin = (): void => {
    open.mutate(
      { format: USUAL, persona: coach?.id ?? null },
      { onSuccess: (session) => void navigate(`/s/${session.id}?${withMode(query, mode)}`) },
    );
  };

  return (
    <div className={styles.page}>
      <section className={styles.hero}>
        <div className={styles.words}>
          <h1 className={styles.title}>{en.start.title}</h1>
          <p className={styles.lead}>{guest ? en.start.guest : local ? en.start.lead : en.start.leadElsewhere}</p>
          {!guest && (
            <div className={styles.actions}>
              <Button look="primary" size="l" icon={mode === 'voice' ? 'microphone' : 'keyboard'} busy={open.isPending} onClick={begin}>
                {mode === 'voice' ? en.start.talk : en.start.write}
              </Button>
              <Segments label={en.start.mode} value={mode} choices={MODES} onChange={setMode} />
            </div>
          )}
          <p className={styles.plain}>{en.start.ai}</p>
          {open.error && <Refused refusal={refusalOf(open.error)} />}
        </div>
        <CoachPicker personas={personas} chosen={coach?.id ?? null} onChoose={setChosen} />
      </section>
      {!guest && <Offers />}
      <SessionList />
      <WhatRunsHere />
    </div>
  );
}

/** What forces a transport or a raw microphone stays in the address from page to page. */
function withMode(query: URLSearchParams, mode: Mode): string {
  const kept = new URLSearchParams(query);
  if (mode === 'text') kept.set('mode', 'text');
  else kept.delete('mode');
  return kept.toString();
}
