import { useEffect, useRef } from 'react';
import styles from './VoiceLine.module.css';

interface Levels {
  /** Each 0..1. */
  voice: number;
  person: number;
  mood: string;
}

const WIDTH = 600;
const POINTS = 60;

/** The line between two voices: it moves with whoever speaks, and runs to and fro while the other thinks. */
export function VoiceLine({ read }: { read: () => Levels }) {
  const voice = useRef<SVGPathElement>(null);
  const person = useRef<SVGPathElement>(null);
  useEffect(() => {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    let request = 0;
    const shown = { voice: 0, person: 0 };
    const draw = (nowMs: number): void => {
      const levels = read();
      shown.voice += (levels.voice - shown.voice) * 0.25;
      shown.person += (levels.person - shown.person) * 0.25;
      const phase = still ? 0 : nowMs / 1000;
      const bump = levels.mood === 'thinking' && !still ? 0.5 + 0.38 * Math.sin(phase * 2.6) : null;
      place(voice.current, wave(shown.voice, phase * 7, 2.6, bump), bump === null ? shown.voice : 0.6);
      place(person.current, wave(shown.person, phase * -6, 3.4, null), shown.person);
      request = requestAnimationFrame(draw);
    };
    request = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(request);
  }, [read]);
  return (
    <svg viewBox={`0 0 ${WIDTH} 64`} preserveAspectRatio="none" className={styles.line} aria-hidden="true">
      <path ref={person} className={styles.person} d="" />
      <path ref={voice} className={styles.voice} d="" />
    </svg>
  );
}

/** At rest a line is hardly there; a voice brings it out. */
function place(path: SVGPathElement | null, d: string, strength: number): void {
  path?.setAttribute('d', d);
  path?.setAttribute('opacity', String(Math.min(1, 0.2 + 2.2 * strength)));
}

/** A wave over the whole width, strongest in the middle; or one bump at a place of 0..1. */
function wave(level: number, phase: number, turns: number, bump: number | null): string {
  let path = '';
  for (let n = 0; n <= POINTS; n++) {
    const x = n / POINTS;
    const middle = Math.sin(Math.PI * x) ** 2;
    const sound = middle * level * 26 * Math.sin(2 * Math.PI * turns * x + phase) * (0.7 + 0.3 * Math.sin(5 * x + phase / 3));
    const thought = bump === null ? 0 : -11 * Math.exp(-(((x - bump) * 16) ** 2));
    path += `${n === 0 ? 'M' : 'L'}${(x * WIDTH).toFixed(1)} ${(32 + sound + thought).toFixed(2)}`;
  }
  return path;
}
