import type { Filler } from './pair-score';
import { quoteFor } from './quote';
import { joinUnit, type Slot } from './slots';

/** The command with the fillers in their slots. */
export function fillSlots(command: string, filled: ReadonlyMap<Slot, Filler>): string {
  const edits = [...filled].flatMap(([slot, filler]) =>
    slot.spans.map((span) => ({ ...widened(command, span, filler.text), ...spelled(slot, filler) })),
  );
  return edits
    .sort((a, b) => b.start - a.start)
    .reduce(
      (text, { start, end, words }) =>
        text.slice(0, start) + words.map((word) => quoteFor(text, start, word)).join(' ') + text.slice(end),
      command,
    );
}

/** A list becomes several words where the option takes several. */
function spelled({ option, isJoined }: Slot, filler: Filler): { words: string[] } {
  const { text, kind, unit } = filler;
  if (isJoined && unit !== '') return { words: [joinUnit(filler)] };
  return { words: kind === 'number' && option?.argument === 'several' ? text.split(',') : [text] };
}

/** A whole path replaces `/dev/DISK`, `report.txt` replaces FILE.txt, `a=b` replaces `key=VALUE`. */
function widened(
  command: string,
  { start, end }: { readonly start: number; readonly end: number },
  text: string,
): { start: number; end: number } {
  const before = command.slice(0, start);
  const behind = command.slice(end);
  const path = /^[~/]/.test(text) ? /(?:[\w.-]*\/)+$/.exec(before)?.[0] : undefined;
  const key = /^[\w.-]+=/.test(text) ? /(?<=^|\s)[\w.-]+=$/.exec(before)?.[0] : undefined;
  const ending = /\.\w+$/.test(text) ? /^(?:\.[a-z]\w*)+\b/.exec(behind)?.[0] : undefined;
  return { start: start - (path ?? key ?? '').length, end: end + (ending ?? '').length };
}
