// A whole face at a moment: from what is heard and what the AI is doing. Smooths what would otherwise jump. No React.
import { breath, gaze, lids, mouthFromLevel, mouthPose, type Mood, type MouthPose } from './face';
import type { MouthMoment } from './mouth';

export interface Expression {
  mouth: MouthPose;
  lids: number;
  gaze: { x: number; y: number };
  breath: number;
  brows: number;
  tilt: number;
}

export interface Seen {
  mood: Mood;
  mouth: MouthMoment;
  /** Of the AI's voice and of the person's, 0..1. */
  voiceRms: number;
  personRms: number;
}

const BROWS: Readonly<Record<Mood, number>> = { listening: 0.15, thinking: 0.7, speaking: 0.1, paused: 0.5, silent: 0, off: -0.1 };
const TILT: Readonly<Record<Mood, number>> = { listening: 1.6, thinking: -2.2, speaking: 0, paused: 1, silent: 0.6, off: 0 };

export class Expressions {
  private last: Expression | null = null;
  private lastMs = 0;

  /** still: the person wants no motion but that of the mouth and the eyes. */
  at(nowMs: number, seen: Seen, still = false): Expression {
    const moment = seen.mouth.to === 'sil' && seen.mouth.from === 'sil' && seen.voiceRms > 0.02 ? mouthFromLevel(seen.voiceRms) : seen.mouth;
    const sway = still ? 0 : Math.sin(nowMs / 1_900) * 0.7;
    const beat = seen.mood === 'speaking' ? seen.voiceRms * 3 : 0;
    const wanted: Expression = {
      mouth: mouthPose(moment, seen.voiceRms),
      lids: lids(nowMs, seen.mood),
      gaze: gaze(nowMs, seen.mood),
      breath: still ? 0 : breath(nowMs),
      brows: BROWS[seen.mood] + Math.min(0.5, beat),
      tilt: still ? 0 : TILT[seen.mood] + sway + (seen.mood === 'listening' ? Math.min(1, seen.personRms * 6) : 0),
    };
    const expression = this.last === null ? wanted : eased(this.last, wanted, nowMs - this.lastMs);
    this.last = expression;
    this.lastMs = nowMs;
    return expression;
  }
}

/** Eyes jump in about 60 ms, brows and head take half a second; mouth and lids come smooth as they are. */
function eased(last: Expression, wanted: Expression, passedMs: number): Expression {
  const toward = (from: number, to: number, tauMs: number): number => from + (to - from) * (1 - Math.exp(-passedMs / tauMs));
  return {
    ...wanted,
    gaze: { x: toward(last.gaze.x, wanted.gaze.x, 50), y: toward(last.gaze.y, wanted.gaze.y, 50) },
    brows: toward(last.brows, wanted.brows, 160),
    tilt: toward(last.tilt, wanted.tilt, 380),
  };
}
