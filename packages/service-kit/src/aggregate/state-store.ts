import mongoose from 'mongoose';
import { modelOf } from '../mongo/model.js';
import type { Position } from '../outbox/position.js';

/** A state as it is kept: its version is the sequence of its last event, its position that event's place in the outbox. */
export interface StoredState {
  readonly _id: string;
  readonly version: number;
  readonly position: Position;
  readonly state: unknown;
}

const schema: mongoose.Schema<StoredState> = new mongoose.Schema<StoredState>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    position: String,
    state: mongoose.Schema.Types.Mixed,
  },
  { versionKey: false, minimize: false },
);

/** The Mongoose model of one kind of aggregate; the collection bears the aggregate's name. */
export function stateModel(connection: mongoose.Connection, collection: string): mongoose.Model<StoredState> {
  return modelOf(connection, collection, schema);
}
