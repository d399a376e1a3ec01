import { Sparkles, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { CommandSuggestion } from '../../engine/contract/assistant';
import { toErrorData } from '../../engine/contract/errors';
import { call } from '../bridge';
import { RISK_WORDS } from '../commands/risk-words';
import { useSurroundings } from '../context/surroundings';
import { IconButton } from '../ui/button';
import { instanceOf } from './terminal-instance';
import { type PaneState, updateTerminal } from './terminal-store';

type Answer =
  | { readonly state: 'none' }
  | { readonly state: 'looking' }
  | { readonly state: 'found'; readonly candidates: readonly CommandSuggestion[]; readonly at: number }
  | { readonly state: 'failed'; readonly message: string };

/**
 * A line over the prompt: what is asked for becomes a command on the prompt, where it can be edited. It runs when the
 * person presses Enter in the terminal, and by nothing else.
 */
export function AskLine({ terminal }: { readonly terminal: PaneState }) {
  const { pane, shell, told } = terminal;
  const id = shell.state === 'running' ? shell.id : null;
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  const [answer, setAnswer] = useState<Answer>({ state: 'none' });
  const abort = useRef<AbortController | null>(null);
  /** Something of ours is on the prompt. */
  const replaced = useRef(false);
  const fail = (thrown: unknown) => {
    const { kind, message } = toErrorData(thrown);
    if (kind !== 'cancelled') setAnswer({ state: 'failed', message });
  };

  useEffect(() => {
    field.current?.focus();
    return () => abort.current?.abort();
  }, []);

  const close = () => {
    abort.current?.abort();
    updateTerminal(pane, { asking: false });
    instanceOf(pane)?.focus();
  };
  const put = async (candidates: readonly CommandSuggestion[], at: number) => {
    const candidate = candidates[at];
    if (!id || !candidate) return;
    const change = { id, command: candidate.command };
    if (told?.editable) await call('terminal.replaceLine', change);
    else if (replaced.current)
      throw new Error(
        'This shell does not say what stands on its prompt, so only one command can be put there.',
      );
    else await call('terminal.insert', change);
    replaced.current = true;
    setAnswer({ state: 'found', candidates, at });
  };
  const look = async () => {
    const request = text.trim();
    if (request === '') return;
    const own = new AbortController();
    abort.current?.abort();
    abort.current = own;
    setAsked(text);
    setAnswer({ state: 'looking' });
    try {
      const { system, folder } = useSurroundings.getState();
      const context = [...(system ? [system] : []), ...(folder ? [folder.item] : [])];
      const cwd = told?.cwd ?? folder?.cwd ?? null;
      const { candidates } = await call('command.suggest', { request, context, cwd }, { signal: own.signal });
      if (own.signal.aborted) return;
      if (candidates.length === 0)
        setAnswer({ state: 'failed', message: 'No command was found for this. Say it in other words.' });
      else await put(candidates, 0);
    } catch (thrown) {
      fail(thrown);
    }
  };
  const step = (by: 1 | -1) => {
    if (answer.state !== 'found') return;
    const { candidates, at } = answer;
    put(candidates, (at + by + candidates.length) % candidates.length).catch(fail);
  };
  const giveUp = async () => {
    if (replaced.current && told?.editable && id) await call('terminal.restoreLine', { id }).catch(fail);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter picks a candidate of its own.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape') void giveUp();
    else if (event.key === 'Enter') {
      if (answer.state === 'found' && text === asked) close();
      else void look();
    } else if (event.key === 'ArrowDown') step(1);
    else if (event.key === 'ArrowUp') step(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <search className="terminal-ask" aria-label="Ask for a command">
      <Sparkles size={14} aria-hidden="true" />
      <input
        ref={field}
        className="field"
        aria-label="What the command should do"
        placeholder="What should the command do?"
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <AskState answer={answer} changed={text !== asked} />
      <IconButton
        label="Put back what was typed"
        keys="Esc"
        icon={<X size={14} />}
        onClick={() => void giveUp()}
      />
    </search>
  );
}

function AskState({ answer, changed }: { readonly answer: Answer; readonly changed: boolean }) {
  switch (answer.state) {
    case 'none':
      return <output className="terminal-ask-state">Enter looks, Esc closes</output>;
    case 'looking':
      return (
        <output className="terminal-ask-state">
          <span className="spinner" /> Looking…
        </output>
      );
    case 'failed':
      return (
        <output className="terminal-ask-state" data-failed="">
          {answer.message}
        </output>
      );
    case 'found': {
      const { candidates, at } = answer;
      const check = candidates[at]?.check;
      return (
        <output className="terminal-ask-state">
          {check && (
            <span className="risk-mark" data-level={check.level}>
              {RISK_WORDS[check.level]}
            </span>
          )}
          <span className="cut">
            {at + 1} of {candidates.length} on the prompt.{' '}
            {changed ? 'Enter looks again' : 'Enter goes to it'}
            {candidates.length > 1 ? ', ↑ ↓ others' : ''}, Esc takes it back
          </span>
        </output>
      );
    }
  }
}
