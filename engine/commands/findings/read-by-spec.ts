import type { CommandSpec, OptionSpec } from '../../knowledge/command-spec';
import { standsForValue } from '../placeholders';
import type { Arg } from '../unwrap/args';

/** What an argument is, by the description of its program. */
export interface SpecPart {
  readonly arg: Arg;
  readonly role: 'subcommand' | 'option' | 'value' | 'operand' | 'end-of-options';
  /** The option, for one and for its value. */
  readonly option: OptionSpec | null;
  /** The option as it is written, without its value. */
  readonly name: string;
  readonly spec: CommandSpec;
  readonly problem:
    | 'unknown-option'
    | 'unknown-subcommand'
    | 'missing-argument'
    | 'unexpected-argument'
    | null;
}

export interface SpecReading {
  readonly parts: readonly SpecPart[];
  /** The deepest subcommand that was found. */
  readonly spec: CommandSpec;
}

/** Programs whose arguments may start with a dash without being options. */
const FREE =
  /^(?:echo|printf|test|\[|expr|true|false|:|dc|bc|yes|set|export|declare|typeset|local|readonly|unset|trap|let|return|exit|python\d?|perl|awk|node|ruby|java|dd)$/;
const SIGNAL =
  /^-(?:SIG)?(?:HUP|INT|QUIT|KILL|TERM|USR1|USR2|STOP|CONT|TSTP|ALRM|PIPE|CHLD|WINCH|ABRT|SEGV|\d+)$/i;
const MODE = /^-[rwxXst]+(?:,[ugoa]*[+-=][rwxXst]*)*$/;
/** File attributes that chattr takes away. */
const ATTRIBUTES = /^-[aAcCdDeFijmPsStTuxV]+$/;
/** openssl takes the name of each cipher and digest as an option. */
const CIPHER =
  /^-(?:(?:aes|aria|camellia)-?(?:128|192|256)|(?:bf|blowfish|cast5?|des|des-ede3?|des3|idea|rc2|rc4|rc5|seed|sm4|chacha20|chacha20-poly1305))(?:-(?:cbc|ecb|cfb[18]?|ofb|ctr|gcm|ccm|xts|ocb|siv|wrap))?$|^-(?:sha\d{1,3}|sha512-(?:224|256)|sha3-\d{3}|shake(?:128|256)|md[45]|md5-sha1|blake2[bs]\d{3}|ripemd160|rmd160|sm3)$/;
/** A flag of a program in Go takes these as a value; those programs have subcommands. */
const TRUTH = /^(?:true|false)$/i;
const SHELL = /^(?:[bdkz]|mk|rb)?a?sh$/;
/** How a subcommand is written. A path, an address, a number or a placeholder is something to work on. */
const VERB = /^[A-Za-z][\w:-]*$/;

/** Reads arguments by a program's description: subcommands, options with their values, operands. */
export function readBySpec(root: CommandSpec, args: readonly Arg[]): SpecReading {
  const parts: SpecPart[] = [];
  const path: CommandSpec[] = [root];
  let spec = root;
  let lost = FREE.test(root.names[0] ?? '');
  let ended = false;
  /** An option that still waits for its value. */
  const state: { wanted: { option: OptionSpec; name: string; several: boolean } | null } = { wanted: null };
  const push = (
    arg: Arg,
    role: SpecPart['role'],
    option: OptionSpec | null,
    name: string,
    problem: SpecPart['problem'] = null,
  ) => parts.push({ arg, role, option, name, spec, problem });
  const find = (name: string): OptionSpec | null => {
    for (const each of [...path].reverse()) {
      const found = optionsOf(each).get(name);
      if (found) return found;
    }
    return null;
  };
  const expect = (option: OptionSpec, name: string) => {
    if (option.argument === 'required' || option.argument === 'several')
      state.wanted = { option, name, several: option.argument === 'several' };
  };

  const readLong = (arg: Arg, text: string): boolean => {
    const equals = text.indexOf('=');
    const name = equals > 0 ? text.slice(0, equals) : text;
    const option = find(name) ?? find(text) ?? (text.startsWith('--') ? shortened(name, path) : null);
    if (!option) return false;
    const isTruth = root.subcommands.length > 0 && TRUTH.test(text.slice(equals + 1));
    const refuses = equals > 0 && option.argument === 'none' && find(text) === null && !isTruth;
    push(arg, 'option', option, name, refuses ? 'unexpected-argument' : null);
    if (equals < 0) expect(option, name);
    return true;
  };
  const readCluster = (arg: Arg, text: string): boolean => {
    const letters: { option: OptionSpec; name: string }[] = [];
    for (let at = 1; at < text.length; at += 1) {
      const name = `-${text[at]}`;
      const option = find(name);
      if (!option) return false;
      letters.push({ option, name });
      const attached = at + 1 < text.length;
      if (option.argument !== 'none') {
        for (const each of letters) push(arg, 'option', each.option, each.name);
        if (!attached) expect(option, name);
        return true;
      }
    }
    for (const each of letters) push(arg, 'option', each.option, each.name);
    return true;
  };
  /** Letters that are no options, of a cluster in which some are. */
  const unknownLetter = (text: string): string => {
    for (let at = 1; at < text.length; at += 1) {
      const option = find(`-${text[at]}`);
      if (!option) return `-${text[at]}`;
      if (option.argument !== 'none') break;
    }
    return text;
  };

  for (const arg of args) {
    const { text } = arg;
    const isOption = !ended && /^-./.test(text) && !/^-\d/.test(text) && arg.known;
    const { wanted } = state;
    if (wanted && (!wanted.several || !isOption)) {
      push(arg, 'value', wanted.option, wanted.name);
      if (!wanted.several) state.wanted = null;
      continue;
    }
    state.wanted = null;
    if (!ended && text === '--') {
      ended = true;
      push(arg, 'end-of-options', null, text);
    } else if (isOption && !lost) {
      const whole = spec.optionStyle === 'whole' || text.startsWith('--');
      const known = readLong(arg, text) || (!text.startsWith('--') && readCluster(arg, text));
      if (known) continue;
      // Some descriptions list actions that are written as options among the subcommands.
      const action = spec.subcommands.find(({ names }) => names.includes(text));
      if (action) {
        push(arg, 'option', null, text);
        path.push(action);
        spec = { ...action, takesSubcommand: 'never' };
        continue;
      }
      const free =
        isFree(root, text) ||
        (find('-NUM') !== null && /^-[A-Za-z]*\d+[A-Za-z]*$/.test(text)) ||
        path.every(saysNothing);
      const name = whole ? text.replace(/=.*/s, '') : unknownLetter(text);
      push(arg, 'option', null, name, free ? null : 'unknown-option');
    } else if (/^-./.test(text) && !ended && /^-\d/.test(text) && !lost) {
      if (!readLong(arg, text)) push(arg, 'operand', null, text);
    } else if (
      !lost &&
      !ended &&
      spec.takesSubcommand !== 'never' &&
      spec.subcommands.length > 0 &&
      arg.known
    ) {
      const inner = spec.subcommands.find(({ names }) => names.includes(text));
      if (inner) {
        spec = inner;
        path.push(inner);
        push(arg, 'subcommand', null, text);
      } else {
        const mayBe = VERB.test(text) && !standsForValue(text) && spec.subcommands.some(isVerb);
        const mustBe = mayBe && (spec.takesSubcommand === 'required' || path.length === 1);
        push(arg, mustBe ? 'subcommand' : 'operand', null, text, mustBe ? 'unknown-subcommand' : null);
        // What follows belongs to something that is not described.
        lost = mustBe;
        if (!mustBe) spec = { ...spec, takesSubcommand: 'never' };
      }
    } else {
      push(arg, 'operand', null, text);
      // What follows a script is for that.
      if (SHELL.test(root.names[0] ?? '')) ended = true;
      if (spec.takesSubcommand !== 'never') spec = { ...spec, takesSubcommand: 'never' };
    }
  }
  const open = state.wanted;
  const last = parts.at(-1);
  if (open && last && last.role === 'option' && !open.several)
    parts[parts.length - 1] = { ...last, problem: 'missing-argument' };
  return { parts, spec };
}

function isFree({ names }: CommandSpec, text: string): boolean {
  const [name = ''] = names;
  if (/^p?kill(?:all)?$/.test(name)) return SIGNAL.test(text);
  if (name === 'chattr') return ATTRIBUTES.test(text);
  if (name === 'openssl') return CIPHER.test(text);
  return /^(?:chmod|umask)$/.test(name) && MODE.test(text);
}

const isVerb = ({ names }: CommandSpec) => names.some((name) => VERB.test(name));

/** Only the program's name is known, so nothing can be said of its options. */
const saysNothing = ({ complete, options }: CommandSpec) => !complete && options.length === 0;

const maps = new WeakMap<readonly OptionSpec[], ReadonlyMap<string, OptionSpec>>();

function optionsOf({ options }: CommandSpec): ReadonlyMap<string, OptionSpec> {
  let map = maps.get(options);
  if (!map) {
    map = new Map(options.flatMap((option) => option.names.map((name) => [name, option] as const)));
    maps.set(options, map);
  }
  return map;
}

/** getopt_long takes the beginning of a name that only one option has. */
function shortened(name: string, path: readonly CommandSpec[]): OptionSpec | null {
  const found = path.flatMap(({ options }) =>
    options.filter(({ names }) => names.some((each) => each.startsWith(name))),
  );
  return name.length > 4 && new Set(found).size === 1 ? (found[0] ?? null) : null;
}
