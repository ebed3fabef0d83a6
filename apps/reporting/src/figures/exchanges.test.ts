import { expect, test } from '@jest/globals';
import { event } from '../../test/events.js';
import { documentsOf } from '../../test/said.js';
import { animationOf } from '../bilan/territory.js';
import type { ExchangeDocument } from '../facts/documents.js';
import { figure } from './exchanges.js';

const held = (exchange: string, heldOn: string, consultants: string[]) =>
  event('consulting.practice-exchange-held', { exchange, heldOn, consultants });
const exchanges = documentsOf(figure, [
  held('E1', '2009-02-03', ['C27', 'C31']),
  held('E2', '2009-09-03', ['C27', 'C40']),
  held('E1', '2009-02-03', ['C27', 'C31']),
]).of<ExchangeDocument>('exchanges');

test('each exchange counts once, and each consultant who came at least once', () => {
  expect(animationOf(exchanges, undefined)).toEqual({ exchanges: 2, consultants: 3 });
});

test('an exchange counts from its day on', () => {
  expect(animationOf(exchanges, '2009-09-02')).toEqual({ exchanges: 1, consultants: 2 });
});
