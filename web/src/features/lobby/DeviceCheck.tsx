import { useState } from 'react';
import { en } from '../../i18n/en';
import { playTestSound } from '../../live/devices';
import { sound, wakeSound } from '../../live/sound';
import { Button } from '../../ui/Button';
import { Meter } from '../../ui/Meter';
import { Note } from '../../ui/Note';
import { Select } from '../../ui/Select';
import styles from './LobbyPage.module.css';
import type { MicrophoneCheck } from './useMicrophone';

interface DeviceCheckProps {
  check: MicrophoneCheck;
  chosen: string | null;
  onChoose: (device: string | null) => void;
}

export function DeviceCheck({ check, chosen, onChoose }: DeviceCheckProps) {
  const { state, devices, read, retry } = check;
  if (state === 'off' || state === 'opening') {
    return (
      <p className={styles.waiting} role="status">
        {en.lobby.opening}
      </p>
    );
  }
  if (state !== 'on') {
    return (
      <Note look="caution" icon="microphoneOff" urgent action={<Button look="quiet" onClick={retry}>{en.retry}</Button>}>
        {en.microphone[state]}
      </Note>
    );
  }
  const named = devices.filter((device) => device.id !== 'default' && device.id !== 'communications');
  const options = [
    { value: '', label: en.lobby.standard },
    ...named.map((device, index) => ({ value: device.id, label: device.label || en.lobby.unnamed(index + 1) })),
  ];
  return (
    <div className={styles.devices}>
      <Select label={en.lobby.microphone} value={chosen ?? ''} options={options} onChange={(id) => onChoose(id === '' ? null : id)} />
      <div className={styles.level}>
        <Meter label={en.lobby.level} read={read} bars={32} />
        <p className={styles.hint}>{en.lobby.speak}</p>
      </div>
      <SpeakerTest />
    </div>
  );
}

function SpeakerTest() {
  const [playing, setPlaying] = useState(false);
  const play = async (): Promise<void> => {
    setPlaying(true);
    await wakeSound();
    await playTestSound(sound());
    setPlaying(false);
  };
  return (
    <div className={styles.speaker}>
      <Button icon="speaker" disabled={playing} onClick={() => void play()}>
        {en.lobby.speaker}
      </Button>
      <span role="status" className={styles.hint}>
        {playing && en.lobby.speakerPlaying}
      </span>
    </div>
  );
}
