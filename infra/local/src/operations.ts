import { Doors } from '@gpect/programme/doors';
import { readRunning } from './run-file.js';

/** The doors of the stack that runs, for operations. @throws Error where none does */
export function doorsOfOperations(): Doors {
  const running = readRunning();
  if (!running) throw new Error('Rien ne tourne : lancez « npm start » d’abord.');
  return new Doors(running.urls, 10_000);
}
