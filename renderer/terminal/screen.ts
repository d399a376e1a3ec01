import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { WebglAddon } from '@xterm/addon-webgl';
import { Terminal } from '@xterm/xterm';
import { visibleText } from '../ui/visible-text';
import { installLinks } from './links';
import { type Look, lookOptions, terminalOptions } from './terminal-options';

/** Matches that are marked at once; the search goes on behind them. */
const MARKED_MATCHES = 2000;
const LEAST_PIXELS = 24;

/** The xterm of one terminal and how it is drawn. Knows nothing of shells. */
export class Screen {
  /** Moves between places of the page; what it holds lives as long as the terminal. */
  readonly element = document.createElement('div');
  readonly terminal: Terminal;
  readonly search = new SearchAddon({ highlightLimit: MARKED_MATCHES });
  readonly #fit = new FitAddon();
  readonly #observer = new ResizeObserver(() => this.fit());
  #onSize: (() => void) | null = null;
  readonly #linkHint = document.createElement('div');
  #webgl: WebglAddon | null = null;
  #opened = false;

  /** `openPath` is asked for when a path in the text is clicked. */
  constructor(
    private look: Look,
    openPath: (path: string) => void,
  ) {
    this.element.className = 'terminal-host';
    this.#linkHint.className = 'terminal-link-hint';
    this.#linkHint.hidden = true;
    this.terminal = new Terminal(terminalOptions(look));
    this.terminal.loadAddon(this.#fit);
    this.terminal.loadAddon(this.search);
    this.terminal.loadAddon(new UnicodeGraphemesAddon());
    installLinks(this.terminal, (text) => this.#showLink(text), openPath);
  }

  /**
   * Puts the screen into `place`; `sized` is called once it has its size, which the layout settles only after this.
   * Only screens that are shown are drawn by WebGL: a page has few contexts.
   */
  show(place: HTMLElement, sized: () => void): void {
    this.#onSize = sized;
    place.append(this.element);
    if (!this.#opened) {
      this.terminal.open(this.element);
      this.terminal.textarea?.setAttribute('aria-label', 'Terminal input');
      this.element.append(this.#linkHint);
      this.#opened = true;
    }
    this.#switchWebgl(!this.look.screenReader);
    this.#observer.observe(this.element);
  }

  /** The text stays and goes on changing; nothing is drawn. */
  hide(): void {
    this.#observer.disconnect();
    this.#switchWebgl(false);
    this.element.remove();
  }

  /**
   * A hidden pane has no size, and one whose layout is on its way almost none; the terminal then keeps the one it
   * had, as a shell that is told of two columns redraws its prompt for them.
   */
  fit(): void {
    if (this.element.clientWidth < LEAST_PIXELS || this.element.clientHeight < LEAST_PIXELS) return;
    this.#fit.fit();
    this.#onSize?.();
    this.#onSize = null;
  }

  setLook(look: Look): void {
    this.look = look;
    Object.assign(this.terminal.options, lookOptions(look));
    this.#switchWebgl(this.element.isConnected && !look.screenReader);
    this.fit();
  }

  dispose(): void {
    this.hide();
    this.terminal.dispose();
  }

  /** Where a link leads, as it is: text behind a text may say anything. */
  #showLink(text: string): void {
    this.#linkHint.textContent = visibleText(text);
    this.#linkHint.hidden = text === '';
  }

  /** Without WebGL, or once its context is lost, xterm draws with elements: slower, but it works everywhere. */
  #switchWebgl(on: boolean): void {
    if (on === (this.#webgl !== null)) return;
    this.#webgl?.dispose();
    this.#webgl = null;
    if (!on) return;
    try {
      const webgl = new WebglAddon();
      webgl.onContextLoss(() => {
        webgl.dispose();
        if (this.#webgl === webgl) this.#webgl = null;
      });
      this.terminal.loadAddon(webgl);
      this.#webgl = webgl;
    } catch {
      this.#webgl = null;
    }
  }
}
