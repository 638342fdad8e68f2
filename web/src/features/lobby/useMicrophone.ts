import { useCallback, useEffect, useRef, useState } from 'react';
import { devicesOf, onDevicesChanged, type Device } from '../../live/devices';
import { meter } from '../../live/pcm';
import { Microphone, MicrophoneError, type MicrophoneFault } from '../../live/microphone';
import { sound } from '../../live/sound';

export interface MicrophoneCheck {
  state: 'off' | 'opening' | 'on' | MicrophoneFault;
  devices: readonly Device[];
  /** 0..1, for a meter. */
  read: () => number;
  retry: () => void;
}

/** A microphone that is only listened to here, to see that it works. */
export function useMicrophone(wanted: boolean, deviceId: string | null, raw: boolean): MicrophoneCheck {
  const [state, setState] = useState<MicrophoneCheck['state']>('off');
  const [devices, setDevices] = useState<readonly Device[]>([]);
  const [tries, setTries] = useState(0);
  const microphone = useRef<Microphone | null>(null);

  useEffect(() => {
    if (!wanted) return;
    let gone = false;
    const list = (): void => void devicesOf('audioinput').then((found) => !gone && setDevices(found));
    const open = async (): Promise<void> => {
      setState('opening');
      try {
        const opened = await Microphone.open(sound(), { deviceId, raw });
        if (gone) {
          opened.close();
          return;
        }
        microphone.current = opened;
        opened.onEnded(() => setState('missing'));
        setState('on');
      } catch (error) {
        if (!(error instanceof MicrophoneError)) throw error;
        if (!gone) setState(error.fault);
      }
      list(); // labels are told only now
    };
    void open();
    const stop = onDevicesChanged(list);
    return () => {
      gone = true;
      stop();
      microphone.current?.close();
      microphone.current = null;
    };
  }, [wanted, deviceId, raw, tries]);

  const read = useCallback(() => meter(microphone.current?.rms ?? 0), []);
  const retry = useCallback(() => setTries((count) => count + 1), []);
  return { state, devices, read, retry };
}
