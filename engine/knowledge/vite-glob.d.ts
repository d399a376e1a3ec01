/** Vite (app build and vitest) replaces the call by the files' texts. */
interface ImportMeta {
  glob(
    pattern: string,
    options: { readonly eager: true; readonly query: '?raw'; readonly import: 'default' },
  ): Record<string, string>;
}
