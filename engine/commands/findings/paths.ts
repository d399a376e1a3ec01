import type { CommandFinding } from '../../contract/commands';
import type { MachineView } from '../analyzers/analyzer';
import { rateInvocation } from '../analyzers/programs';
import type { Redirect } from '../parse/syntax';
import { isPlaceholder } from '../placeholders';
import { type Arg, argOf } from '../unwrap/args';
import { baseName } from '../unwrap/program-name';
import { NO_VARIABLES } from '../unwrap/variables';
import type { CommandUse } from './uses';

/** Programs whose operands are files, whatever they look like; the first operand of grep and sed is none. */
const FILE_OPERANDS =
  /^(?:cat|less|more|head|tail|wc|sort|nl|tac|stat|file|md5sum|sha256sum|sha1sum|source|cd|ls|du|readlink|xxd|od|strings|cut|diff|cmp|zcat|rm|chmod|chown)$/;
/** The last operand is a target, which need not exist. */
const HAS_TARGET = /^(?:cp|mv|ln|rsync|scp|install)$/;
/** They make what they are given. */
const MAKES =
  /^(?:mkdir|touch|mkfifo|tee|mktemp|dd|truncate|fallocate|ssh-keygen|git|docker|kubectl|curl|wget|openssl|tar|zip|find|ssh|split|useradd|echo|printf|test|\[)$/;
const LOOKS_LIKE_PATH = /^(?:\/|\.{1,2}\/|~\/)/;
/** Made while the system runs, or no file of this machine. */
const VIRTUAL = /^\/(?:proc|sys|dev|run)\/|^[a-z]+:\/\/|^[\w.@-]+:(?!\\)/;

/** Files that are read but don't exist. Only ever a warning: another part may make them, or another machine has them. */
export function pathFindings(uses: readonly CommandUse[], machine: MachineView): CommandFinding[] {
  const made = new Set<string>();
  const findings: CommandFinding[] = [];
  let moved = false;
  const check = (arg: Arg) => {
    const { text, known, glob, start, end } = arg;
    const relative = !/^[/~]/.test(text);
    if (
      !known ||
      glob ||
      text === '' ||
      text === '-' ||
      VIRTUAL.test(text) ||
      isPlaceholder(baseName(text)) ||
      hasPlaceholder(text)
    )
      return;
    if (made.has(text) || (moved && relative) || machine.pathExists(text)) return;
    findings.push({
      kind: 'missing-path',
      severity: 'warning',
      message: `${text} does not exist here.`,
      start,
      end,
    });
  };
  for (const use of uses) {
    const name = baseName(use.program.text);
    const operands = use.args.filter(({ text }) => !/^[-+]/.test(text));
    if (use.place === 'here') {
      for (const redirect of use.command.redirects) checkRedirect(redirect, check, made);
      for (const arg of readOperands(name, use.args, operands)) check(arg);
      if (name === 'cd' || name === 'pushd') moved = true;
    }
    for (const { text } of use.args) made.add(text);
  }
  return uniqueBySpan(findings);
}

function readOperands(name: string, args: readonly Arg[], operands: readonly Arg[]): readonly Arg[] {
  if (MAKES.test(name)) return [];
  if (HAS_TARGET.test(name)) return operands.slice(0, -1).filter(({ text }) => LOOKS_LIKE_PATH.test(text));
  if (FILE_OPERANDS.test(name)) return operands.filter((arg, index) => isFileOperand(name, arg, args, index));
  const reads = rateInvocation({ program: name, args, moreArgs: false })?.level === 'read-only';
  return reads ? operands.filter(({ text }) => LOOKS_LIKE_PATH.test(text)) : [];
}

/** Not the value of an option before it (`head -n 5`), nor a mode (`chmod 644`). */
function isFileOperand(name: string, arg: Arg, args: readonly Arg[], index: number): boolean {
  if (/^(?:chmod|chown)$/.test(name) && index === 0) return false;
  const before = args[args.indexOf(arg) - 1]?.text ?? '';
  if (/^-[a-zA-Z]$|^--[a-z-]+$/.test(before) && !/^-[afrRlhqsvbe]$/.test(before)) return false;
  return LOOKS_LIKE_PATH.test(arg.text) || /[./]/.test(arg.text);
}

function checkRedirect({ operator, target }: Redirect, check: (arg: Arg) => void, made: Set<string>): void {
  if (!target) return;
  const arg = argOf(target, NO_VARIABLES);
  if (operator === '<') check(arg);
  else made.add(arg.text);
}

const hasPlaceholder = (path: string) => path.split('/').some(isPlaceholder);

function uniqueBySpan(findings: readonly CommandFinding[]): CommandFinding[] {
  const seen = new Set<number>();
  return findings.filter(({ start }) => !seen.has(start) && seen.add(start));
}
