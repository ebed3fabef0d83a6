/** Why a file as a whole cannot be read; stable codes, as partners read them in a report. */
export type UnreadableCode =
  | 'file_empty'
  | 'no_lines'
  | 'pdf_given'
  | 'old_excel_given'
  | 'binary_given'
  | 'encoding_differs'
  | 'encoding_unreadable'
  | 'delimiter_differs'
  | 'quote_not_closed'
  | 'line_too_long'
  | 'too_many_columns'
  | 'too_many_strings'
  | 'archive_nested'
  | 'archive_empty'
  | 'archive_several_files'
  | 'archive_bomb'
  | 'archive_broken'
  | 'archive_encrypted'
  | 'archive_unsafe_name'
  | 'sheet_missing'
  | 'sheet_broken';

/** The file as a whole is refused: none of its lines is taken, unless `line` says how far it was read. */
export class FileUnreadable extends Error {
  override readonly name = 'FileUnreadable';

  constructor(
    readonly code: UnreadableCode,
    /** What is wrong and what to do, a sentence. */
    readonly detail: string,
    /** Line at which reading ended; absent where no line was read. */
    readonly line?: number,
  ) {
    super(`${code}: ${detail}`);
  }
}
