import { memo } from 'react';
import { visibleText } from '../../ui/visible-text';
import { templatePieces } from './patterns-model';

/** A line pattern with its variables marked. */
export const PatternText = memo(function PatternText({ text }: { readonly text: string }) {
  return (
    <span className="pattern-text mono">
      {templatePieces(visibleText(text)).map((piece, index) =>
        piece.variable ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a piece is known by its place
          <var key={index}>{piece.text}</var>
        ) : (
          piece.text
        ),
      )}
    </span>
  );
});
