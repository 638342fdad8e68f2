import { Navigate, useParams, useSearchParams } from 'react-router';
import { RoomPage } from '../features/room/RoomPage';
import { readPart } from '../live/kept';
import type { Transport } from '../live/wire';

/** The room, for who came through the lobby; everybody else is led there first. */
export function RoomRoute() {
  const { id = '' } = useParams();
  const [query] = useSearchParams();
  const part = readPart(id);
  if (part === null) return <Navigate to={`/s/${id}?${query.toString()}`} replace />;
  return <RoomPage key={id} session={id} part={part} transport={transportOf(query.get('transport'))} raw={query.get('raw') === '1'} />;
}

function transportOf(wanted: string | null): 'auto' | Transport {
  return wanted === 'ws' || wanted === 'rtc' ? wanted : 'auto';
}
