import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { EntryOut, RecordingOut } from '../../api/http';
import { Replay } from '../../live/replay';
import { wordAt } from './words';

const NOTHING = { subscribe: () => () => undefined, isPlaying: () => false, lengthMs: () => 0 };

export interface Listening {
  /** Null where nothing was recorded. */
  replay: Replay | null;
  isPlaying: boolean;
  lengthMs: number;
}

export function useReplay(recordings: readonly RecordingOut[] | undefined): Listening {
  const replay = useMemo(() => {
    if (recordings === undefined || recordings.length === 0) return null;
    return new Replay(recordings.map((one) => ({ url: one.audio_url, startMs: one.start_ms })));
  }, [recordings]);
  useEffect(() => () => replay?.pause(), [replay]);
  const { subscribe, isPlaying, lengthMs } = replay ?? NOTHING;
  return {
    replay,
    isPlaying: useSyncExternalStore(subscribe, isPlaying),
    lengthMs: useSyncExternalStore(subscribe, lengthMs),
  };
}

/** The word that is heard, told to React only when it changes. */
export function useWordHeard(listening: Listening, entries: readonly EntryOut[]): { entry: string; word: number } | null {
  const [heard, setHeard] = useState<{ entry: string; word: number } | null>(null);
  const { replay, isPlaying } = listening;
  useEffect(() => {
    if (replay === null || !isPlaying) return;
    let request = 0;
    const look = (): void => {
      const now = wordAt(entries, replay.positionMs());
      setHeard((last) => (last?.entry === now?.entry && last?.word === now?.word ? last : now));
      request = requestAnimationFrame(look);
    };
    look();
    return () => cancelAnimationFrame(request);
  }, [replay, isPlaying, entries]);
  return heard;
}
