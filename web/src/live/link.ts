// The link to a room: one value says how it stands, one pure function says how it goes on.
//
// A link that dropped is tried again by itself, the first time almost at once, then ever later. What the server says
// when it closes decides: some codes mean "come again", others mean that there is nothing to come back to.

export type LeaveReason = 'left' | 'over' | 'signed_out' | 'credits' | 'refused' | 'unavailable' | 'broken';

export type Link =
  | { at: 'idle' }
  | { at: 'joining'; attempt: number }
  | { at: 'live'; sinceMs: number }
  | { at: 'lost'; attempt: number; retryAtMs: number }
  | { at: 'left'; reason: LeaveReason; detail: string };

export type LinkEvent =
  | { is: 'join' }
  | { is: 'joined'; atMs: number }
  /** spread: 0..1, so that many clients do not come back in the same moment. */
  | { is: 'dropped'; atMs: number; spread: number }
  | { is: 'retry' }
  | { is: 'leave'; reason: LeaveReason; detail?: string };

const FIRST_MS = 300;
const LONGEST_MS = 8_000;
const STEADY_MS = 10_000; // a link that held this long was good: trying starts from the beginning

export function next(link: Link, event: LinkEvent): Link {
  if (link.at === 'left') return link;
  if (event.is === 'leave') return { at: 'left', reason: event.reason, detail: event.detail ?? '' };
  switch (link.at) {
    case 'idle':
      return event.is === 'join' ? { at: 'joining', attempt: 0 } : link;
    case 'joining':
      if (event.is === 'joined') return { at: 'live', sinceMs: event.atMs };
      return event.is === 'dropped' ? lost(link.attempt + 1, event) : link;
    case 'live': {
      if (event.is !== 'dropped') return link;
      return lost(event.atMs - link.sinceMs >= STEADY_MS ? 0 : 1, event);
    }
    case 'lost':
      return event.is === 'retry' ? { at: 'joining', attempt: link.attempt } : link;
  }
}

/** How long to wait before try number `attempt` (0 is the first), in ms. */
export function backOffMs(attempt: number, spread: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return Math.round(whole * (0.75 + 0.5 * spread));
}

/** What a close code means (docs/protocol.md, Closing). */
export function afterClose(code: number, reason: string, atMs: number, spread: number): LinkEvent {
  switch (code) {
    case 1000:
      return { is: 'leave', reason: 'over', detail: reason };
    case 4400:
      return { is: 'leave', reason: 'broken', detail: reason };
    case 4401:
      return { is: 'leave', reason: 'signed_out', detail: '' };
    case 4402:
      return { is: 'leave', reason: 'credits', detail: reason };
    case 4403:
    case 4404:
      return { is: 'leave', reason: 'refused', detail: reason };
    case 4409:
      return { is: 'leave', reason: 'unavailable', detail: reason };
    default:
      return { is: 'dropped', atMs, spread };
  }
}

function lost(attempt: number, event: { atMs: number; spread: number }): Link {
  return { at: 'lost', attempt, retryAtMs: event.atMs + backOffMs(attempt, event.spread) };
}
