import type { EntryOut } from '../../api/http';

export interface TimedWord {
  text: string;
  /** On the session's clock. */
  startMs: number;
}

/**
 * The words of an entry as they are written, each with when it was said. A recogniser's words and the written text need not
 * agree in number; then each written word takes the time of the spoken one at the same share of the whole. Pure.
 */
export function timedWords(entry: EntryOut): TimedWord[] {
  const written = entry.text.split(/\s+/).filter((word) => word !== '');
  return written.map((text, index) => {
    const spoken = entry.words[Math.floor((index * entry.words.length) / written.length)];
    return { text, startMs: entry.start_ms + (spoken?.start_ms ?? 0) };
  });
}

/** Which word is being said: the entry that has begun last, and the word in it. Null before the first. */
export function wordAt(entries: readonly EntryOut[], positionMs: number): { entry: string; word: number } | null {
  const entry = entries.findLast((one) => one.start_ms <= positionMs);
  if (entry === undefined || positionMs > entry.end_ms + 800) return null;
  const words = timedWords(entry);
  return { entry: entry.id, word: words.findLastIndex((word) => word.startMs <= positionMs) };
}
