import { useEffect, type ReactNode } from 'react';
import { en } from '../../i18n/en';
import type { Link } from '../../live/link';
import type { Room } from '../../live/room';
import type { Notice, RoomState } from '../../live/room-state';
import { Button, IconButton } from '../../ui/Button';
import { Note } from '../../ui/Note';
import styles from './Banners.module.css';
import { useNow } from './useNow';

const SHOWN_MS = 9_000;

/** What the person has to know now, over everything else. */
export function Banners({ room, state }: { room: Room; state: RoomState }) {
  const { link, microphone, silenced, notices } = state;
  const fault = microphone === 'on' || microphone === 'none' || microphone === 'opening' ? null : microphone;
  return (
    <div className={styles.banners}>
      {link.at === 'lost' && <Lost link={link} room={room} />}
      {link.at === 'joining' && (
        <Banner>
          <Note icon="signal">
            <span role="status">{en.room.joining}</span>
          </Note>
        </Banner>
      )}
      {silenced && link.at === 'live' && (
        <Banner>
          <Note look="caution" icon="speaker" urgent action={<Button onClick={() => void room.wake()}>{en.room.wake}</Button>}>
            {en.room.silenced}
          </Note>
        </Banner>
      )}
      {fault !== null && (
        <Banner>
          <Note look="caution" icon="microphoneOff" urgent>
            {en.microphone[fault]}
          </Note>
        </Banner>
      )}
      {notices.map((notice) => (
        <Toast key={notice.id} notice={notice} onDone={() => room.dismiss(notice.id)} />
      ))}
    </div>
  );
}

function Banner({ children }: { children: ReactNode }) {
  return <div className={styles.banner}>{children}</div>;
}

function Lost({ link, room }: { link: Extract<Link, { at: 'lost' }>; room: Room }) {
  const seconds = Math.max(0, Math.ceil((link.retryAtMs - useNow(250)) / 1000));
  return (
    <Banner>
      <Note look="danger" icon="signal" urgent action={<Button onClick={() => room.retry()}>{en.room.now}</Button>}>
        {/* the countdown is for the eye: read aloud every second it would be in the way */}
        <span className="unseen">{en.room.lost(0)}</span>
        <span aria-hidden="true">{en.room.lost(seconds)}</span>
      </Note>
    </Banner>
  );
}

function Toast({ notice, onDone }: { notice: Notice; onDone: () => void }) {
  useEffect(() => {
    const timer = setTimeout(onDone, SHOWN_MS);
    return () => clearTimeout(timer);
    // a notice is shown for its time, whatever else changes meanwhile
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [notice.id]);
  const close = <IconButton icon="end" label={en.room.dismiss} look="quiet" onClick={onDone} />;
  const back = notice.kind === 'back';
  return (
    <Banner>
      <Note look={back ? 'good' : notice.kind === 'error' ? 'danger' : 'caution'} icon={back ? 'check' : 'alert'} urgent action={close}>
        {back ? en.room.back : notice.text}
      </Note>
    </Banner>
  );
}
