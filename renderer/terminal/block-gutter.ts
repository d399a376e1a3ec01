import type { Terminal } from '@xterm/xterm';
import { type BlockState, type CommandBlocks, type PlacedBlock, stateOf } from './command-blocks';

const SIGNS: Readonly<Record<BlockState, string>> = {
  typed: '',
  running: '…',
  ok: '✓',
  failed: '✕',
  ended: '–',
};

/** In words what the sign beside a command says. */
export function sayState(placed: Pick<PlacedBlock, 'block' | 'output'>): string {
  const { exitCode, startedAt, endedAt } = placed.block;
  const lasted =
    startedAt && endedAt ? ` after ${duration(Date.parse(endedAt) - Date.parse(startedAt))}` : '';
  switch (stateOf(placed)) {
    case 'typed':
      return 'Not sent yet';
    case 'running':
      return 'Running';
    case 'ok':
      return `Succeeded${lasted}`;
    case 'failed':
      return `Failed with exit code ${exitCode}${lasted}`;
    case 'ended':
      return `Ended${lasted}`;
  }
}

export function duration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const minutes = Math.floor(ms / 60_000);
  return minutes < 60
    ? `${minutes} min ${Math.round((ms % 60_000) / 1000)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The column left of the text: a sign beside each command that is in sight, and a button for its menu. */
export class BlockGutter {
  readonly element = document.createElement('div');
  /** The command that was gone to last; null for none. */
  current: number | null = null;
  readonly #line = document.createElement('div');
  #frame: number | null = null;

  constructor(
    private readonly terminal: Terminal,
    private readonly blocks: CommandBlocks,
    private readonly open: (id: number, at: { x: number; y: number }) => void,
  ) {
    this.element.className = 'terminal-gutter';
    this.#line.className = 'terminal-current';
    this.#line.hidden = true;
    this.element.append(this.#line);
    terminal.onRender(() => this.refresh());
    terminal.onScroll(() => this.refresh());
  }

  setCurrent(id: number | null): void {
    if (this.current === id) return;
    this.current = id;
    this.refresh();
  }

  /** Where the sign of a command is on the page; null while it is out of sight. */
  placeOf(id: number): DOMRect | null {
    return this.element.querySelector(`[data-block="${id}"]`)?.getBoundingClientRect() ?? null;
  }

  /** Draws at the next frame; a flood of output costs one drawing a frame. */
  refresh(): void {
    if (this.#frame !== null || !this.element.isConnected) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = null;
      this.#draw();
    });
  }

  #draw(): void {
    const { buffer, rows } = this.terminal;
    const screen = this.terminal.element?.querySelector('.xterm-screen');
    const marks = new Map<number, HTMLElement>();
    this.#line.hidden = true;
    for (const mark of this.element.querySelectorAll('button')) marks.set(Number(mark.dataset.block), mark);
    if (screen && buffer.active.type === 'normal') {
      const height = screen.clientHeight / rows;
      const top = buffer.active.viewportY;
      for (const placed of this.blocks.all()) {
        const row = placed.prompt.line - top;
        if (row < 0 || row >= rows || stateOf(placed) === 'typed') continue;
        const mark = marks.get(placed.block.id) ?? this.#make(placed.block.id);
        marks.delete(placed.block.id);
        show(mark, placed, row * height, height);
        if (placed.block.id !== this.current) continue;
        this.#line.hidden = false;
        this.#line.style.transform = `translateY(${row * height}px)`;
        this.#line.style.height = `${height}px`;
      }
    }
    for (const mark of marks.values()) mark.remove();
  }

  #make(id: number): HTMLElement {
    const mark = document.createElement('button');
    mark.type = 'button';
    // The keyboard has its own way to the menu; dozens of stops would be in the way of it.
    mark.tabIndex = -1;
    mark.dataset.block = String(id);
    mark.addEventListener('click', () => {
      const { right, top } = mark.getBoundingClientRect();
      this.open(id, { x: right, y: top });
    });
    this.element.append(mark);
    return mark;
  }
}

function show(mark: HTMLElement, placed: PlacedBlock, top: number, height: number): void {
  const state = stateOf(placed);
  const words = sayState(placed);
  mark.style.transform = `translateY(${top}px)`;
  mark.style.height = `${height}px`;
  if (mark.dataset.state === state && mark.dataset.tip === words) return;
  mark.dataset.state = state;
  mark.dataset.tip = words;
  mark.setAttribute('aria-label', `${words}. Menu of this command`);
  mark.textContent = SIGNS[state];
}
