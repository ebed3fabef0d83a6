import { own } from '@gpect/domain-values/records';
import type mongoose from 'mongoose';

/** The model of a collection on this connection, made once; the collection bears the model's name. */
export function modelOf<T>(
  connection: mongoose.Connection,
  name: string,
  schema: mongoose.Schema<T>,
): mongoose.Model<T> {
  return (own(connection.models, name) as mongoose.Model<T> | undefined) ?? connection.model<T>(name, schema, name);
}
