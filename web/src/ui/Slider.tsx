import type { CSSProperties } from 'react';
import styles from './Slider.module.css';

interface SliderProps {
  label: string;
  value: number;
  max: number;
  /** The value in words. */
  text: string;
  onChange: (value: number) => void;
}

export function Slider({ label, value, max, text, onChange }: SliderProps) {
  const part = max > 0 ? value / max : 0;
  return (
    <input
      type="range"
      className={styles.slider}
      aria-label={label}
      aria-valuetext={text}
      min={0}
      max={Math.max(1, Math.round(max))}
      step={100}
      value={Math.round(value)}
      style={{ '--part': `${100 * part}%` } as CSSProperties}
      onChange={(event) => onChange(Number(event.target.value))}
    />
  );
}
