import { expect, type Locator, type Page } from '@playwright/test';

/** The chat pane: composer, messages, command cards. */
export class ChatDriver {
  readonly region: Locator;
  readonly message: Locator;
  constructor(private readonly page: Page) {
    this.region = page.getByRole('region', { name: 'Chat' });
    this.message = this.region.getByRole('textbox', { name: 'Message' });
  }

  get answers(): Locator {
    return this.region.locator('[data-role="assistant"]');
  }

  get questions(): Locator {
    return this.region.locator('[data-role="user"]');
  }

  get cards(): Locator {
    return this.region.getByTestId('command-card');
  }

  /** The chip of a kind that goes along with a question. */
  chip(kind: string): Locator {
    return this.region.locator(`[data-testid="context-chip"][data-kind="${kind}"]`);
  }

  async ask(text: string): Promise<void> {
    await this.message.fill(text);
    await this.region.getByRole('button', { name: 'Ask' }).click();
  }

  async suggest(text: string): Promise<void> {
    await this.message.fill(text);
    await this.region.getByRole('button', { name: 'Suggest command' }).click();
  }

  async check(command: string): Promise<void> {
    await this.message.fill(command);
    await this.region.getByRole('button', { name: 'Check', exact: true }).click();
  }

  async waitForAnswer(): Promise<Locator> {
    const last = this.answers.last();
    await expect(last).toHaveAttribute('data-state', 'complete', { timeout: 90_000 });
    return last;
  }

  /** A real paste: through the clipboard of the page, into the composer. */
  async paste(text: string): Promise<void> {
    await this.message.focus();
    await this.page.evaluate((data) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', data);
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    }, text);
  }
}
