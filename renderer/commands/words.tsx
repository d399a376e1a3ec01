import { visibleText } from '../ui/visible-text';

/** Longer words may be broken anywhere; shorter ones go to the next line whole, and not after a hyphen. */
const LONGEST_WHOLE = 32;

/** Text of a command: every character is seen, and an option is not torn apart at the end of a line. */
export function Words({ text }: { readonly text: string }) {
  const pieces = text.split('\n').map(visibleText).join('\n').split(/(\s+)/);
  return pieces.map((piece, index) =>
    /^\s*$/.test(piece) || piece.length > LONGEST_WHOLE ? (
      piece
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a word is known by its place
      <span key={index} className="whole-word">
        {piece}
      </span>
    ),
  );
}
