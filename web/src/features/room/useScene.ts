import { leaderOf, type RoomState } from '../../live/room-state';
import { useFormat, usePersonas } from '../../server/queries';
import { mannerOf, type Manner } from './manner';

/** Who is who in the room, and what it has. */
export interface Scene {
  /** The AI's name. */
  ai: string;
  /** What calls it, where it answers only who calls. */
  call: string | null;
  /** It answers nobody. */
  off: boolean;
  /** The human coach who leads; null while the AI does. */
  leader: string | null;
  /** This person leads. */
  leads: boolean;
  manner: Manner;
}

export function useScene({ session, persona, seat, captions }: RoomState): Scene {
  const format = useFormat(session?.format) ?? null;
  const known = usePersonas().data?.find((one) => one.id === persona?.id);
  const role = session?.seats.find((one) => one.id === seat)?.role ?? null;
  const ai = persona?.name ?? '';
  return {
    ai,
    call: session?.address === 'when_called' ? (known?.wake_phrase ?? `Hey ${ai}`) : null,
    off: session?.address === 'nobody',
    leader: leaderOf({ session, captions }),
    leads: session !== null && session.led_by !== null && session.led_by === seat,
    manner: mannerOf(format, role),
  };
}
