import createClient from 'openapi-fetch';
import type { Problem, paths } from '../api/http';

/** The server's HTTP interface, typed by its own description. */
export const http = createClient<paths>({ baseUrl: '' });

const SAFE = new Set(['GET', 'HEAD']);
let csrf: Promise<string | null> | undefined;

/** What must go with every change when a cookie says who we are; null in local mode. Asked for once. */
function csrfToken(): Promise<string | null> {
  csrf ??= fetch('/api/me').then(async (answer) => {
    if (!answer.ok) return null;
    const me = (await answer.json()) as { csrf_token: string | null };
    return me.csrf_token;
  });
  return csrf;
}

http.use({
  async onRequest({ request }) {
    if (SAFE.has(request.method)) return undefined;
    const token = await csrfToken();
    if (token !== null) request.headers.set('X-CSRF-Token', token);
    return request;
  },
  onResponse({ response }) {
    if (response.status === 401) {
      const here = location.pathname + location.search;
      location.assign(`/sign-in?${new URLSearchParams({ to: here }).toString()}`);
    }
    return undefined;
  },
});

/** A request that failed, with what the server says about it (RFC 9457). */
export class RequestFailed extends Error {
  readonly code: string;
  readonly status: number;
  /** What goes with the code: the `session` of `session_open`, the `packs` of `not_enough_credits`. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(status: number, problem: Partial<Problem> | undefined) {
    super(problem?.detail ?? '');
    this.code = problem?.code ?? 'http_error';
    this.status = status;
    this.members = { ...problem };
  }
}

interface Outcome<Body> {
  data?: Body;
  error?: unknown;
  response: Response;
}

/** The body of an answer. Throws RequestFailed. */
export function bodyOf<Body>({ data, error, response }: Outcome<Body>): Body {
  if (response.ok && data !== undefined) return data;
  throw new RequestFailed(response.status, error as Partial<Problem> | undefined);
}

/** A key that makes a repeated POST harmless. (randomUUID exists only where the page came over TLS or from this machine.) */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
