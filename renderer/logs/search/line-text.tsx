import { useMemo } from 'react';
import { formatCount } from '../../ui/format';
import { visibleText } from '../../ui/visible-text';
import { type Marker, piecesOf } from './text-marks';

/** Longest text of a line that the list draws, in UTF-16 units; more makes no screen better and scrolling slower. */
export const DRAWN_LIMIT = 2000;

interface LineTextProps {
  readonly text: string;
  readonly marker: Marker | null;
  readonly onWhole: () => void;
}

/** The text of a line: colours dropped, matches marked, the rest of a very long one behind a button. */
export function LineText({ text, marker, onWhole }: LineTextProps) {
  const shown = useMemo(() => visibleText(text.slice(0, DRAWN_LIMIT)), [text]);
  const pieces = useMemo(() => (marker ? piecesOf(shown, marker(shown)) : null), [shown, marker]);
  return (
    <>
      {pieces
        ? pieces.map((piece, index) =>
            // biome-ignore lint/suspicious/noArrayIndexKey: a piece is known by its place
            piece.marked ? <mark key={index}>{piece.text}</mark> : piece.text,
          )
        : shown}
      {text.length > DRAWN_LIMIT && (
        <button type="button" className="line-rest" tabIndex={-1} onClick={onWhole}>
          {formatCount(text.length - DRAWN_LIMIT)} more characters…
        </button>
      )}
    </>
  );
}
