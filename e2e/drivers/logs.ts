import { expect, type Locator, type Page } from '@playwright/test';

/** The logs pane: documents, lines, diagnosis. */
export class LogsDriver {
  readonly region: Locator;
  constructor(private readonly page: Page) {
    this.region = page.getByRole('region', { name: 'Logs', exact: true });
  }

  /** The lines; keys go here. */
  get grid(): Locator {
    return this.region.getByRole('grid');
  }

  get currentLine(): Locator {
    return this.region.locator('[data-current="true"]');
  }

  /** Numbers of the lines that are drawn, in order. */
  async drawn(): Promise<number[]> {
    return this.region
      .locator('[data-line]')
      .evaluateAll((rows) => rows.map((row) => Number(row.getAttribute('data-line'))));
  }

  /** How many rows the list has, drawn or not. */
  async rowCount(): Promise<number> {
    return Number(await this.grid.getAttribute('aria-rowcount'));
  }

  button(name: string | RegExp): Locator {
    return this.region.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
  }

  /** Opens the panel of that name beside the lines. */
  async openPanel(name: string): Promise<Locator> {
    await this.region.getByRole('group', { name: 'Views' }).getByRole('button', { name }).click();
    return this.region.getByRole('region', { name, exact: true });
  }

  async press(...keys: string[]): Promise<void> {
    await this.grid.focus();
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Looks for text and waits for the count. */
  async search(text: string): Promise<void> {
    await this.press('/');
    await this.region.getByRole('textbox', { name: 'Search in the log' }).fill(text);
    await expect(this.region.getByRole('search').locator('output')).toHaveText(/of|No matches/);
  }

  get searchCount(): Locator {
    return this.region.getByRole('search').locator('output');
  }

  /** Shows lines with, or without, a text. */
  async addTextFilter(kind: 'Lines with' | 'Lines without', text: string): Promise<void> {
    const form = this.region.getByRole('region', { name: 'Add a filter' });
    if (!(await form.isVisible())) await this.button('Filter').click();
    await form.getByRole('combobox', { name: 'Kind of text filter' }).selectOption(kind);
    await form.getByRole('textbox', { name: 'Text of the filter' }).fill(text);
    await form.getByRole('button', { name: 'Add' }).click();
  }

  get filterBar(): Locator {
    return this.region.getByRole('region', { name: 'Filter', exact: true });
  }

  line(number: number): Locator {
    return this.region.locator(`[data-line="${number}"]`);
  }

  get findings(): Locator {
    return this.page.getByTestId('finding');
  }

  get highlighted(): Locator {
    return this.region.locator('[data-highlighted="true"]');
  }

  async diagnose(): Promise<void> {
    await this.region.getByRole('button', { name: 'Diagnose' }).click();
  }

  /** A drop as the desktop makes it: a File that knows its path. */
  async drop(path: string): Promise<void> {
    await this.page.evaluate(() => {
      const input = document.createElement('input');
      input.type = 'file';
      input.id = 'e2e-drop';
      document.body.append(input);
    });
    await this.page.locator('#e2e-drop').setInputFiles(path);
    await this.region.evaluate((region) => {
      const input = document.querySelector<HTMLInputElement>('#e2e-drop');
      const [file] = input?.files ?? [];
      const dataTransfer = new DataTransfer();
      if (file) dataTransfer.items.add(file);
      input?.remove();
      for (const type of ['dragenter', 'dragover', 'drop']) {
        region.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      }
    });
  }

  /** Waits until the whole diagnosis is there. */
  async waitForDiagnosis(): Promise<void> {
    await expect(this.page.getByTestId('diagnosis')).toHaveAttribute('data-state', 'complete', {
      timeout: 90_000,
    });
  }
}
