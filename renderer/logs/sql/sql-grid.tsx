import { useState } from 'react';
import type { SqlResult } from '../../../engine/contract/log-views';
import { Button } from '../../ui/button';
import { formatCount } from '../../ui/format';
import { visibleText } from '../../ui/visible-text';
import { LineButton } from '../line-button';
import { cellText } from './sql-model';

/** Rows that are made at once, and characters of one cell. */
const FIRST_ROWS = 100;
const CELL_LIMIT = 300;
/** Columns with these names lead to lines of the log. */
const LINE_COLUMNS = new Set(['line', 'first_line', 'last_line']);

export function SqlGrid({ id, result }: { readonly id: string; readonly result: SqlResult }) {
  const { columns, rows } = result;
  const [most, setMost] = useState(FIRST_ROWS);
  return (
    <>
      <table className="sql-grid">
        <thead>
          <tr>
            {columns.map(({ name, type }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have the same name
              <th key={index} scope="col" data-type={type}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, most).map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place
            <tr key={place}>
              {columns.map((column, index) => {
                const value = row[index] ?? null;
                const line = typeof value === 'number' && Number.isInteger(value) && value >= 1;
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <td key={index} data-type={column.type} data-null={value === null || undefined}>
                    {line && LINE_COLUMNS.has(column.name) ? (
                      <LineButton documentId={id} line={value} />
                    ) : (
                      shorten(visibleText(cellText(value, column).slice(0, CELL_LIMIT + 1)))
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > most && (
        <Button onClick={() => setMost(rows.length)}>Show all {formatCount(rows.length)} rows</Button>
      )}
    </>
  );
}

function shorten(text: string): string {
  return text.length > CELL_LIMIT ? `${text.slice(0, CELL_LIMIT)}…` : text;
}
