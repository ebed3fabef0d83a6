import type { components, paths } from '@gpect/contracts/generated/api-reporting';
import { useQuery } from '@tanstack/react-query';
import createClient from 'openapi-fetch';
import type { Language } from '../words/language.js';
import { ProblemError, problemIn } from './problem.js';

type Schemas = components['schemas'];
export type Bilan = Schemas['Bilan'];
export type Figure = Schemas['Figure'];
export type ShownDrawing = Schemas['ShownDrawing'];

/** Which figures of a programme are looked at, and why where somebody sees every one of them. */
export interface Looked {
  readonly programme: string;
  readonly purpose?: string;
}

const api = createClient<paths>({ baseUrl: '/api/reporting' });

async function dataOf<T>(asked: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await asked;
  if (data === undefined || !response.ok) throw new ProblemError(problemIn(error, response.status));
  return data;
}

const inLanguage = (language: Language) => ({ 'accept-language': language });

export function useBilan(looked: Looked, language: Language) {
  return useQuery({
    queryKey: ['bilan', looked, language],
    enabled: looked.programme !== '',
    queryFn: () =>
      dataOf(api.GET('/bilan', { params: { query: { ...looked, estimates: false } }, headers: inLanguage(language) })),
  });
}

export function useDrawings(looked: Looked, mapped: string, language: Language) {
  return useQuery({
    queryKey: ['drawings', looked, mapped, language],
    enabled: looked.programme !== '',
    // While another figure is drawn, the map of before stays.
    placeholderData: (before) => before,
    queryFn: () =>
      dataOf(
        api.GET('/bilan/drawings', {
          params: { query: { ...looked, mapped, lang: language } },
          headers: inLanguage(language),
        }),
      ),
  });
}

export function useFigure(looked: Looked, indicator: string, language: Language) {
  return useQuery({
    queryKey: ['figure', looked, indicator, language],
    enabled: indicator !== '',
    queryFn: () =>
      dataOf(
        api.GET('/bilan/figures/{indicator}', {
          params: { path: { indicator }, query: looked },
          headers: inLanguage(language),
        }),
      ),
  });
}

export function useIndicators() {
  return useQuery({
    queryKey: ['indicators'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => dataOf(api.GET('/indicators', {})),
  });
}
