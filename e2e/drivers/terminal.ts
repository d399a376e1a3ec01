import { expect, type Locator, type Page } from '@playwright/test';

/** The terminal pane: what stands in it, and the keyboard. */
export class TerminalDriver {
  readonly region: Locator;
  constructor(private readonly page: Page) {
    this.region = page.getByRole('region', { name: 'Terminal' });
  }

  waitForShell(): Promise<void> {
    return expect(this.region).toHaveAttribute('data-shell-state', 'running');
  }

  /** Screen reader mode: without it the text is pixels. Remembered by the app. */
  async makeReadable(): Promise<void> {
    const button = this.region.getByRole('button', { name: 'Screen reader mode' });
    await this.waitForShell();
    if ((await button.getAttribute('aria-pressed')) !== 'true') await button.click();
  }

  /** The terminals of the tab that is shown, from left to right and top to bottom. */
  get slots(): Locator {
    return this.region.locator('.terminal-slot');
  }

  /** Rows on the screen of the terminal in use, as a screen reader has them. */
  async text(): Promise<string> {
    const rows = await this.region
      .locator('[data-focused] .xterm-accessibility-tree > div')
      .allTextContents();
    return rows
      .map((row) => row.replaceAll('\u00a0', ' ').trimEnd())
      .join('\n')
      .trimEnd();
  }

  /** Waits for a pattern, or for a text that may run on over the end of a row. */
  async waitForText(text: string | RegExp): Promise<void> {
    const stands = async () => {
      const screen = await this.text();
      return typeof text === 'string' ? screen.replaceAll('\n', '').includes(text) : text.test(screen);
    };
    await expect.poll(stands, { message: `the terminal shows ${text}`, timeout: 30_000 }).toBe(true);
  }

  waitForPrompt(): Promise<void> {
    return this.waitForText(/[$#] ?$/);
  }

  /** Where a text stands on the screen, px of the window: the middle of its first letters. */
  async placeOf(text: string): Promise<{ x: number; y: number }> {
    const row = this.region.locator('[data-focused] .xterm-rows > div').filter({ hasText: text }).last();
    const box = await row.evaluate((element, wanted) => {
      const range = document.createRange();
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const whole = element.textContent ?? '';
      let left = whole.lastIndexOf(wanted);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const length = node.textContent?.length ?? 0;
        if (left < length) {
          range.setStart(node, left);
          range.setEnd(node, Math.min(left + 2, length));
          const { x, y, width, height } = range.getBoundingClientRect();
          return { x: x + width / 2, y: y + height / 2 };
        }
        left -= length;
      }
      return null;
    }, text);
    if (!box) throw new Error(`The terminal does not show ${text}.`);
    return box;
  }

  async focus(): Promise<void> {
    await this.region.locator('[data-focused] .xterm-helper-textarea').focus();
  }

  async type(text: string): Promise<void> {
    await this.focus();
    await this.page.keyboard.type(text);
  }

  async press(key: string): Promise<void> {
    await this.focus();
    await this.page.keyboard.press(key);
  }
}
