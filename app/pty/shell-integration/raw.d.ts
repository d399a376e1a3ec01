/** Vite (app build and vitest) puts a file's text in the place of such an import. */
declare module '*?raw' {
  const text: string;
  export default text;
}
