/** Someone else went on with the file, or changed one of its lines, meanwhile: look again where it stands. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}
