/** A partition is not read on: its log is not the one that was read, or what it holds cannot be taken. Others go on. */
export class PartitionStopped extends Error {
  override readonly name = 'PartitionStopped';
}
