import { expect, test } from '@jest/globals';
import { apiDocument } from './api-documents.js';
import { RequestContracts } from './request-contracts.js';

const contracts = new RequestContracts(apiDocument('consulting'));
const session = {
  ...{ session: 'S1', consultant: 'C1', heldOn: '2010-07-05', halfDays: 1 },
  ...{ stage: 'PRE_DIAGNOSTIC', theme: 'management', participants: ['MANAGER'] },
};
const path = { programme: 'npdc', siret: '00001002500013' };
const faults = (body: object, of = path) => contracts.faultsOf('recordSession', { path: of, body });

test('a request that its route would take has no fault', () => {
  expect(faults(session)).toEqual([]);
});

test('each fault is told by the names of its field and the rule that it breaks', () => {
  expect(faults({ ...session, session: '2012/0045', halfDays: 11 }, { ...path, siret: '1' })).toMatchObject([
    { names: ['siret'], rule: 'pattern' },
    { names: ['session'], rule: 'pattern' },
    { names: ['halfDays'], rule: 'maximum', params: { limit: 10 } },
  ]);
  expect(faults({ ...session, participants: ['NOBODY'], nickname: 'x' })).toMatchObject([
    { names: ['nickname'], rule: 'additionalProperties' },
    { names: ['participants', '0'], rule: 'enum' },
  ]);
  const { stage: _stage, ...without } = session;
  expect(faults(without)).toMatchObject([{ names: ['stage'], rule: 'required' }]);
});

test('an operation that the document has not is a fault of ours', () => {
  expect(() => contracts.faultsOf('nothing', {})).toThrow('no operation "nothing"');
});
