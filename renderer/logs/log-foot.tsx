import { useEffect, useState } from 'react';
import type { LogRow } from '../../engine/contract/log-views';
import type { LogDocument } from '../../engine/contract/logs';
import { call } from '../bridge';
import { Button } from '../ui/button';
import { formatBytes, formatCount } from '../ui/format';
import { useCursor } from './cursor-store';
import { formatTime } from './log-time';
import { showInWholeLog } from './view-actions';
import { shownList, useLogView } from './view-store';

/** Where one is: number, moment and source of the current line, and what the last key found. */
export function LogFoot({ document }: { readonly document: LogDocument }) {
  const { id, lineCount, sources, format, bytes } = document;
  const { line, row, anchor } = useCursor(id);
  const message = useLogView(id, (view) => view.message);
  const filtered = useLogView(id, (view) => shownList(view) !== null);
  const current = useLine(id, line, lineCount);
  const selected = Math.abs(row - anchor) + 1;
  const source = sources.length > 1 ? sources[current?.source ?? 0]?.name : undefined;
  return (
    <footer className="log-foot">
      <span className="log-place">
        {selected > 1 ? `${formatCount(selected)} lines selected` : `Line ${formatCount(line)}`}
        {current?.time != null && ` · ${formatTime(current.time)}`}
        {source && ` · ${source}`}
      </span>
      <output className="log-message cut">{message}</output>
      {filtered && (
        <Button kind="plain" onClick={() => showInWholeLog(id, line)}>
          Show in whole log
        </Button>
      )}
      <span className="dim cut log-format">
        {format} · {formatBytes(bytes)}
      </span>
    </footer>
  );
}

/** The current line as the log process has it; the one before it while it is on its way. */
function useLine(id: string, line: number, lineCount: number): LogRow | null {
  const [row, setRow] = useState<LogRow | null>(null);
  useEffect(() => {
    if (line > lineCount) return;
    let over = false;
    // Keys may be held down; only a line that one stays on is asked for.
    const timer = setTimeout(() => {
      call('logs.lines', { id, from: line, count: 1 }).then(
        ([found]) => {
          if (!over) setRow(found ?? null);
        },
        () => undefined,
      );
    }, 80);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [id, line, lineCount]);
  return row?.number === line ? row : null;
}
