import { Language, Parser } from 'web-tree-sitter';
import { keepLinesApart, relax } from './relax';
import { type ShellParser, ShellSyntaxError, type ShellText } from './syntax';
import { readTree } from './tree-reader';

/** Where the two WebAssembly files are, or what is in them. */
export interface ShellParserFiles {
  /** web-tree-sitter.wasm: the parser's runtime. A path, or its bytes. */
  readonly runtime: string | Uint8Array;
  /** tree-sitter-bash.wasm: the grammar. A path, or its bytes. */
  readonly grammar: string | Uint8Array;
}

/** Longer texts are no commands; they are refused so that a paste can't hold up the window. */
const MAX_LENGTH = 100_000;

/** Loads the grammar once (a few milliseconds); parsing is synchronous from then on. */
export async function loadShellParser(files: ShellParserFiles): Promise<ShellParser> {
  const { runtime } = files;
  await Parser.init(typeof runtime === 'string' ? { locateFile: () => runtime } : { wasmBinary: runtime });
  const parser = new Parser();
  parser.setLanguage(await Language.load(files.grammar));

  const parseOnce = (text: string, forTree: string): ShellText => {
    const tree = parser.parse(forTree);
    if (!tree) return { parsed: false, message: 'It could not be read.', start: 0, end: text.length };
    try {
      return { parsed: true, ...readTree(tree.rootNode, text) };
    } catch (error) {
      if (error instanceof ShellSyntaxError)
        return { parsed: false, message: error.message, start: error.start, end: error.end };
      if (error instanceof RangeError)
        return { parsed: false, message: 'It is nested too deeply.', start: 0, end: text.length };
      throw error;
    } finally {
      tree.delete();
    }
  };

  return {
    parse(text) {
      if (text.length > MAX_LENGTH || text.includes('\0'))
        return { parsed: false, message: 'It is no shell text.', start: 0, end: text.length };
      const first = parseOnce(text, keepLinesApart(text));
      if (first.parsed) return first;
      const relaxed = relax(keepLinesApart(text));
      if (relaxed === keepLinesApart(text)) return first;
      const second = parseOnce(text, relaxed);
      return second.parsed ? second : first;
    },
  };
}
