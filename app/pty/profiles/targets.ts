import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { ProfileTarget } from '../../contract/pty';
import { sshHosts } from './ssh-hosts';

/** A cluster or a daemon that does not answer by then has none to offer. */
const PATIENCE_MS = 4000;
const MOST = 500;

/** Programs that list what can be gone to, one a line. They are run when the person asks, and never before. */
const LISTS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  docker: ['docker', 'ps', '--format', '{{.Names}}'],
  kubectl: [
    'kubectl',
    'get',
    'pods',
    '--all-namespaces',
    '--request-timeout=3s',
    '--output=jsonpath={range .items[?(@.status.phase=="Running")]}{.metadata.namespace}/{.metadata.name}{"\\n"}{end}',
  ],
};

/** What a profile can go to. Empty where there is nothing, and where it can't be found out. */
export async function profileTargets(profile: string): Promise<string[]> {
  const list = LISTS[profile];
  const names = profile === 'ssh' ? sshHosts(homedir()) : list ? await linesOf(list) : [];
  return names.filter((name) => ProfileTarget.safeParse(name).success).slice(0, MOST);
}

function linesOf([file, ...args]: readonly [string, ...string[]]): Promise<string[]> {
  return new Promise((resolve) => {
    execFile(file, args, { timeout: PATIENCE_MS, maxBuffer: 4 * 1024 * 1024 }, (error, stdout) => {
      resolve(error ? [] : stdout.split('\n').filter(Boolean));
    });
  });
}
