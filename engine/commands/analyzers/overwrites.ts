import { type Arg, UNKNOWN } from '../unwrap/args';
import type { Seen } from '../unwrap/seen';
import type { Analyzer, MachineView, Risk } from './analyzer';

/** Files to which anything can be written without harm. */
const SINKS = /^\/dev\/(?:null|stdout|stderr|tty|fd\/\d+|full)$/;
/** The shell's own connections: nothing is overwritten. */
const CONNECTION = /^\/dev\/(?:tcp|udp)\//;

/** Redirections: `>` over a file that may exist loses what was in it. */
export const overwrites: Analyzer = (seen, machine) => {
  if (seen.kind === 'write') return writeRisk(seen, machine);
  return seen.kind === 'invocation' ? copyRisk(seen, machine) : [];
};

function writeRisk(seen: Seen & { kind: 'write' }, machine: MachineView | null): Risk[] {
  const { target, operator } = seen;
  const name = shownName(target);
  if (SINKS.test(target.text)) return [];
  if (CONNECTION.test(target.text))
    return [{ level: 'changes', why: `Data is sent over the network to ${name}.` }];
  if (/>>$/.test(operator) || operator === '<>') {
    if (/^\/dev\/|^\/proc\/sysrq/.test(target.text))
      return [{ level: 'destructive', why: `${operator} writes to the device ${name}.` }];
    return [{ level: 'changes', why: `${operator} adds to the file ${name}.` }];
  }
  if (target.fresh) return [{ level: 'changes', why: 'The output goes to a new temporary file.' }];
  const isNew =
    seen.place === 'here' && machine && target.known && !target.glob && !machine.pathExists(target.text);
  if (isNew) return [{ level: 'changes', why: `${operator} creates the file ${name}.` }];
  return [{ level: 'destructive', why: `${operator} overwrites ${name} if it exists.` }];
}

const shownName = ({ text }: Arg) => (text.includes(UNKNOWN) ? 'a file' : text);

/** mv and cp replace their target silently; known only where the machine can be asked. */
function copyRisk(seen: Seen & { kind: 'invocation' }, machine: MachineView | null): Risk[] {
  if (!machine || seen.place !== 'here' || !/^(?:mv|cp)$/.test(seen.program)) return [];
  if (
    seen.args.some(({ text }) =>
      /^-[a-zA-Z]*[nib]|^--(?:no-clobber|interactive|backup|update=none)/.test(text),
    )
  )
    return [];
  const operands = seen.args.filter(({ text }) => !text.startsWith('-'));
  const [source, target] = operands;
  if (operands.length !== 2 || !source?.known || !target?.known || source.glob || target.glob) return [];
  if (!machine.pathExists(target.text)) return [];
  const base = source.text.replace(/\/+$/, '').split('/').at(-1) ?? '';
  // A folder as the target keeps its content, unless a file of the same name is in it.
  if (machine.pathExists(`${target.text}/.`) && !machine.pathExists(`${target.text}/${base}`)) return [];
  return [{ level: 'destructive', why: `${seen.program} overwrites ${target.text}, which exists.` }];
}
