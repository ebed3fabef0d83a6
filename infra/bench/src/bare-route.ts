import { faultsOf, isEventType } from '@gpect/contracts/event-contracts';
import express from 'express';

/** What the gateway is measured against: a route that reads the same body, checks it against the same contract, and answers. */
const app = express();
app.use(express.json({ limit: '1mb', type: ['application/json', 'application/*+json'] }));
app.post('/events', (request, response) => {
  const { id, type, data } = request.body as { id: string; type: string; data: unknown };
  const faults = isEventType(type) ? faultsOf(type, data) : [{ pointer: 'type', detail: 'unknown' }];
  if (faults.length > 0) response.status(422).json({ faults });
  else response.status(202).json({ kept: [id] });
});
const server = app.listen(Number(process.env['PORT']), '127.0.0.1');
process.once('SIGTERM', () => server.close(() => process.exit(0)));
