import type { FormatOut, SessionOut } from '../../api/http';
import { en } from '../../i18n/en';

/** How one may come into a session. */
export interface Door {
  /** The AI is heard; else one reads it. */
  voice: boolean;
  /** One is heard oneself: a microphone is needed. */
  hears: boolean;
  writes: boolean;
  camera: boolean;
  /** One comes in with the microphone off. */
  muted: boolean;
  several: boolean;
  /** A human coach may be there. */
  coached: boolean;
}

type Kind = Pick<FormatOut, 'modalities' | 'listens' | 'defaults' | 'coached'>;

/** format: null where its kind is not known here. mode: `text` for who wants to write. */
export function doorOf(format: Kind | null, session: Pick<SessionOut, 'max_participants'>, mode: string | null): Door {
  const takes = (what: FormatOut['modalities'][number]): boolean => format?.modalities.includes(what) ?? true;
  const voice = takes('voice') && (mode !== 'text' || !takes('text'));
  return {
    voice,
    hears: voice && (format?.listens ?? true),
    writes: takes('text'),
    camera: format === null || takes('camera') || 'camera' in format.defaults,
    muted: format?.defaults['microphone'] === false,
    several: session.max_participants > 1,
    coached: format?.coached ?? false,
  };
}

/** What there is to know before one comes in. */
export function leadOf(door: Door, session: SessionOut, ai: string, call: string | undefined): string {
  if (door.coached) return en.lobby.leadCoached(ai);
  if (session.address === 'when_called') return en.lobby.leadCalled(ai, call ?? `Hey ${ai}`);
  if (!door.writes) return (door.hears ? en.lobby.leadDiscreet : en.lobby.leadSilent)(ai);
  if (!door.voice) return en.lobby.leadText(ai);
  return en.lobby.lead;
}
