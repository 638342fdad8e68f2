// When which mouth shape is seen and which word is lit: a timeline tied to the voice's own clock (voice.ts).
//
// A `mouth` message belongs to the sentence that begins with the sound that comes in next, so its times count from
// where the voice then stands. While the AI holds, nothing of the sentence comes in: what lies ahead is moved by as much as
// came in meanwhile (over WebRTC time itself, over a WebSocket nothing). A flush ends it.
import type { MouthMove } from '../api/live';

export const VISEMES = ['sil', 'PP', 'FF', 'TH', 'DD', 'kk', 'CH', 'SS', 'nn', 'RR', 'aa', 'E', 'I', 'O', 'U'] as const;
export type Viseme = (typeof VISEMES)[number];

export interface SpokenWord {
  text: string;
  startMs: number;
  endMs: number;
}

/** A sentence on the voice's clock; its own times count from `startMs`. */
interface Sentence {
  reply: string;
  startMs: number;
  shapes: readonly (readonly [number, Viseme])[];
  words: readonly SpokenWord[];
}

/** Two shapes and how far the mouth is from the first to the second, 0..1. */
export interface MouthMoment {
  from: Viseme;
  to: Viseme;
  part: number;
}

export interface Saying {
  reply: string;
  words: readonly string[];
  /** How many of the words have begun. */
  begun: number;
}

const AT_REST: MouthMoment = { from: 'sil', to: 'sil', part: 1 };
const GLIDE_MS = 70; // lips need about this long from one shape to the next; they start early rather than late
const LINGER_MS = 700; // a sentence that was said can still be read for a moment
const KEPT = 8; // sentences: the last is heard while the next is known

export class MouthTrack {
  private sentences: readonly Sentence[] = [];
  private heldAtMs: number | null = null;

  /** The sentence that begins at `arrivingMs`. */
  add(move: MouthMove, arrivingMs: number): void {
    const sentence: Sentence = {
      reply: move.reply,
      startMs: arrivingMs,
      shapes: move.shapes.map(([ms, shape]) => [ms, isViseme(shape) ? shape : 'sil'] as const),
      words: move.words.map(([startMs, endMs, text]) => ({ text, startMs, endMs })),
    };
    this.sentences = [...this.sentences, sentence].slice(-KEPT);
  }

  /** The AI paused, or goes on. Safe to repeat. */
  hold(on: boolean, arrivingMs: number): void {
    if (on) {
      this.heldAtMs ??= arrivingMs;
      return;
    }
    if (this.heldAtMs === null) return;
    const heldAtMs = this.heldAtMs;
    const shiftMs = arrivingMs - heldAtMs;
    this.heldAtMs = null;
    this.sentences = this.sentences.map((sentence) => shifted(sentence, heldAtMs, shiftMs));
  }

  /** What was not played will not be. */
  flush(): void {
    this.sentences = [];
    this.heldAtMs = null;
  }

  at(heardMs: number): MouthMoment {
    const sentence = this.current(heardMs);
    if (sentence === undefined || this.isHeldAt(heardMs)) return AT_REST;
    const ms = heardMs - sentence.startMs;
    const following = sentence.shapes.findIndex(([startMs]) => startMs - GLIDE_MS / 2 > ms);
    const index = (following === -1 ? sentence.shapes.length : following) - 1;
    const [startMs, to] = sentence.shapes[index] ?? [0, 'sil' as const];
    const from = sentence.shapes[index - 1]?.[1] ?? 'sil';
    return { from, to, part: Math.max(0, Math.min(1, (ms - startMs + GLIDE_MS / 2) / GLIDE_MS)) };
  }

  /** The sentence being heard, with how far it is. */
  saying(heardMs: number): Saying | null {
    const sentence = this.current(heardMs);
    const last = sentence?.words.at(-1);
    if (sentence === undefined || last === undefined) return null;
    const ms = heardMs - sentence.startMs;
    if (ms > last.endMs + LINGER_MS) return null;
    const begun = sentence.words.filter((word) => word.startMs <= ms).length;
    return { reply: sentence.reply, words: sentence.words.map((word) => word.text), begun };
  }

  private current(heardMs: number): Sentence | undefined {
    return this.sentences.findLast((sentence) => sentence.startMs <= heardMs);
  }

  private isHeldAt(heardMs: number): boolean {
    return this.heldAtMs !== null && heardMs >= this.heldAtMs;
  }
}

/** A sentence after a hold: what lay behind `heldAtMs` comes `shiftMs` later, as a rest in its middle. */
function shifted(sentence: Sentence, heldAtMs: number, shiftMs: number): Sentence {
  if (sentence.startMs >= heldAtMs) return { ...sentence, startMs: sentence.startMs + shiftMs };
  const heldMs = heldAtMs - sentence.startMs;
  const later = (ms: number): number => (ms >= heldMs ? ms + shiftMs : ms);
  const before = sentence.shapes.filter(([ms]) => ms < heldMs);
  const after = sentence.shapes.filter(([ms]) => ms >= heldMs).map(([ms, shape]) => [ms + shiftMs, shape] as const);
  const rest = shiftMs > 0 ? [[heldMs, 'sil'] as const] : [];
  const words = sentence.words.map((word) => ({ ...word, startMs: later(word.startMs), endMs: later(word.endMs) }));
  return { ...sentence, shapes: [...before, ...rest, ...after], words };
}

function isViseme(shape: string): shape is Viseme {
  return (VISEMES as readonly string[]).includes(shape);
}
