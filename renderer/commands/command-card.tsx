import { Copy, CornerDownLeft, Search } from 'lucide-react';
import { TYPED } from '../../app/contract/window-api';
import type { CommandSuggestion, Source } from '../../engine/contract/assistant';
import { Button } from '../ui/button';
import { SourceLabel } from '../ui/source-label';
import { CommandText } from './command-text';
import { ExplanationList } from './explanation-list';
import { FindingsList } from './findings-list';
import { OutcomeLine } from './outcome-line';
import { PlaceholderFields } from './placeholder-fields';
import { RiskBadge } from './risk-badge';
import { useCheckedCommand } from './use-checked-command';
import { usePrompt } from './use-prompt';
import { Words } from './words';

interface CommandCardProps {
  readonly suggestion: CommandSuggestion;
  /** Several lines that belong together cannot go on a prompt as one line; they can be copied. */
  readonly copyOnly?: boolean;
  /** One of several: no button of it stands out. */
  readonly quiet?: boolean;
}

/** A command to look at: rated, checked, explained. Insert puts it on the shell's prompt and never runs it. */
export function CommandCard({ suggestion, copyOnly = false, quiet = false }: CommandCardProps) {
  const { insert, copy, outcome } = usePrompt();
  const checked = useCheckedCommand(suggestion);
  const { command, spans, left, check, current, pending, problem } = checked;
  const parts = current?.explanation ?? [];
  const several = copyOnly || command.includes('\n');
  const careful = check === null || check.level === 'destructive';
  const wrong = check?.findings.some(({ severity }) => severity === 'error') ?? false;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a card is a group of a command and its buttons, not form fields
    <div
      className="command-card"
      role="group"
      aria-label="Command"
      aria-busy={pending}
      data-testid="command-card"
      data-level={check?.level}
    >
      <CommandText
        command={command}
        parts={parts}
        findings={current?.check.findings ?? []}
        placeholders={spans}
      />
      <RiskBadge risk={check} pending={pending} />
      {problem && <p className="command-outcome">{problem}</p>}
      <FindingsList findings={check?.findings ?? []} />
      <Why suggestion={suggestion} />
      <PlaceholderFields
        placeholders={checked.placeholders}
        values={checked.values}
        known={suggestion.values}
        problems={checked.problems}
        onChange={checked.setValue}
        onEnter={() => void insert(command, left)}
      />
      {current?.check.preview && (
        <Preview command={current.check.preview} onInsert={(preview) => void insert(preview)} />
      )}
      <ExplanationList parts={parts} />
      <div className="command-actions">
        {!several && (
          <Button
            kind={quiet || careful || wrong ? 'normal' : 'primary'}
            onClick={() => void insert(command, left)}
          >
            <CornerDownLeft size={13} aria-hidden="true" /> Insert
          </Button>
        )}
        <Button onClick={() => copy(command, left)}>
          <Copy size={13} aria-hidden="true" /> Copy
        </Button>
        {several && <span className="dim">These lines belong together, so they can only be copied.</span>}
        {outcome && <OutcomeLine outcome={outcome} />}
      </div>
    </div>
  );
}

/** A look at what the command would touch, before it does. */
function Preview({
  command,
  onInsert,
}: {
  readonly command: string;
  readonly onInsert: (command: string) => void;
}) {
  return (
    <p className="command-preview" data-testid="command-preview">
      <Search size={13} aria-hidden="true" />
      <span>First look with:</span>
      <span className="command-preview-line">
        <code>
          <Words text={command} />
        </code>
        <Button aria-label="Insert the look" onClick={() => onInsert(command)}>
          <CornerDownLeft size={13} aria-hidden="true" /> Insert look
        </Button>
      </span>
    </p>
  );
}

const originOf = (source: Source) => (source.kind === 'data' ? source.name : null);

function Why({ suggestion: { commandSource, why, whySource } }: { readonly suggestion: CommandSuggestion }) {
  if (originOf(commandSource) === TYPED) return null;
  const same = originOf(commandSource) === originOf(whySource);
  return (
    <div className="command-why">
      {why && <p>{why}</p>}
      <p className="command-sources">
        <SourceLabel source={commandSource} what={why && same ? 'command and sentence' : 'command'} />
        {why && !same && <SourceLabel source={whySource} what="sentence" />}
      </p>
    </div>
  );
}
