import { useEffect, useRef } from 'react';
import styles from './Meter.module.css';

interface MeterProps {
  label: string;
  /** Asked for with every picture; 0..1. */
  read: () => number;
  bars?: number;
}

/** A live level. It is drawn without React, which has better things to do sixty times a second. */
export function Meter({ label, read, bars = 24 }: MeterProps) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let request = 0;
    let shown = 0;
    const draw = (): void => {
      const value = read();
      shown = value > shown ? value : shown * 0.9 + value * 0.1; // quick up, slow down
      const lit = Math.round(shown * bars);
      root.current?.childNodes.forEach((bar, index) => ((bar as HTMLElement).dataset['lit'] = String(index < lit)));
      root.current?.setAttribute('aria-valuenow', String(Math.round(shown * 100)));
      request = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(request);
  }, [read, bars]);
  return (
    <div ref={root} role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={0} className={styles.meter}>
      {Array.from({ length: bars }, (_, index) => (
        <span key={index} data-lit="false" />
      ))}
    </div>
  );
}
