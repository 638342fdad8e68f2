import { useEffect, useState } from 'react';
import { openCamera } from '../../live/devices';

/** One's own picture while it is wanted; null where there is none. */
export function useCamera(wanted: boolean): MediaStream | null {
  const [stream, setStream] = useState<MediaStream | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let gone = false;
    let opened: MediaStream | null = null;
    const stop = (): void => opened?.getTracks().forEach((track) => track.stop());
    openCamera().then(
      (found) => {
        opened = found;
        if (gone) stop();
        else setStream(found);
      },
      () => undefined, // the lobby said why; here there is simply no picture
    );
    return () => {
      gone = true;
      stop();
      setStream(null);
    };
  }, [wanted]);
  return stream;
}
