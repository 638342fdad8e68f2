import { useEffect, useState } from 'react';
import { en } from '../../i18n/en';
import { openCamera } from '../../live/devices';
import { MicrophoneError, type MicrophoneFault } from '../../live/microphone';
import { Switch } from '../../ui/Checkbox';
import { Icon } from '../../ui/Icon';
import { SelfView } from '../../ui/SelfView';
import styles from './LobbyPage.module.css';

interface CameraCheckProps {
  on: boolean;
  onChange: (on: boolean) => void;
  name: string;
}

/** How one looks. The picture stays in the page. */
export function CameraCheck({ on, onChange, name }: CameraCheckProps) {
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [fault, setFault] = useState<MicrophoneFault | null>(null);

  useEffect(() => {
    if (!on) return;
    let opened: MediaStream | null = null;
    let gone = false;
    const stop = (): void => opened?.getTracks().forEach((track) => track.stop());
    openCamera().then(
      (found) => {
        opened = found;
        if (gone) stop();
        else setStream(found);
      },
      (error: unknown) => {
        if (!(error instanceof MicrophoneError)) throw error;
        setFault(error.fault);
        onChange(false);
      },
    );
    return () => {
      gone = true;
      stop();
      setStream(null);
    };
  }, [on, onChange]);

  return (
    <div className={styles.camera}>
      <div className={styles.picture} data-on={on}>
        {stream === null ? (
          <div className={styles.nobody}>
            <span className={styles.initial} aria-hidden="true">
              {name.trim() === '' ? <Icon name="cameraOff" size={36} /> : name.trim().slice(0, 1).toUpperCase()}
            </span>
            <span>{en.lobby.selfOff}</span>
          </div>
        ) : (
          <SelfView stream={stream} label={en.lobby.self} />
        )}
      </div>
      <Switch
        label={en.lobby.camera}
        hint={en.lobby.cameraHint}
        checked={on}
        onChange={(wanted) => {
          setFault(null);
          onChange(wanted);
        }}
      />
      {fault !== null && (
        <p role="alert" className={styles.hint}>
          {en.camera[fault]}
        </p>
      )}
    </div>
  );
}
