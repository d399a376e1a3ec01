import type { ContextItem } from '../../engine/contract/assistant';
import { useDiagnoses } from '../logs/diagnosis-store';
import { useActiveDocument } from '../logs/logs-store';
import { readSelected, useSelectedLines } from '../logs/selected-lines';
import { currentInstance, terminalText } from '../terminal/terminal-instance';
import { useActiveTerminal } from '../terminal/terminal-store';
import { plural } from '../ui/format';
import { limitText, plainText } from './limit-text';

/** Something that can be put beside a question; `take` reads it as it is now. */
export interface Offer {
  readonly kind: ContextItem['kind'];
  readonly label: string;
  readonly take: () => Promise<ContextItem | null>;
}

const MOST_LOG_LINES = 40;
const NAME_LIMIT = 150;

function item(kind: ContextItem['kind'], label: string, text: string): ContextItem | null {
  const plain = plainText(text).trim();
  const limited = limitText(plain);
  // How much is missing stands in the text.
  const name = limited === plain ? label : `${label}, shortened`;
  return plain === '' ? null : { kind, label: plainText(name).slice(0, 200), text: limited };
}

/** What is there to be added now. */
export function useOffers(): Offer[] {
  const hasSelection = useActiveTerminal((state) => state.hasSelection);
  // Not its value: that it changes is why this looks again.
  const sent = useActiveTerminal((state) => state.linesSent);
  const log = useLogOffer();
  const offers: Offer[] = [];
  if (sent > 0) {
    offers.push({
      kind: 'last-command',
      label: 'Last command',
      take: async () => {
        const last = currentInstance()?.lastCommand();
        return last ? item('last-command', 'Last command', `${last.line}\n${last.output}`) : null;
      },
    });
  }
  if (hasSelection) {
    offers.push({
      kind: 'selection',
      label: 'Selected text',
      take: async () => item('selection', 'Selected text', terminalText()?.selection() ?? ''),
    });
  }
  return log ? [...offers, log] : offers;
}

/** The lines that are marked in the open log, or else its diagnosis. */
function useLogOffer(): Offer | null {
  const document = useActiveDocument();
  const selected = useSelectedLines((state) => state.selected);
  const view = useDiagnoses((state) => (document ? state.byDocument[document.id]?.view : undefined));
  if (!document) return null;
  const name = document.name.slice(0, NAME_LIMIT);
  if (selected?.documentId === document.id) {
    const count = Math.min(selected.to - selected.from + 1, MOST_LOG_LINES);
    const label = `${name}, ${count === 1 && selected.view === null ? `line ${selected.from}` : plural(count, 'line')}`;
    return {
      kind: 'log',
      label,
      take: async () => {
        const lines = await readSelected(selected, count);
        return item('log', label, lines.map(({ number, text }) => `${number}: ${text}`).join('\n'));
      },
    };
  }
  const diagnosis = view?.state === 'complete' ? view.diagnosis : null;
  if (!diagnosis) return null;
  const label = `Diagnosis of ${name}`;
  const findings = diagnosis.findings.map(({ subject, claim, citations }) =>
    [
      `- ${subject ? `${subject.pattern} (${subject.count} times): ` : ''}${claim}`,
      ...citations.map(({ line, text }) => `  ${line}: ${text}`),
    ].join('\n'),
  );
  return {
    kind: 'log',
    label,
    take: async () => item('log', label, [diagnosis.summary, ...findings].join('\n')),
  };
}
