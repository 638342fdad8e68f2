import { useEffect, useRef } from 'react';
import styles from './SelfView.module.css';

/** One's own picture, as in a mirror. */
export function SelfView({ stream, label }: { stream: MediaStream; label: string }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = stream;
  }, [stream]);
  return <video ref={video} autoPlay muted playsInline aria-label={label} className={styles.video} />;
}
