import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { forgetPart } from '../../live/kept';
import type { Room } from '../../live/room';
import { isOver, type RoomState } from '../../live/room-state';
import { forgetSession } from '../../server/queries';

const GOODBYE_MS = 2_500; // at most this long is waited for the last words to be heard

/** Leads on when the room is done with: to the transcript after the end, to the start page after leaving. */
export function useAfterwards(session: string, room: Room, state: RoomState): void {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const over = isOver(state) || (state.link.at === 'left' && state.link.reason === 'over');
  const left = state.link.at === 'left' && state.link.reason === 'left';
  useEffect(() => {
    if (!over && !left) return;
    let gone = false;
    const leadOn = async (): Promise<void> => {
      if (over) await room.waitHeard(GOODBYE_MS);
      await forgetSession(cache, session);
      if (gone) return;
      forgetPart(session);
      await navigate(over ? `/s/${session}/transcript` : '/', { replace: true });
    };
    void leadOn();
    return () => {
      gone = true;
    };
  }, [over, left, room, session, navigate, cache]);
}
