import { expect, it } from 'vitest';
import { OwnProfile, ProfileTarget } from '../../contract/pty';
import { findProfiles } from './find-profiles';
import { launchOf } from './launch';
import { parseSshHosts } from './ssh-hosts';

it('reads the hosts of an ssh configuration, and no pattern', () => {
  const text =
    'Host web db-1\n  HostName 10.0.0.1\nhost=quoted "with-quotes"\nHost *.corp !bad gpu?\nMatch host x\n#Host no';
  expect(parseSshHosts(text)).toEqual(['web', 'db-1', 'quoted', 'with-quotes']);
});

it.each(['-oProxyCommand=x', '--', '', 'a b', 'a;b', 'a\nb', '$(x)', '`x`'])('%j is no target', (target) => {
  expect(ProfileTarget.safeParse(target).success).toBe(false);
});

it.each(['web', 'ana@10.0.0.1', 'ana@[::1]', 'default/pod-1', 'ns/pod/container', 'k8s_app.1'])(
  '%j is a target',
  (target) => expect(ProfileTarget.safeParse(target).success).toBe(true),
);

it.skipIf(process.platform === 'win32')('finds the shells that are here, one of them as the default', () => {
  const profiles = findProfiles([OwnProfile.parse({ name: 'Build box', program: 'ssh', args: ['build'] })]);
  expect(profiles[0]).toMatchObject({ id: 'own:Build box', kind: 'own' });
  expect(profiles.filter(({ isDefault }) => isDefault)).toHaveLength(1);
  const shells = profiles.filter(({ kind }) => kind === 'shell');
  expect(new Set(shells.map(({ name }) => name)).size).toBe(shells.length);
  for (const { id } of shells) expect(launchOf(id, null, [])).toMatchObject({ profile: id });
});

it.skipIf(process.platform === 'win32')('starts what a profile says', () => {
  const own = [OwnProfile.parse({ name: 'loud', program: '/bin/sh', args: ['-x'], env: { A: 'b' } })];
  expect(launchOf('own:loud', null, own)).toMatchObject({
    program: '/bin/sh',
    args: ['-x'],
    env: { A: 'b' },
    shell: null,
  });
  expect(() => launchOf('own:quiet', null, own)).toThrow(/no profile quiet/);
  expect(() => launchOf('shell:/nowhere/zsh', null, [])).toThrow(/not installed/);
  expect(() => launchOf('telnet', 'x', [])).toThrow(/no profile telnet/);
  expect(() => launchOf('ssh', null, [])).toThrow(/Say where/);
});
