// What screens ask the server for, kept in one cache.
import { useInfiniteQuery, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { JoinIn, Phase, SessionIn, SessionOut } from '../api/http';
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

/** One's sessions, newest first. */
export function useSessions() {
  return useInfiniteQuery({
    queryKey: ['sessions'],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam: cursor }) => bodyOf(await http.GET('/api/sessions', { params: { query: { limit: 20, cursor } } })),
    getNextPageParam: (page) => page.next_cursor,
  });
}

export function useSession(id: string) {
  return useQuery({ queryKey: ['session', id], queryFn: async () => bodyOf(await http.GET('/api/sessions/{id}', at(id))) });
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
  const stale = [['session', id], ['transcript', id], ['recordings', id], ['report', id], ['sessions']];
  await Promise.all(stale.map((queryKey) => cache.invalidateQueries({ queryKey })));
}

function remember(cache: QueryClient, session: SessionOut): void {
  cache.setQueryData(['session', session.id], session);
  void cache.invalidateQueries({ queryKey: ['sessions'] });
}
