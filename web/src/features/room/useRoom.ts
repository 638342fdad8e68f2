import { useEffect, useState, useSyncExternalStore } from 'react';
import { readChoices, type Part } from '../../live/kept';
import { Room } from '../../live/room';
import type { RoomState } from '../../live/room-state';
import type { Transport } from '../../live/wire';

export interface RoomProps {
  session: string;
  part: Part;
  transport: 'auto' | Transport;
  raw: boolean;
}

/** The room while the screen is there, and what it shows. */
export function useRoom({ session, part, transport, raw }: RoomProps): { room: Room; state: RoomState } {
  const [room] = useState(
    () =>
      new Room({
        session,
        seat: part.seat,
        voice: part.voice,
        hears: part.microphone,
        muted: part.muted,
        microphone: readChoices().microphone,
        raw,
        transport,
      }),
  );
  useEffect(() => {
    void room.join();
    return () => room.close();
  }, [room]);
  return { room, state: useSyncExternalStore(room.subscribe, room.snapshot) };
}
