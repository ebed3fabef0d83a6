import type { CommandRunner } from '@gpect/service-kit/aggregate/command-runner';
import type mongoose from 'mongoose';
import type { FileParts } from './file-parts.js';
import type { FileStore } from './file-store.js';

/** What receiving, reading and withdrawing a file of spend all work with. */
export interface SpendParts {
  readonly connection: mongoose.Connection;
  readonly runner: CommandRunner;
  readonly files: FileStore;
  readonly parts: FileParts;
}
