import { shellTokens } from './shell-words';
import { type ToolOptions, toolOptions } from './tool-options';

/** Kinds of Kubernetes objects that have short names. */
const KINDS = new Map(
  Object.entries({
    pod: 'pods',
    po: 'pods',
    svc: 'services',
    service: 'services',
    deploy: 'deployments',
    deployment: 'deployments',
    ns: 'namespaces',
    namespace: 'namespaces',
    node: 'nodes',
    no: 'nodes',
    cm: 'configmaps',
    configmap: 'configmaps',
    secret: 'secrets',
    ds: 'daemonsets',
    daemonset: 'daemonsets',
    sts: 'statefulsets',
    statefulset: 'statefulsets',
    rs: 'replicasets',
    ing: 'ingresses',
    ingress: 'ingresses',
    pvc: 'persistentvolumeclaims',
    pv: 'persistentvolumes',
    ev: 'events',
    event: 'events',
    job: 'jobs',
    cronjob: 'cronjobs',
    cj: 'cronjobs',
    hpa: 'horizontalpodautoscalers',
  }),
);

/**
 * One text for all spellings of a command that differ in space, quoting, the order of options, joined or long option
 * names, `--x=y` and `--x y`, a leading sudo. The order of everything else stays: operands, stages of a pipeline.
 */
export function canonicalCommand(command: string): string {
  const stages: string[] = [];
  let words: string[] = [];
  let redirections: string[] = [];
  const endStage = () => {
    const stage = [canonicalWords(words), ...redirections].filter((part) => part !== '').join(' ');
    if (stage !== '') stages.push(stage);
    words = [];
    redirections = [];
  };
  const tokens = shellTokens(command);
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.kind === 'operator') {
      endStage();
      stages.push(token.text);
    } else if (token?.kind === 'redirection') {
      const target = tokens[at + 1]?.kind === 'word' ? tokens[++at]?.text : '';
      redirections.push(`${token.text}${target}`);
    } else if (token) words.push(token.text);
  }
  endStage();
  while (stages.at(-1) === ';') stages.pop();
  return stages.join(' ');
}

function canonicalWords(all: readonly string[]): string {
  let start = 0;
  while (/^\w+=/.test(all[start] ?? '')) start++;
  const assignments = all.slice(0, start).sort();
  const words = all.slice(all[start] === 'sudo' && !all[start + 1]?.startsWith('-') ? start + 1 : start);
  const [program = '', ...rest] = words;
  const name = program.replace(/^\/(usr\/)?s?bin\//, '');
  return [...assignments, name, ...canonicalArguments(name, rest)].filter((word) => word !== '').join(' ');
}

function canonicalArguments(program: string, words: readonly string[]): string[] {
  const tool = toolOptions(program);
  if (tool?.ordered) return [...words];
  const options: string[] = [];
  const operands: string[] = [];
  const queue =
    program === 'tar' && /^[a-zA-Z]+$/.test(words[0] ?? '')
      ? [`-${words[0]}`, ...words.slice(1)]
      : [...words];
  while (queue.length > 0) {
    const word = queue.shift() as string;
    if (word === '--') {
      operands.push(...queue.splice(0));
    } else if (!/^-./.test(word)) operands.push(word);
    else options.push(...readOption(word, queue, tool));
  }
  return [...options.sort(), ...(program === 'kubectl' ? operands.flatMap(kubernetesKind) : operands)];
}

/** One word that begins with a dash, with its value where it takes one; a joined `-abc` becomes several. */
function readOption(word: string, queue: string[], tool: ToolOptions | null): string[] {
  const written = (name: string, value: string | undefined) =>
    value === undefined ? `-${name}` : `-${name}=${value}`;
  const optionValue = (name: string, joined: string | undefined) =>
    joined ?? (tool?.values.has(name) ? queue.shift() : undefined);

  const isLong = word.startsWith('--');
  if (isLong || !tool?.clusters) {
    const [, raw = '', value] = /^--?([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    const name = tool?.names.get(raw) ?? raw;
    return [written(isLong && tool === null ? `-${name}` : name, optionValue(name, value))];
  }
  if (tool.digits !== null && /^-\d+$/.test(word)) return [written(tool.digits, word.slice(1))];
  const found: string[] = [];
  for (let at = 1; at < word.length; at++) {
    const name = tool.names.get(word[at] as string) ?? (word[at] as string);
    if (!tool.values.has(name)) {
      found.push(written(name, undefined));
      continue;
    }
    const joined = word.slice(at + 1).replace(/^=/, '');
    found.push(written(name, optionValue(name, joined === '' ? undefined : joined)));
    break;
  }
  return found;
}

/** `pod/web` and `pod web` name the same object. */
function kubernetesKind(operand: string): string[] {
  const [kind = '', ...name] = operand.split('/');
  const full = KINDS.get(kind) ?? kind;
  return name.length === 1 ? [full, name[0] as string] : [KINDS.get(operand) ?? operand];
}
