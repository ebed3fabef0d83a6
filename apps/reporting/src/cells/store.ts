import { modelOf } from '@gpect/service-kit/mongo/model';
import mongoose from 'mongoose';
import type { CellDocument, CellYearDocument } from './documents.js';

const schema = () => new mongoose.Schema({ _id: String }, { strict: false, versionKey: false, minimize: false });
const cellSchema = schema();
cellSchema.index({ programme: 1, by: 1 });
const yearSchema = schema();
yearSchema.index({ programme: 1, by: 1, year: 1 });
yearSchema.index({ cell: 1, year: 1 });
const stateSchema = schema();

/** How cells were made: with another version they are made anew from the firm documents, without reading a topic again. */
export const CELLS_VERSION = 2;

interface FoldState {
  readonly _id: 'fold';
  readonly version: number;
  /** Goes up with every fold. */
  readonly generation: number;
}

export const CELL_COLLECTIONS = ['cells', 'cell_years', 'fold_state'] as const;

export const cellsModel = (connection: mongoose.Connection) =>
  modelOf(connection, 'cells', cellSchema as unknown as mongoose.Schema<CellDocument>);
export const cellYearsModel = (connection: mongoose.Connection) =>
  modelOf(connection, 'cell_years', yearSchema as unknown as mongoose.Schema<CellYearDocument>);
export const foldStateModel = (connection: mongoose.Connection) =>
  modelOf(connection, 'fold_state', stateSchema as unknown as mongoose.Schema<FoldState>);

export async function ensureCells(connection: mongoose.Connection): Promise<void> {
  for (const model of [cellsModel(connection), cellYearsModel(connection), foldStateModel(connection)]) {
    await model.createCollection();
    await model.createIndexes();
  }
}
