import { Bug, Copy, FileInput, TerminalSquare, Wrench } from 'lucide-react';
import { create } from 'zustand';
import { call } from '../bridge';
import { useChat } from '../chat/chat-store';
import { send } from '../chat/send';
import { addContext } from '../context/context-store';
import { limitText, plainText } from '../context/limit-text';
import { openText } from '../logs/open-logs';
import { Menu, type MenuItem } from '../ui/menu';
import { notify, notifyError } from '../ui/notices';
import { showPane } from '../ui/panes';
import { sayState } from './block-gutter';
import { type PlacedBlock, stateOf } from './command-blocks';
import { instanceOf, type TerminalInstance } from './terminal-instance';

interface Asked {
  readonly pane: string;
  readonly block: number;
  readonly at: { readonly x: number; readonly y: number };
}

const useBlockMenu = create<{ readonly asked: Asked | null }>(() => ({ asked: null }));

export function openBlockMenu(pane: string, block: number, at: { x: number; y: number }): void {
  useBlockMenu.setState({ asked: { pane, block, at } });
}

const close = () => useBlockMenu.setState({ asked: null });

/** What can be done with one command of a terminal. */
export function BlockMenu() {
  const asked = useBlockMenu((state) => state.asked);
  const instance = asked && instanceOf(asked.pane);
  const placed = asked && instance?.blocks.find(asked.block);
  if (!asked || !instance || !placed) return null;
  return (
    <Menu
      label={`Command: ${sayState(placed)}`}
      at={asked.at}
      groups={itemsOf(instance, placed)}
      onClose={close}
    />
  );
}

function itemsOf(instance: TerminalInstance, placed: PlacedBlock): MenuItem[][] {
  const { blocks } = instance;
  const command = blocks.command(placed);
  const output = blocks.output(placed);
  const copy = (text: string) => call('clipboard.write', { text }).catch(notifyError);
  const copies: MenuItem[] = [
    { label: 'Copy output', icon: <Copy size={14} />, disabled: output === '', run: () => copy(output) },
    {
      label: 'Copy command',
      icon: <TerminalSquare size={14} />,
      disabled: command === '',
      run: () => copy(command),
    },
  ];
  const logs: MenuItem[] = [
    {
      label: 'Send output to Logs',
      icon: <FileInput size={14} />,
      disabled: output === '',
      run: () => void openText(output, `Output of ${command}`.slice(0, 80)),
    },
  ];
  if (stateOf(placed) !== 'failed') return [copies, logs];
  const code = placed.block.exitCode;
  const failure: MenuItem[] = [
    {
      label: 'Explain this failure',
      icon: <Bug size={14} />,
      run: () => ask(`Why did this command fail with exit code ${code}?`, 'ask', command, output),
    },
    {
      label: 'Fix this command',
      icon: <Wrench size={14} />,
      disabled: command === '',
      run: () =>
        ask(`Fix this command, which failed with exit code ${code}: ${command}`, 'suggest', command, output),
    },
  ];
  return [copies, failure, logs];
}

const LONGEST_REQUEST = 2000;

/** Asks in the chat, with the command and what it printed as a chip of that question. */
function ask(question: string, wish: 'ask' | 'suggest', command: string, output: string): void {
  const { live, active } = useChat.getState();
  showPane('chat');
  if (live[active]) {
    notify('An answer is being written. Stop it, or wait, and ask again.');
    return;
  }
  const text = limitText(plainText(`${command}\n${output}`).trim());
  addContext(active, { kind: 'last-command', label: plainText(`Command: ${command}`).slice(0, 200), text });
  void send(plainText(question).slice(0, LONGEST_REQUEST), wish);
}
