import { describe, expect, test } from 'vitest';
import { Severity } from '../../contract/logs';
import { skeletonOf } from '../masks/scanner';
import { describeSkeleton } from '../templates/describe-skeleton';

const severity = (line: string) => describeSkeleton(skeletonOf(line)).severity;

describe('severity', () => {
  test.each<[Severity, string]>([
    ['error', '2024-05-01 10:11:12 ERROR all good'],
    ['info', '2024-05-01 10:11:12 INFO the last run failed with errors'],
    ['warning', 'W0501 10:11:12.345678    1 pool.go:12] slow'],
    ['error', 'E0501 10:11:12.345678    1 pool.go:12] pool'],
    ['fatal', '<2>May  1 10:11:12 web app: gone'],
    ['info', '<14>May  1 10:11:12 web app: failed to fail'],
    ['error', '{"level":"error","msg":"x"}'],
    ['error', 'May  1 10:11:12 web sshd[9]: Failed password for root from 10.0.0.1 port 22'],
    ['error', 'connection refused'],
    ['error', 'request timed out'],
    ['error', 'permission denied'],
    ['error', 'java.lang.NullPointerException: null'],
    ['error', 'Traceback (most recent call last):'],
    ['fatal', 'kernel: Out of memory: Killed process 123'],
    ['fatal', 'app[1]: segfault at 0 ip 00007f'],
    ['fatal', 'Kernel panic - not syncing'],
    ['error', 'found 3 errors'],
    ['error', 'errors: 12'],
    ['error', 'process exited with code 1'],
    ['error', '10.0.0.1 - - [01/May/2024:10:11:12 +0000] "GET /x HTTP/1.1" 503 12'],
    ['warning', 'Invalid user bob from 10.0.0.1'],
    ['warning', 'retrying in 5 s'],
    ['none', '10.0.0.1 - - [01/May/2024:10:11:12 +0000] "GET /x HTTP/1.1" 200 512'],
    ['none', 'process exited with code 0'],
    ['none', '0 errors'],
    ['none', 'errors: 0'],
    ['none', 'error=0 failed=0'],
    ['none', 'no error'],
    ['none', 'Errors    none'],
    ['error', 'Errors    many'],
    ['none', 'finished without errors'],
    ['none', 'finished with 0 failures, 0 errors'],
    ['none', '"errors": 0, "warnings": 0'],
    ['none', 'opened /var/log/error.log'],
    ['none', 'error handler registered'],
    ['none', 'status installed libgpg-error-dev:amd64 1.46-1'],
    ['none', '    at com.acme.FailedException.run(Main.java:12)'],
    ['none', 'listening on port 80'],
    ['error', '{"level":50,"time":1714550000000,"msg":"it stopped"}'],
    ['info', '{"level":30,"time":1714550000000,"msg":"it failed before"}'],
    ['error', '{"MESSAGE":"it stopped","PRIORITY":"3"}'],
    ['info', '{"PRIORITY":"6","MESSAGE":"it failed before"}'],
    ['error', 'May  1 10:11:12 web logrotate: ALERT exited abnormally with [1]'],
    ['fatal', 'May  1 10:11:12 web app: ALERT: gone'],
    ['error', 'May  1 10:11:12 web sshd[9]: error: Received disconnect'],
    ['warning', 'May  1 10:11:12 web xinetd[9]: warning: no address'],
    ['none', 'LOG file rotated'],
    ['error', 'getpeername: Transport endpoint is not connected'],
    ['error', 'bind: Address already in use'],
    ['warning', 'Did not receive identification string from 10.0.0.1'],
    ['none', 'Enabling unmasked SIMD FPU exception support... done.'],
    ['none', 'machine check error reporting enabled'],
    ['none', 'connect timeout=30 read_timeout: 60'],
    ['none', 'session timeout set to 40000'],
    ['error', 'timeout of 4000ms exceeded'],
    ['error', 'upstream timed out (110: Connection timed out)'],
    ['none', 'leaving critical section'],
    ['none', '12.345: [GC (Allocation Failure) 65536K->10720K(76288K), 0.0123456 secs]'],
    ['error', 'nginx.service: Main process exited, code=exited, status=1/FAILURE'],
    ['error', 'NVRM: Xid (PCI:0000:3b:00): 79, GPU has fallen off the bus.'],
    ['info', '{ "MESSAGE" : "x failed", "PRIORITY" : "6", "__REALTIME_TIMESTAMP" : "1767225600123456" }'],
    ['none', 'done: err=<nil> fatal=false'],
    ['none', 'call returned "error":null'],
    ['none', '12 passed, 0 failed, 0 warnings'],
    ['error', '12 passed, 3 failed'],
  ])('%s: %s', (expected, line) => {
    expect(severity(line)).toBe(expected);
  });

  test('every level is a severity of the contract', () => {
    expect(Severity.options).toContain(severity('ALERT: x'));
  });

  test('no rule takes long on a line made to slow it down', () => {
    for (const part of [
      '1.',
      'a.',
      'a-',
      'a-1',
      'com.a.',
      'timeout',
      'error ',
      'no error ',
      '"a":',
      'lib-',
    ]) {
      const started = performance.now();
      severity(part.repeat(20_000));
      expect(performance.now() - started).toBeLessThan(200);
    }
  });
});
