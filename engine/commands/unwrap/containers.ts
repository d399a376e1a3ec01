import { type Arg, plainArg } from './args';
import { optionValues, readArgs, wordSet } from './options';
import type { Call, Inside } from './seen';

/** Options of `docker run` without a value; all others have one. */
const FLAGS = wordSet(
  '--detach --interactive --tty --rm --privileged --init --read-only --publish-all --sig-proxy --oom-kill-disable --no-healthcheck --disable-content-trust --quiet --help --replace --no-hosts --tls-verify --rmi --build --no-deps --service-ports --use-aliases --no-TTY --remove-orphans --quiet-pull --http-proxy --env-host --unsetenv-all',
);
const SHORT_VALUED = '-v -e -p -u -w -h -m -c -l -a';

/** `docker run IMAGE CMD` and its kin: the command runs in a new container; the machine's folders may be in it. */
export function readContainers(call: Call): Inside[] | null {
  if (!/^(?:docker|podman|nerdctl|docker-compose|podman-compose)$/.test(call.program)) return null;
  const verbs = wordSet('run create');
  const valued = wordSet(
    '-H --host -c --context -l --log-level --config -f --file -p --project-name --profile --env-file -n --namespace',
  );
  let at = 0;
  let compose = call.program.endsWith('-compose');
  for (; at < call.args.length; at += 1) {
    const { text } = call.args[at] as Arg;
    if (valued.has(text)) at += 1;
    else if (text.startsWith('-') || text === 'container') continue;
    else if (text === 'compose') compose = true;
    else break;
  }
  if (!verbs.has(call.args[at]?.text ?? '') || (compose && call.args[at]?.text === 'create')) return null;
  const args = call.args.slice(at + 1);
  const long = args
    .filter(({ text }) => /^--[a-z-]+$/.test(text) && !FLAGS.has(text))
    .map(({ text }) => text);
  const read = readArgs(args, { valued: `${SHORT_VALUED} ${long.join(' ')}`, stopAtOperand: true });
  const [image] = read.operands;
  const command = read.afterDashes ? read.operands.slice(1) : read.rest;
  const [entry] = optionValues(read, '--entrypoint');
  const inside: Inside[] = [{ kind: 'self' }];
  if (!image)
    return call.moreArgs
      ? [...inside, { kind: 'unseen', why: `${call.program} run gets its image from the input.` }]
      : inside;
  const argv = entry && entry.text !== '' ? [plainArg(entry.text, entry), ...command] : command;
  if (argv.length > 0 && !argv[0]?.text.startsWith('-'))
    inside.push({ kind: 'argv', args: argv, place: 'container', moreArgs: call.moreArgs, stdin: call.stdin });
  return inside;
}
