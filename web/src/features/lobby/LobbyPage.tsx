import { useState, type SyntheticEvent } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { SessionOut } from '../../api/http';
import { en } from '../../i18n/en';
import { keepChoices, keepPart, readChoices } from '../../live/kept';
import { wakeSound } from '../../live/sound';
import { isOver, useJoin, usePersonas } from '../../server/queries';
import { Button } from '../../ui/Button';
import { Checkbox } from '../../ui/Checkbox';
import { Note } from '../../ui/Note';
import { TextField } from '../../ui/TextField';
import { CameraCheck } from './CameraCheck';
import { DeviceCheck } from './DeviceCheck';
import styles from './LobbyPage.module.css';
import { Over } from './Over';
import { useMicrophone } from './useMicrophone';

/** The door to a session: who one is, how one is heard, and what may be kept. */
export function LobbyPage({ session }: { session: SessionOut }) {
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const kept = readChoices();
  const [name, setName] = useState(kept.name);
  const [microphone, setMicrophone] = useState(kept.microphone);
  const [camera, setCamera] = useState(false);
  const [record, setRecord] = useState(false);
  const byVoice = query.get('mode') !== 'text';
  const over = isOver(session);
  const check = useMicrophone(byVoice && !over, microphone, query.get('raw') === '1');
  const join = useJoin(session.id);
  const persona = usePersonas().data?.find((one) => one.id === session.persona);
  const coach = persona?.name ?? session.persona;
  const heard = byVoice && check.state === 'on';

  if (over) return <Over session={session} />;

  const enter = async (voice: boolean): Promise<void> => {
    await Promise.all([
      wakeSound(), // within the press, as browsers want it
      join.mutateAsync({ name: name.trim() === '' ? null : name.trim(), record: voice && record }).then(({ seat }) => {
        keepChoices({ name: name.trim(), microphone });
        keepPart(session.id, { seat: seat.id, voice, camera: voice && camera });
      }),
    ]);
    await navigate(`/s/${session.id}/room?${query.toString()}`);
  };
  const attempt = (voice: boolean): void => void enter(voice).catch(() => undefined); // join.error is shown
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    attempt(heard);
  };

  return (
    <form className={styles.page} data-voice={byVoice} onSubmit={submit}>
      <header className={styles.header}>
        <h1 className={styles.title}>{byVoice ? en.lobby.title(coach) : en.lobby.titleText(coach)}</h1>
        <p className={styles.lead}>{byVoice ? en.lobby.lead : en.lobby.leadText}</p>
        {session.phase === 'active' && <Note>{en.lobby.live}</Note>}
        {session.error !== null && <Note look="danger">{session.error}</Note>}
      </header>
      {byVoice && <CameraCheck on={camera} onChange={setCamera} name={name} />}
      <div className={styles.form}>
        <TextField
          label={en.lobby.name}
          hint={en.lobby.nameHint}
          value={name}
          onChange={(event) => setName(event.target.value)}
          placeholder={en.lobby.you}
          autoComplete="given-name"
          maxLength={80}
        />
        {byVoice && <DeviceCheck check={check} chosen={microphone} onChoose={setMicrophone} />}
        {heard && <Checkbox label={en.lobby.record} hint={en.lobby.recordHint} checked={record} onChange={setRecord} />}
        {join.error && (
          <Note look="danger" icon="alert" urgent>
            {join.error.message}
          </Note>
        )}
        <div className={styles.actions}>
          {byVoice && !heard && check.state !== 'opening' ? (
            <Button type="submit" look="primary" size="l" icon="keyboard" busy={join.isPending}>
              {en.lobby.joinText}
            </Button>
          ) : (
            <Button type="submit" look="primary" size="l" icon="arrow" busy={join.isPending} disabled={byVoice && !heard}>
              {en.lobby.join}
            </Button>
          )}
          {byVoice && (heard || check.state === 'opening') && (
            <Button look="quiet" onClick={() => attempt(false)}>
              {en.lobby.joinTextInstead}
            </Button>
          )}
        </div>
      </div>
    </form>
  );
}
