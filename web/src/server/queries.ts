// What screens ask the server for, kept in one cache.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { FormatOut, InvitationIn, JoinIn, Phase, SessionIn, SessionOut } from '../api/http';
import { helpOf, type Help } from '../live/help';
import { bodyOf, http, newKey, RequestFailed } from './client';

const OVER: readonly Phase[] = ['analyzing', 'complete', 'cancelled'];

export function isOver(session: { phase: Phase }): boolean {
  return OVER.includes(session.phase);
}

const at = (id: string) => ({ params: { path: { id } } });

export function useStatus() {
  return useQuery({ queryKey: ['status'], queryFn: async () => bodyOf(await http.GET('/api/status')), staleTime: Infinity });
}

export function usePersonas() {
  return useQuery({
    queryKey: ['personas'],
    queryFn: async () => bodyOf(await http.GET('/api/personas')).items,
    staleTime: Infinity,
  });
}

/** Who one is. */
export function useMe() {
  return useQuery({ queryKey: ['me'], queryFn: async () => bodyOf(await http.GET('/api/me')), staleTime: Infinity });
}

/** What kinds of session there are. */
export function useFormats() {
  return useQuery({
    queryKey: ['formats'],
    queryFn: async () => bodyOf(await http.GET('/api/formats')).items,
    staleTime: Infinity,
  });
}

/** The kind that a session is of; undefined until it is known, null where it cannot be (its package is gone). */
export function useFormat(name: string | undefined): FormatOut | null | undefined {
  const formats = useFormats();
  if (name === undefined || formats.isPending) return undefined;
  return formats.data?.find((one) => one.name === name) ?? null;
}

/** What sessions cost here, what one has, and what can be bought. Asked for only where it matters. */
export function useCredits(wanted: boolean) {
  return useQuery({
    queryKey: ['credits'],
    enabled: wanted,
    queryFn: async () => {
      const [prices, balance, packs] = await Promise.all([
        http.GET('/api/credits/prices'),
        http.GET('/api/credits'),
        http.GET('/api/credits/packs'),
      ]);
      return { prices: bodyOf(prices).items, balance: bodyOf(balance), packs: bodyOf(packs).items };
    },
  });
}

/** Leads to the shop's page. */
export function useCheckout() {
  return useMutation({
    mutationFn: async (pack: string) =>
      bodyOf(await http.POST('/api/credits/checkout', { body: { pack }, headers: { 'Idempotency-Key': newKey() } })),
    onSuccess: ({ url }) => location.assign(url),
  });
}

/** One's sessions, newest first. */
export function useSessions() {
  return useInfiniteQuery({
    queryKey: ['sessions'],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam: cursor }) => bodyOf(await http.GET('/api/sessions', { params: { query: { limit: 20, cursor } } })),
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** Asked for again while it waits to be prepared. */
export function useSession(id: string) {
  return useQuery({
    queryKey: ['session', id],
    queryFn: async () => bodyOf(await http.GET('/api/sessions/{id}', at(id))),
    refetchInterval: (query) => (query.state.data?.phase === 'preparing' && query.state.data.error === null ? 1_500 : false),
  });
}

export function useTranscript(id: string) {
  return useQuery({
    queryKey: ['transcript', id],
    queryFn: async () => {
      const wanted = { params: { path: { id }, query: { as: 'json' as const } } };
      const body = bodyOf(await http.GET('/api/sessions/{id}/transcript', wanted));
      if (typeof body === 'string') throw new Error('the transcript came in another form than was asked for');
      return body;
    },
  });
}

export function useRecordings(id: string) {
  return useQuery({
    queryKey: ['recordings', id],
    queryFn: async () => bodyOf(await http.GET('/api/sessions/{id}/recordings', at(id))).items,
  });
}

/** Where help is to be found, if danger was noticed in the session: from its log. */
export function useHelp(id: string) {
  return useQuery({
    queryKey: ['help', id],
    queryFn: async (): Promise<Help | null> => {
      const events = [];
      for (let after = 0; ; ) {
        const wanted = { params: { path: { id }, query: { after, limit: 1000 } } };
        const page = bodyOf(await http.GET('/api/sessions/{id}/events', wanted));
        if (typeof page === 'string') throw new Error('the log came in another form than was asked for');
        events.push(...page.items);
        if (page.items.length < 1000) return helpOf(events);
        after = page.next_after;
      }
    },
  });
}

/** One's own written notes in a session, oldest first. */
export function useNotes(id: string, wanted: boolean) {
  return useQuery({
    queryKey: ['notes', id],
    enabled: wanted,
    queryFn: async () => bodyOf(await http.GET('/api/sessions/{id}/notes', at(id))).items,
  });
}

export function useKeepNote(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (text: string) =>
      bodyOf(await http.POST('/api/sessions/{id}/notes', { ...at(id), body: { text }, headers: { 'Idempotency-Key': newKey() } })),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['notes', id] });
      await cache.invalidateQueries({ queryKey: ['help', id] }); // a note is looked at for danger too
    },
  });
}

/** The report; null until it is written. Asked for again while `awaited`. */
export function useReport(id: string, awaited: boolean) {
  return useQuery({
    queryKey: ['report', id],
    queryFn: async () => {
      try {
        const wanted = { params: { path: { id }, query: { as: 'json' as const } } };
        const body = bodyOf(await http.GET('/api/sessions/{id}/report', wanted));
        if (typeof body === 'string') throw new Error('the report came in another form than was asked for');
        return body;
      } catch (error) {
        if (error instanceof RequestFailed && error.status === 404) return null;
        throw error;
      }
    },
    refetchInterval: (query) => (awaited && query.state.data === null ? 1_500 : false),
  });
}

export function useOpenSession() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (wanted: SessionIn) =>
      bodyOf(await http.POST('/api/sessions', { body: wanted, headers: { 'Idempotency-Key': newKey() } })),
    onSuccess: (session) => remember(cache, session),
  });
}

/** Answer what the session's set-up asks for, and run it. */
export function useSetUp(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (answers: Record<string, string>) =>
      bodyOf(await http.POST('/api/sessions/{id}/setup', { ...at(id), body: { answers }, headers: { 'Idempotency-Key': newKey() } })),
    onSuccess: (session) => remember(cache, session),
  });
}

/** A link to a seat, shown once. */
export function useInvite(id: string) {
  return useMutation({
    mutationFn: async (wanted: InvitationIn) =>
      bodyOf(await http.POST('/api/sessions/{id}/invitations', { ...at(id), body: wanted, headers: { 'Idempotency-Key': newKey() } })),
  });
}

export function useJoin(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (how: JoinIn) => bodyOf(await http.POST('/api/sessions/{id}/join', { ...at(id), body: how })),
    onSuccess: ({ session }) => remember(cache, session),
  });
}

export function useRunReport(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async () => bodyOf(await http.POST('/api/sessions/{id}/report', at(id))),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['report', id] }),
  });
}

/** A session changed behind the cache, for example in its live room. */
export async function forgetSession(cache: QueryClient, id: string): Promise<void> {
  const parts = ['session', 'transcript', 'recordings', 'report', 'help', 'notes'];
  const stale = [...parts.map((part) => [part, id]), ['sessions'], ['credits']];
  await Promise.all(stale.map((queryKey) => cache.invalidateQueries({ queryKey })));
}

function remember(cache: QueryClient, session: SessionOut): void {
  cache.setQueryData(['session', session.id], session);
  void cache.invalidateQueries({ queryKey: ['sessions'] });
}
