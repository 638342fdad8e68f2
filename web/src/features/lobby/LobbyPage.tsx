import { useState, type SyntheticEvent } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { FormatOut, PersonaOut, SessionOut } from '../../api/http';
import { en } from '../../i18n/en';
import { refusalOf } from '../../i18n/refusals';
import { keepChoices, keepPart, readChoices } from '../../live/kept';
import { wakeSound } from '../../live/sound';
import { isOver, useFormat, useJoin, useMe, usePersonas } from '../../server/queries';
import { Button } from '../../ui/Button';
import { Checkbox } from '../../ui/Checkbox';
import { Note } from '../../ui/Note';
import { Refused } from '../../ui/Refused';
import { TextField } from '../../ui/TextField';
import { CameraCheck } from './CameraCheck';
import { Cost, NotEnough } from './Cost';
import { DeviceCheck } from './DeviceCheck';
import { doorOf, leadOf } from './door';
import { Header } from './Header';
import styles from './LobbyPage.module.css';
import { Over } from './Over';
import { Portrait } from './Portrait';
import { SetUp } from './SetUp';
import { useMicrophone } from './useMicrophone';

/** The door to a session: who one is, how one is heard, and what may be kept. */
export function LobbyPage({ session }: { session: SessionOut }) {
  const format = useFormat(session.format);
  const personas = usePersonas();
  if (isOver(session)) return <Over session={session} />;
  if (format === undefined || personas.isPending) {
    return (
      <p className="unseen" role="status">
        {en.loading}
      </p>
    );
  }
  const persona = personas.data?.find((one) => one.id === session.persona) ?? null;
  if (session.phase === 'preparing' && format?.needs_setup === true) {
    return (
      <div className={styles.page} data-voice={persona !== null}>
        <Header session={session} title={en.lobby.title(persona?.name ?? session.persona)} lead={format.description} />
        {persona !== null && <Portrait persona={persona} />}
        <SetUp session={session} format={format} />
      </div>
    );
  }
  return <Door session={session} format={format} persona={persona} />;
}

interface DoorProps {
  session: SessionOut;
  format: FormatOut | null;
  persona: PersonaOut | null;
}

function Door({ session, format, persona }: DoorProps) {
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const kept = readChoices();
  const door = doorOf(format, session, query.get('mode'));
  const [name, setName] = useState(kept.name);
  const [device, setDevice] = useState(kept.microphone);
  const [camera, setCamera] = useState(door.camera && format?.defaults['camera'] === true);
  const [record, setRecord] = useState(false);
  const check = useMicrophone(door.hears, device, query.get('raw') === '1');
  const join = useJoin(session.id);
  const ai = persona?.name ?? session.persona;
  const heard = door.hears && check.state === 'on';
  const ready = !door.hears || heard;
  const me = useMe().data;
  const pays = me !== undefined && me.standing !== 'guest' && !session.listed; // who opened it does

  /** aloud: with one's microphone, where the session has ears. Who comes without writes, and reads what can be read. */
  const enter = async (aloud: boolean): Promise<void> => {
    const voice = door.voice && (aloud || !door.writes);
    const microphone = voice && aloud && door.hears;
    await Promise.all([
      wakeSound(), // within the press, as browsers want it
      join.mutateAsync({ name: name.trim() === '' ? null : name.trim(), record: microphone && record }).then(({ seat }) => {
        keepChoices({ name: name.trim(), microphone: device });
        keepPart(session.id, { seat: seat.id, voice, microphone, muted: microphone && door.muted, camera: voice && camera });
      }),
    ]);
    await navigate(`/s/${session.id}/room?${query.toString()}`);
  };
  const attempt = (aloud: boolean): void => void enter(aloud).catch(() => undefined); // join.error is shown
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    attempt(ready);
  };

  return (
    <form className={styles.page} data-voice={door.voice} onSubmit={submit}>
      <Header session={session} title={door.voice ? en.lobby.title(ai) : en.lobby.titleText(ai)} lead={leadOf(door, session, ai, persona?.wake_phrase)}>
        {pays && <NotEnough format={session.format} />}
      </Header>
      {door.voice && door.camera && <CameraCheck on={camera} onChange={setCamera} name={name} />}
      {door.voice && !door.camera && (persona === null ? <div /> : <Portrait persona={persona} />)}
      <div className={styles.form}>
        <TextField
          label={en.lobby.name}
          hint={en.lobby.nameHint(ai)}
          value={name}
          onChange={(event) => setName(event.target.value)}
          placeholder={me?.account.name ?? en.lobby.you}
          autoComplete="given-name"
          maxLength={80}
        />
        {door.hears && <DeviceCheck check={check} chosen={device} onChoose={setDevice} />}
        {heard && door.muted && <p className={styles.hint}>{en.lobby.comesMuted}</p>}
        {heard && door.writes && <Checkbox label={en.lobby.record} hint={en.lobby.recordHint} checked={record} onChange={setRecord} />}
        {pays && <Cost format={session.format} />}
        {session.error !== null && <Note look="danger">{session.error}</Note>}
        {join.error && <Refused refusal={refusalOf(join.error)} />}
        <div className={styles.actions}>
          {door.hears && !heard && check.state !== 'opening' ? (
            <Button type="submit" look="primary" size="l" icon={door.writes ? 'keyboard' : 'arrow'} busy={join.isPending}>
              {door.writes ? en.lobby.joinText : en.lobby.joinSilent}
            </Button>
          ) : (
            <Button type="submit" look="primary" size="l" icon="arrow" busy={join.isPending} disabled={!ready}>
              {en.lobby.join}
            </Button>
          )}
          {door.hears && (heard || check.state === 'opening') && (
            <Button look="quiet" onClick={() => attempt(false)}>
              {door.writes ? en.lobby.joinTextInstead : en.lobby.joinSilent}
            </Button>
          )}
        </div>
        {door.several && <p className={styles.hint}>{en.lobby.several}</p>}
      </div>
    </form>
  );
}
