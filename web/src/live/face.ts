// A drawn face as numbers: what the mouth looks like for each shape, when the eyes blink, where they look. Pure.
import type { MouthMoment, Viseme } from './mouth';

/** Each 0..1, `wide` -1..1. */
export interface MouthPose {
  open: number;
  wide: number;
  round: number;
  teeth: number;
  tongue: number;
  /** Lips pressed together, or the lower one under the teeth. */
  press: number;
}

const pose = (open: number, wide: number, round: number, teeth = 0, tongue = 0, press = 0): MouthPose => ({
  open,
  wide,
  round,
  teeth,
  tongue,
  press,
});

const POSES: Readonly<Record<Viseme, MouthPose>> = {
  sil: pose(0, 0.12, 0),
  PP: pose(0, -0.1, 0.05, 0, 0, 1),
  FF: pose(0.12, 0.1, 0, 0.9, 0, 0.7),
  TH: pose(0.22, 0.2, 0, 0.7, 0.9),
  DD: pose(0.24, 0.25, 0, 0.7, 0.5),
  kk: pose(0.32, 0.15, 0, 0.3, 0.1),
  CH: pose(0.24, -0.35, 0.6, 0.9),
  SS: pose(0.14, 0.5, 0, 1),
  nn: pose(0.2, 0.2, 0, 0.5, 0.5),
  RR: pose(0.26, -0.3, 0.5, 0.3, 0.3),
  aa: pose(0.95, 0.05, 0, 0.5, 0.4),
  E: pose(0.5, 0.5, 0, 0.6, 0.3),
  I: pose(0.3, 0.75, 0, 0.7, 0.2),
  O: pose(0.62, -0.5, 0.8),
  U: pose(0.3, -0.6, 1),
};

/**
 * The mouth at a moment. rms: of what is heard, 0..1; a loud vowel opens wider than a quiet one, but silence is left to
 * the shapes, since their clock is the more exact.
 */
export function mouthPose(moment: MouthMoment, rms: number): MouthPose {
  const from = POSES[moment.from];
  const to = POSES[moment.to];
  const part = moment.part * moment.part * (3 - 2 * moment.part); // eases in and out
  const mix = (key: keyof MouthPose): number => from[key] + (to[key] - from[key]) * part;
  const loud = Math.min(1.12, 0.82 + 2.2 * rms);
  return {
    open: mix('open') * loud,
    wide: mix('wide'),
    round: mix('round'),
    teeth: mix('teeth'),
    tongue: mix('tongue'),
    press: mix('press'),
  };
}

/** A mouth for a voice without shapes: opened by its level. */
export function mouthFromLevel(rms: number): MouthMoment {
  return { from: 'sil', to: 'aa', part: Math.min(0.8, rms * 5) };
}

/** silent: it is there, and says nothing however long one waits. off: there is no connection. */
export type Mood = 'listening' | 'thinking' | 'speaking' | 'paused' | 'silent' | 'off';

/** How closed the lids are, 0..1, at a time in ms. People blink every 2 to 6 s, for 150 ms, sometimes twice. */
export function lids(nowMs: number, mood: Mood): number {
  const beatMs = mood === 'speaking' ? 3_100 : 4_300;
  const beat = Math.floor(nowMs / beatMs);
  const sinceMs = nowMs - beat * beatMs - chance(beat) * (beatMs - 700);
  const twice = chance(beat + 0.5) > 0.8;
  const blink = Math.max(closing(sinceMs), twice ? closing(sinceMs - 260) : 0);
  return mood === 'off' || mood === 'silent' ? Math.max(blink, 0.3) : blink;
}

/** Where the eyes look, each -1..1: at the person while listening, up and aside while thinking. */
export function gaze(nowMs: number, mood: Mood): { x: number; y: number } {
  const beat = Math.floor(nowMs / 2_700);
  const wander = (salt: number): number => chance(beat + salt) * 2 - 1;
  switch (mood) {
    case 'thinking':
      return { x: 0.55 + 0.2 * wander(0.1), y: -0.55 + 0.15 * wander(0.2) };
    case 'speaking':
      return chance(beat + 0.3) > 0.7 ? { x: 0.35 * wander(0.1), y: 0.15 * wander(0.2) } : { x: 0, y: 0 };
    default:
      return { x: 0.08 * wander(0.1), y: 0.06 * wander(0.2) };
  }
}

/** Chest and head, -1..1: about 14 breaths a minute. */
export function breath(nowMs: number): number {
  return Math.sin((2 * Math.PI * nowMs) / 4_300);
}

const BLINK_MS = 160;

function closing(sinceMs: number): number {
  if (sinceMs < 0 || sinceMs > BLINK_MS) return 0;
  return Math.sin((Math.PI * sinceMs) / BLINK_MS) ** 0.7;
}

/** A number 0..1 that looks random and is always the same for the same seed. */
function chance(seed: number): number {
  const x = Math.sin(seed * 127.1 + 311.7) * 43_758.5453;
  return x - Math.floor(x);
}
