import { Severity } from '../../../contract/log-views';
import { textName } from '../document-files';
import { sqlText } from '../sql-text';
import { lineEndsAsLf } from '../text-predicate';

/** Files of an attached document and the names that they are attached under. */
export function documentFiles(name: string): string {
  return `SELECT database_name AS name, path FROM duckdb_databases()
    WHERE database_name = ${sqlText(name)} OR database_name = ${sqlText(textName(name))}`;
}

/** The folder for what does not fit into memory, and the number of a document's shapes. */
export function documentPlace(name: string): string {
  return `SELECT current_setting('temp_directory') AS spill, (SELECT count(*) FROM ${name}.shapes) AS shapes`;
}

/** Severities sort as they are listed, the worst first. */
export function severityType(): string {
  return `CREATE TYPE severity AS ENUM (${Severity.options.map(sqlText).join(', ')})`;
}

/** Lines for each shape from which on the join with shapes goes first. */
const LINES_A_SHAPE = 4;

/**
 * Table `log` of the document that is attached as `document`. Texts and the other columns stand in the same
 * order in two tables; a positional join puts them side by side without a table in memory.
 *
 * Patterns come by a join with shapes. Where lines are many more than shapes it stands below the positional
 * join: DuckDB then keeps shapes in memory, goes along the lines, and their order stays. Where they are not, it
 * may do it the other way round, so the join stands above, which would need all texts in memory in a long log.
 */
export function logView(sources: readonly string[], lineCount: number, shapes: number): string {
  const texts = `SELECT unnest(string_split(${lineEndsAsLf('decode(bytes)')}, chr(10))[:last_line - first_line + 1]) AS text
    FROM document.blocks`;
  const withPattern = (table: string) =>
    `SELECT l.*, s.pattern FROM ${table} l LEFT JOIN document.shapes s ON s.id = l.shape`;
  const rows =
    lineCount >= shapes * LINES_A_SHAPE
      ? `SELECT * FROM (${texts}) POSITIONAL JOIN (${withPattern('document.lines')})`
      : withPattern(`(SELECT * FROM (${texts}) POSITIONAL JOIN document.lines)`);
  return `CREATE VIEW log AS
    SELECT number AS line, make_timestamp(time * 1000) AS time, ${severityOf('severity')} AS severity,
      pattern, text, ([${sources.map(sqlText).join(', ')}])[source + 1] AS source, continues
    FROM (${rows}) WHERE number <= ${Math.trunc(lineCount)}`;
}

/** Table `patterns`; its column `pattern` is the one of `log`. */
export function patternsView(): string {
  return `CREATE VIEW patterns AS
    SELECT id AS pattern, key, ${severityOf('severity')} AS severity, text, count, first_line, last_line
    FROM document.patterns`;
}

function severityOf(code: string): string {
  return `([${Severity.options.map(sqlText).join(', ')}])[${code} + 1]::severity`;
}
