import { expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { NoBroker } from '../kafka/brokers.js';
import { ConcurrencyConflict, PositionLost } from '../mongo/transaction.js';
import { isAway } from './away.js';

const { MongoServerError, MongoNetworkError } = mongoose.mongo;
const answered = (code: number) => new MongoServerError({ message: `code ${code}`, code });

test.each<[string, Error]>([
  ['no broker that answers', new NoBroker('none')],
  ['a connection to the database that broke', new MongoNetworkError('closed')],
  ['a query that Mongoose kept back', new mongoose.Error('Operation `x.findOne()` buffering timed out after 10000ms')],
  ['a primary that stepped down', answered(10107)],
  ['a server that stops', answered(11600)],
  ['a query that was killed', answered(11601)],
  ['a cursor that a failover took', answered(43)],
  ['a write concern that cannot be met now', answered(100)],
  ['a user whose role was taken away', answered(13)],
  ['a disk that is full', Object.assign(new Error('no space'), { code: 'ENOSPC' })],
  ['an aggregate that was changed meanwhile', new ConcurrencyConflict('changed')],
  ['a partition that another reader has', new PositionLost('taken over')],
  ['any of it below another error', new Error('it could not be kept', { cause: answered(10107) })],
])('%s is no fault of what was to be done: it is tried again', (_what, error) => {
  expect(isAway(error)).toBe(true);
});

test.each<[string, unknown]>([
  ['a document that is larger than any may be', answered(10334)],
  ['a value that stands there already', answered(11000)],
  ['a value that no field takes', answered(2)],
  ['a query that Mongoose does not understand', new mongoose.Error.CastError('Number', 'x', 'a')],
  ['a fault of our own', new TypeError('undefined is not a function')],
  ['what is no error', 'gone'],
])('%s is: trying again does not help', (_what, error) => {
  expect(isAway(error)).toBe(false);
});
