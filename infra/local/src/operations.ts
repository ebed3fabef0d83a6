import { ApiClient } from '@gpect/programme/api-client';
import { readRunning } from './run-file.js';

/** The endpoints of the stack that runs, for operations. @throws Error where none does */
export function endpointsOfOperations(): ApiClient {
  const running = readRunning();
  if (!running) throw new Error('Rien ne tourne : lancez « npm start » d’abord.');
  return new ApiClient(running.urls, 10_000);
}
