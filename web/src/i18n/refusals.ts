// What people read when something was refused: what is the matter, and what they can do. Never a code.
import { en } from './en';

/** As a problem of the server (RFC 9457) tells it; an error without a status never got there. */
interface Failure {
  message: string;
  status?: number;
  code?: string;
  members?: Readonly<Record<string, unknown>>;
}

export interface Refusal {
  text: string;
  /** What to do about it. */
  hint?: string;
  /** Where to go instead: an address of ours. */
  to?: string;
  /** What `to` is called. */
  label?: string;
  /** Credits are missing: they may be for sale. */
  credits?: boolean;
}

export function refusalOf(failure: Failure): Refusal {
  const { message, status, code, members } = failure;
  if (status === undefined) return { text: en.refusal.unreachable, hint: en.refusal.again };
  const session = members?.['session'];
  switch (code) {
    case 'not_enough_credits':
      return { text: message, credits: true };
    case 'session_open':
      return typeof session === 'string'
        ? { text: en.refusal.open, hint: en.refusal.openHint, to: `/s/${session}`, label: en.refusal.toOpen }
        : { text: en.refusal.open };
    case 'session_full':
      return { text: en.refusal.full, hint: en.refusal.fullHint };
    case 'session_not_found':
      return { text: en.refusal.notFound, hint: en.refusal.invited };
    case 'too_many':
      return { text: message, hint: en.refusal.later };
    case 'internal':
      return { text: en.refusal.fault, hint: en.refusal.again };
  }
  if (message === '') return { text: status >= 500 ? en.refusal.fault : en.failed, hint: en.refusal.again };
  if (status === 403) return { text: message, hint: en.refusal.ask };
  return status === 503 ? { text: message, hint: en.refusal.later } : { text: message };
}
