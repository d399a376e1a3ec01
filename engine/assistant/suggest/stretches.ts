import type { MainUse } from '../../commands/main-use';
import type { OptionSpec } from '../../knowledge/command-spec';
import { FILES, kinds, type SlotKinds } from './slot-kinds';

/** A part of a command's text, [start, end). */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Programs, subcommands and option names: no request gives them another value. */
export function fixedStretches(uses: readonly MainUse[]): Stretch[] {
  return uses.flatMap(({ use, parts }) => [
    use.program,
    ...parts.filter(({ role }) => role === 'subcommand').map(({ arg }) => arg),
    ...use.args
      .filter(({ text }) => text.startsWith('-'))
      .map(({ start, end, text }) => ({
        start,
        end: text.includes('=') ? start + text.indexOf('=') + 1 : end,
      })),
  ]);
}

/** Where options have their values: the next word, or behind `=`. */
export function optionStretches(uses: readonly MainUse[]): (Stretch & { readonly option: OptionSpec })[] {
  return uses.flatMap(({ parts }) =>
    parts.flatMap(({ arg, role, option }) => {
      if (!option) return [];
      if (role === 'value') return [{ start: arg.start, end: arg.end, option }];
      const at = arg.text.indexOf('=');
      return role === 'option' && at > 0 ? [{ start: arg.start + at + 1, end: arg.end, option }] : [];
    }),
  );
}

/** Where a text stands in a command by itself; not as the end of a path or of a file's name. */
export function standsAt(command: string, text: string): Stretch[] {
  const escaped = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const whole = /[./]/.test(text) ? '(?![\\w])' : '(?![\\w]|\\.\\w)';
  return [...command.matchAll(new RegExp(`(?<![\\w$.])${escaped}${whole}`, 'g'))].map(({ index }) => ({
    start: index,
    end: index + text.length,
  }));
}

/** Numbers that a request often sets where the program is not described: how many lines, how long ago. */
const SET_NUMBER =
  /(?<=\s(?:-n|-c|-d|-mtime|-mmin|-maxdepth|--lines|--tail)[= ]?[+-]?)\d+\b|(?<=\b(?:head|tail) -)\d+\b/g;
const SET_PATH =
  /(?<=\s|:)(?:[\w-]+\.(?:tar|tgz|gz|zip|ya?ml|json|csv|txt|log|conf|sql|dump|img|iso|pem|crt)|\.\/?|~?\/[\w.@/-]*[\w/]|\.\/[\w./-]+)(?=\s|$)/g;

export function* setValues(
  command: string,
  options: readonly (Stretch & { readonly option: OptionSpec })[],
): Generator<Stretch & { readonly text: string; readonly kinds: SlotKinds }> {
  for (const { start, end } of options) {
    const text = command.slice(start, end);
    // Names that are made of parts: regions, machine types.
    if (/^[a-z]+\d*(?:-[a-z0-9]+)+$/.test(text)) yield { start, end, text, kinds: kinds('name') };
    const size = /^\d+[kKmMgG]$/.test(text);
    if (/^[+-]?\d+$/.test(text) || size) {
      const sign = /^[+-]/.test(text) ? 1 : 0;
      yield {
        start: start + sign,
        end,
        text: text.slice(sign),
        kinds: size ? kinds('size') : kinds('number duration'),
      };
    }
  }
  for (const { 0: text, index } of command.matchAll(SET_NUMBER)) {
    yield { start: index, end: index + text.length, text, kinds: kinds('number duration') };
  }
  for (const { 0: text, index } of command.matchAll(SET_PATH)) {
    const isDevice = /^\/(?:dev|proc|sys)\//.test(text);
    if (!isDevice) yield { start: index, end: index + text.length, text, kinds: FILES };
  }
}
