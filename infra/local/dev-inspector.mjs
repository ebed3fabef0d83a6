// Loaded by a service that `npm run dev` watches: it gives its debugger's port free when it is asked to end, since the one
// that replaces it starts before it has ended.
import inspector from 'node:inspector';

process.once('SIGTERM', () => inspector.close());
