import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { ProblemError } from './api/problem.js';
import { App } from './app.js';
import './style.css';

/** What a service refuses, it refuses again: only what is away is asked for anew. */
const mayHeal = (failures: number, error: Error): boolean =>
  failures < 2 && !(error instanceof ProblemError && error.problem.status < 500);

const queries = new QueryClient({
  defaultOptions: { queries: { retry: mayHeal, staleTime: 30_000, refetchOnWindowFocus: false } },
});
const place = document.getElementById('pages');
if (place)
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <BrowserRouter>
          <App />
        </BrowserRouter>
      </QueryClientProvider>
    </StrictMode>,
  );
