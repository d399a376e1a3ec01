import { expect, it } from 'vitest';
import { absolutePath, findPaths, isLogPath } from './paths';

const paths = (line: string) => findPaths(line).map(({ path }) => path);

it.each([
  ['see /var/log/syslog.', ['/var/log/syslog']],
  ['error in "/srv/app/main.py", line 3', ['/srv/app/main.py']],
  ['src/app.ts:12:5 - error', ['src/app.ts']],
  ['cat ./a/b ../c/d ~/e/f', ['./a/b', '../c/d', '~/e/f']],
  ['wrote build.log and app.log.2.gz', ['build.log', 'app.log.2.gz']],
  ['open https://example.org/a/b now', []],
  ['either this or that, 3/4 done', ['3/4']],
  ['nothing here', []],
  ['config=/etc/nginx/nginx.conf', ['/etc/nginx/nginx.conf']],
])('paths in %j', (line, expected) => expect(paths(line)).toEqual(expected));

it('says where a path stands', () => {
  expect(findPaths('at /a/b,')).toEqual([{ start: 3, end: 7, path: '/a/b' }]);
});

it('knows logs by name or place', () => {
  const logs = [
    '/a/x.log',
    'x.log.1',
    'x.log.2.gz',
    'x.log-20240101',
    '/var/log/messages',
    'run.err',
    'e.jsonl',
  ];
  expect(logs.filter((path) => !isLogPath(path))).toEqual([]);
  expect(['/etc/passwd', 'a.ts', '/var/log/', 'catalog/x'].filter(isLogPath)).toEqual([]);
});

it('resolves against a folder', () => {
  expect(absolutePath('/a', null)).toBe('/a');
  expect(absolutePath('../x.log', '/srv/app')).toBe('/srv/x.log');
  expect(absolutePath('./a/../b', '/')).toBe('/b');
  expect(absolutePath('x.log', null)).toBeNull();
  expect(absolutePath('~/x', '/srv')).toBeNull();
});
