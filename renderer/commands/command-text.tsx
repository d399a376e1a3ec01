import { type KeyboardEvent, useRef, useState } from 'react';
import type { CommandFinding, ExplainedPart } from '../../engine/contract/commands';
import { visibleText } from '../ui/visible-text';
import { commandPieces, type Piece } from './command-pieces';
import type { FilledSpan } from './fill-placeholders';
import { Words } from './words';

interface CommandTextProps {
  readonly command: string;
  readonly parts: readonly ExplainedPart[];
  readonly findings: readonly CommandFinding[];
  readonly placeholders: readonly FilledSpan[];
}

/**
 * The command. A part that is pointed at or focused shows its documented meaning; Tab comes here once, and the arrow
 * keys go from part to part.
 */
export function CommandText({ command, parts, findings, placeholders }: CommandTextProps) {
  const [current, setCurrent] = useState(0);
  const box = useRef<HTMLElement>(null);
  const pieces = commandPieces(command, parts, findings, placeholders);
  const count = pieces.filter(({ part }) => part !== null).length;
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowLeft: current - 1,
      ArrowRight: current + 1,
      Home: 0,
      End: count - 1,
    };
    const wish = moves[event.key];
    if (wish === undefined || count === 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const index = Math.min(Math.max(0, wish), count - 1);
    setCurrent(index);
    box.current?.querySelectorAll<HTMLElement>('[role="option"]')[index]?.focus();
  };
  let index = -1;
  return (
    <code
      ref={box}
      className="command-text"
      data-testid="command-text"
      {...(count > 0 ? { role: 'listbox', 'aria-label': 'Parts of the command', onKeyDown } : {})}
    >
      {pieces.map((piece) => {
        const start = piece.cells[0]?.start ?? 0;
        if (!piece.part) return <Cells key={start} piece={piece} />;
        index += 1;
        const own = index;
        return (
          <span
            key={start}
            role="option"
            className="command-part"
            tabIndex={own === Math.min(current, count - 1) ? 0 : -1}
            aria-selected={own === current}
            aria-description={meaningOf(piece)}
            data-tip={meaningOf(piece)}
            data-tip-above=""
            onFocus={() => setCurrent(own)}
          >
            <Cells piece={piece} />
          </span>
        );
      })}
    </code>
  );
}

function Cells({ piece }: { readonly piece: Piece }) {
  return piece.cells.map(({ start, text, severity, placeholder }) => (
    <span key={start} data-severity={severity ?? undefined} data-placeholder={placeholder ?? undefined}>
      <Words text={text} />
    </span>
  ));
}

/** What is wrong first, then what is documented and where. */
function meaningOf({ part, findings }: Piece): string {
  const documented = part?.meaning ? [part.meaning, ...(part.source ? [`From ${part.source}`] : [])] : [];
  return [...findings.map(({ message }) => message), ...documented].map(visibleText).join('\n');
}
