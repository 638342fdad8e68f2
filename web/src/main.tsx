import '@fontsource-variable/figtree/index.css';
import './ui/styles/base.css';
import './ui/styles/tokens.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { LobbyRoute } from './routes/lobby';
import { NewRoute } from './routes/new';
import { NotFoundRoute } from './routes/not-found';
import { RoomRoute } from './routes/room';
import { StartRoute } from './routes/start';
import { TranscriptRoute } from './routes/transcript';
import { RequestFailed } from './server/client';

const router = createBrowserRouter([
  { path: '/', element: <StartRoute /> },
  { path: '/new/:format', element: <NewRoute /> },
  { path: '/s/:id', element: <LobbyRoute /> },
  { path: '/s/:id/room', element: <RoomRoute /> },
  { path: '/s/:id/transcript', element: <TranscriptRoute /> },
  { path: '*', element: <NotFoundRoute /> },
]);

const cache = new QueryClient({
  defaultOptions: {
    queries: { retry: (count, error) => count < 2 && !(error instanceof RequestFailed && error.status < 500), staleTime: 5_000 },
  },
});

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={cache}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
