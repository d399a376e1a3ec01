import { describe, expect, test } from 'vitest';
import { createHeaderReader } from './header';
import { skeletonOf } from './scanner';

const readHeader = createHeaderReader([
  'FATAL',
  'ERROR',
  'WARN',
  'WARNING',
  'INFO',
  'NOTICE',
  'DEBUG',
  'ERR',
]);

describe('header', () => {
  test.each([
    ['2024-05-01 10:11:12,345 ERROR [main] com.acme.Pool: it broke', 'ERROR', 'it broke'],
    ['2024-05-01T10:11:12.345Z WARN it broke', 'WARN', 'it broke'],
    ['2024-05-01T10:11:12Z it broke', null, 'it broke'],
    ['2024-05-01T10:11:12+02:00 [error] it broke', 'error', 'it broke'],
    ['May  1 10:11:12 web sshd[99]: it broke', null, 'it broke'],
    ['May  1 10:11:12 web kernel: it broke', null, 'it broke'],
    ['<11>May  1 10:11:12 web app: it broke', '3', 'it broke'],
    ['[Sun Dec 04 04:47:44 2005] [notice] it broke', 'notice', 'it broke'],
    ['05-01 10:11:12.345  1702  2395 D Manager: it broke', 'D', 'it broke'],
    ['E0501 10:11:12.345678    1 pool.go:12] it broke', 'E', 'it broke'],
    ['[  123.456789] it broke', null, 'it broke'],
    ['081109 203615 148 INFO dfs.Node: it broke', 'INFO', 'it broke'],
    ['<11>1 2024-05-01T10:11:12.003Z web app 99 ID47 [x@1 y="2"] it broke', '3', 'it broke'],
    ['<11>2024-05-01T10:11:12.003456Z web app[99]: it broke', '3', 'it broke'],
    ['2024-05-01T10:11:12+0000 web kernel: it broke', null, 'it broke'],
    ['May  1 10:11:12 web My Program[99]: it broke', null, 'it broke'],
    ['May  1 10:11:12 web appd 1.4.1: it broke', null, 'it broke'],
    ['- 1714550000 2024.05.01 n1 May 1 10:11:12 n1/n1 app(x)[99]: it broke', null, 'it broke'],
    ['4711 n1 core.net state.up 1714550000 1 it broke', null, 'it broke'],
    ['20240501-10:11:12:345|Reader|300023|it broke', null, 'it broke'],
    ['2024-05-01 10:11:12.345 | ERROR    | app.pool:run:12 | it broke', 'ERROR', 'it broke'],
    ['[05.01 10:11:12] app.exe *64 - it broke', null, 'it broke'],
    ['2024-05-01 10:11:12, Error                 ABC    it broke', 'Error', 'it broke'],
    ['2024-05-01 10:11:12,345 - app.pool - ERROR - it broke', 'ERROR', 'it broke'],
    ['ERROR:app.pool:it broke', 'ERROR', 'it broke'],
    ['2024-05-01T10:11:12.345678901Z stderr F it broke', null, 'it broke'],
    ['2024-05-01 10:11:12.345 ERROR 4242 --- [  main] c.acme.Pool : it broke', 'ERROR', 'it broke'],
    ['[2024-05-01T10:11:12,345][ERROR][o.e.c.Pool] [node-1] it broke', 'ERROR', 'it broke'],
    ['[2024-05-01T10:11:12Z ERROR app::pool] it broke', 'ERROR', 'it broke'],
    ['2024-05-01 10:11:12.345 CET [99] ann@shop ERROR:  it broke', 'ERROR', 'it broke'],
    ['10.0.0.1 - ann [01/May/2024:10:11:12 +0000] it broke', null, 'it broke'],
    ['[0.005s][info][gc,start     ] it broke', 'info', 'it broke'],
    ['INFO [client 10.20.30.40] it broke', 'INFO', '[client 1.1.1.1] it broke'],
    ['2024-05-01 10:11:12 INFO [client 10.20.30.40] it broke', 'INFO', '[client 1.1.1.1] it broke'],
    ['2024-05-01 10:11:12 INFO a.b.Pool [req-99 - -] [job: 12] it broke', 'INFO', '[job: 1] it broke'],
    ['May  1 10:11:12 web app[99]: error: it broke', 'error', 'error: it broke'],
    ['ERROR: it broke', 'ERROR', 'it broke'],
    ['Warning: it broke', 'Warning', 'it broke'],
    ['it broke', null, 'it broke'],
    ['2024-05-01 10:11:12 connection to ERROR handler kept', null, 'connection to ERROR handler kept'],
  ])('%s', (line, level, message) => {
    const skeleton = skeletonOf(line);
    const header = readHeader(skeleton);
    expect([header.level, skeleton.slice(header.messageStart)]).toEqual([level, message]);
  });

  test.each([
    ['{"time":"2024-05-01T10:11:12Z","level":"error","msg":"it broke"}', 'error'],
    ['time=2024-05-01T10:11:12Z lvl=warn msg="it broke"', 'warn'],
  ])('%s', (line, level) => {
    expect(readHeader(skeletonOf(line)).level).toBe(level);
  });
});
