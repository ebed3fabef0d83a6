import type { Extension } from '@gpect/service-kit/service/definition';
import { PARTNER_ANSWERS, PartnerAnswers } from './answers.js';
import { KNOWN_PARTNERS, partnerFacts } from './known-partners.js';
import type { PartnerCommands } from './own-api.js';
import { PartnerReader } from './partner-reader.js';

interface TakenFromPartners {
  /** The command that each event of a partner asks of the service. */
  readonly commands?: PartnerCommands;
  /** Also answers what partners send to no service. */
  readonly answersTheRest?: boolean;
}

/** What a service has to which partners send events: it knows the partners, takes their events and keeps each answer. */
export function partnerEvents({ commands = {}, answersTheRest = false }: TakenFromPartners): Extension {
  return {
    collections: [PARTNER_ANSWERS, KNOWN_PARTNERS],
    indexes: (connection) => new PartnerAnswers(connection).ensureIndexes(),
    facts: partnerFacts,
    reader: ({ name, context: { connection, runner, bus, logger }, metrics, app }) =>
      new PartnerReader({
        service: name,
        commands,
        answersTheRest,
        connection,
        runner,
        app,
        existing: (patterns) => bus.existing(patterns),
        logger,
        metrics,
      }),
  };
}
