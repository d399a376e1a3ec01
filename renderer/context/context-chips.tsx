import { FileText, FolderOpen, Monitor, Plus, SquareTerminal, TextSelect, X } from 'lucide-react';
import { useId, useState } from 'react';
import type { ContextItem } from '../../engine/contract/assistant';
import { IconButton } from '../ui/button';
import { plural } from '../ui/format';
import { notify, notifyError } from '../ui/notices';
import { focusPane } from '../ui/panes';
import { type Chip, type ContextKind, chipsOf } from './chips';
import { addContext, choicesOf, removeContext, useContext } from './context-store';
import { type Offer, useOffers } from './offers';
import { useSurroundings } from './surroundings';
import { useTokenCounts } from './token-counts';

const ICONS: Readonly<Record<ContextKind, typeof Monitor>> = {
  system: Monitor,
  folder: FolderOpen,
  'last-command': SquareTerminal,
  selection: TextSelect,
  log: FileText,
};
const WITH: Readonly<Record<Chip['goesWith'], string>> = {
  suggest: 'Goes to the model on this machine with “Suggest command”, as much as fits:',
  both: 'Goes to the model on this machine with your next question, as much as fits:',
};

/** What goes along with a question, each as a chip that can be read and taken away, and what could be added. */
export function ContextChips({ conversation }: { readonly conversation: number }) {
  const choices = useContext((state) => choicesOf(state, conversation));
  const { system, folder } = useSurroundings();
  const [shown, setShown] = useState<ContextKind | null>(null);
  const panel = useId();
  const standing = [...(system ? [system] : []), ...(folder ? [folder.item] : [])];
  const chips = chipsOf(choices, standing);
  const tokensOf = useTokenCounts(chips.map(({ item }) => item.text));
  const on = new Set(chips.map(({ item }) => item.kind));
  const offers = [...standing.map(standingOffer), ...useOffers()].filter(({ kind }) => !on.has(kind));
  const open = chips.find(({ item }) => item.kind === shown) ?? null;
  const add = ({ label, take }: Offer) => {
    take().then((item) => {
      if (item) addContext(conversation, item);
      else notify(`There is no text in this to add: ${label}.`);
    }, notifyError);
  };
  return (
    <div className="context">
      {open && (
        <div id={panel} className="context-text" data-testid="context-text">
          <p className="dim">
            {WITH[open.goesWith].replace(/:$/, '')}
            {tokensOf(open.item.text) === undefined
              ? ':'
              : ` (${plural(tokensOf(open.item.text) ?? 0, 'token')}):`}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard */}
          <pre tabIndex={0}>{open.item.text}</pre>
        </div>
      )}
      <ul className="context-chips" aria-label="Goes along with the question">
        {chips.map((chip) => (
          <li key={chip.item.kind} className="chip" data-testid="context-chip" data-kind={chip.item.kind}>
            <ChipButton
              chip={chip}
              tokens={tokensOf(chip.item.text)}
              expanded={shown === chip.item.kind}
              panel={panel}
              onToggle={() => setShown(shown === chip.item.kind ? null : chip.item.kind)}
            />
            <IconButton
              label={`Remove ${chip.item.label}`}
              icon={<X size={11} aria-hidden="true" />}
              onClick={() => {
                removeContext(conversation, chip.item.kind);
                // The button that had the focus is gone.
                focusPane('chat');
              }}
            />
          </li>
        ))}
        {offers.map((offer) => (
          <li key={offer.kind}>
            <button type="button" className="chip-offer" onClick={() => add(offer)}>
              <Plus size={11} aria-hidden="true" />
              <span className="cut">{offer.label}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface ChipButtonProps {
  readonly chip: Chip;
  /** Undefined while the model is not there to count them. */
  readonly tokens: number | undefined;
  readonly expanded: boolean;
  readonly panel: string;
  readonly onToggle: () => void;
}

function ChipButton({ chip: { item, goesWith }, tokens, expanded, panel, onToggle }: ChipButtonProps) {
  const Icon = ICONS[item.kind];
  return (
    <button
      type="button"
      className="chip-name"
      aria-expanded={expanded}
      aria-controls={expanded ? panel : undefined}
      aria-description={WITH[goesWith].replace(/:$/, '.')}
      data-tip={expanded ? undefined : `${WITH[goesWith]}\n\n${item.text}`}
      data-tip-wide=""
      onClick={onToggle}
      onKeyDown={(event) => {
        if (event.key !== 'Delete' && event.key !== 'Backspace') return;
        const next = event.currentTarget.nextElementSibling;
        if (next instanceof HTMLElement) next.click();
      }}
    >
      <Icon size={12} aria-hidden="true" />
      <span className="cut">{item.label}</span>
      {tokens !== undefined && (
        <span className="chip-tokens" data-testid="chip-tokens">
          {plural(tokens, 'token')}
        </span>
      )}
    </button>
  );
}

function standingOffer(item: ContextItem): Offer {
  return { kind: item.kind, label: item.label, take: async () => item };
}
