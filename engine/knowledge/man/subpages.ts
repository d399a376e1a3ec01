import type { CommandSpec } from '../command-spec';
import type { ManLibrary } from './man-library';
import { readManSpec } from './man-spec';

/** Programs whose subcommands have pages of their own, such as git-commit(1), and what joins the names. */
export const SUBPAGE_PARENTS: ReadonlyMap<string, '-' | '_'> = new Map([
  ...'git docker podman buildah skopeo kubectl npm cargo helm ip tc btrfs perf openssl flatpak ostree nvme zfs zpool bootctl crictl virsh lxc rustup pip gh oc'
    .split(' ')
    .map((name): [string, '-'] => [name, '-']),
  ['gcloud', '_'],
]);

/**
 * Utilities that every system has in a variant of its own. Where the local page was read whole, the completion spec
 * (written on macOS) adds nothing.
 */
export const BASE_UTILITIES: ReadonlySet<string> = new Set(
  (
    'ls ps sed find date stat xargs top df du cp mv rm ln chmod chown chgrp cut sort head tail tr uniq wc kill killall cat ' +
    'mkdir rmdir touch grep egrep fgrep tar ping traceroute mount umount sysctl fdisk which who w id base64 base32 install split ' +
    'shasum nl od paste join fold fmt env dd readlink realpath basename dirname file more less cal ncal lsof netstat ' +
    'ifconfig route arp hostname uname uptime tee test true false sleep seq shred sum cksum comm csplit expand ' +
    'factor groups logname mkfifo mknod mktemp nice nohup nproc numfmt pathchk pinky pr printenv ptx runcon stdbuf ' +
    'stty sync tac timeout truncate tsort tty unexpand unlink users vdir whoami yes su sudo login passwd chsh crontab ' +
    'awk diff cmp patch man ed vi nc ssh scp sftp pgrep pkill lsblk tree time watch script last free vmstat iostat'
  ).split(' '),
);

/** A subcommand that has a page of its own; the page is read when anything but the name is asked for. */
function lazySubcommand(name: string, page: string, man: ManLibrary): CommandSpec {
  const place = man.find(page);
  let read: CommandSpec | null | undefined;
  const open = () => {
    if (read === undefined) {
      const source = place ? man.read(place) : null;
      read = place && source !== null ? readManSpec(source, page, place.section) : null;
    }
    return read;
  };
  return {
    names: [name],
    source: { kind: 'man', name: `man ${page}(${place?.section ?? '1'})` },
    get description() {
      return open()?.description ?? '';
    },
    get options() {
      return open()?.options ?? [];
    },
    get subcommands() {
      return open()?.subcommands ?? [];
    },
    get takesSubcommand() {
      return open()?.takesSubcommand ?? 'never';
    },
    get complete() {
      return open()?.complete ?? false;
    },
    get optionStyle() {
      return open()?.optionStyle ?? 'clustered';
    },
  };
}

/** Subcommands of a program that have pages of their own, by the pages' names. Groups (gcloud) nest. */
export function subcommandsOfPages(program: string, man: ManLibrary): CommandSpec[] {
  const joint = SUBPAGE_PARENTS.get(program.split('_')[0] ?? '');
  if (joint === undefined) return [];
  const prefix = program + joint;
  const found: CommandSpec[] = [];
  for (const page of man.names()) {
    if (!page.startsWith(prefix)) continue;
    const name = page.slice(prefix.length);
    if (joint === '-' || !name.includes('_')) found.push(nested(name, page, man, joint));
  }
  return found.sort((a, b) => ((a.names[0] ?? '') < (b.names[0] ?? '') ? -1 : 1));
}

function nested(name: string, page: string, man: ManLibrary, joint: '-' | '_'): CommandSpec {
  const own = lazySubcommand(name, page, man);
  if (joint === '-') return own;
  let below: CommandSpec[] | undefined;
  const subcommands = () => {
    below ??= subcommandsOfPages(page, man);
    return below;
  };
  return Object.defineProperties({ ...own } as CommandSpec, {
    ...Object.getOwnPropertyDescriptors(own),
    subcommands: { get: subcommands, enumerable: true },
    takesSubcommand: { get: () => (subcommands().length > 0 ? 'required' : 'never'), enumerable: true },
  });
}
