// Where help is to be found, once danger was noticed in a session: a fold of its `crisis.noticed` events. Pure.
import type { CrisisEvent, HelpLineOut } from '../api/live';

export interface Help {
  /** The emergency number; empty where none is known. */
  emergency: string;
  lines: readonly HelpLineOut[];
  /** False: the person said that they are safe and want to go on. The numbers stay at hand. */
  acute: boolean;
}

/** Help stays once it was shown. Events that only say how the crisis goes on bring no lines of their own. */
export function helpAfter(help: Help | null, event: CrisisEvent): Help {
  const brings = event.emergency !== '' || event.lines.length > 0;
  return {
    emergency: brings ? event.emergency : (help?.emergency ?? ''),
    lines: brings ? event.lines : (help?.lines ?? []),
    acute: event.state !== 'over',
  };
}

/** What a whole log says; null where no danger was noticed. */
export function helpOf(events: readonly { type: string }[]): Help | null {
  return events.reduce<Help | null>((help, event) => (isCrisis(event) ? helpAfter(help, event) : help), null);
}

function isCrisis(event: { type: string }): event is CrisisEvent {
  return event.type === 'crisis.noticed';
}
