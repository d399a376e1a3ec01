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
    ['none', 'finished without errors'],
    ['none', 'finished with 0 failures, 0 errors'],
    ['none', '"errors": 0, "warnings": 0'],
    ['none', 'opened /var/log/error.log'],
    ['none', 'error handler registered'],
    ['none', 'status installed libgpg-error-dev:amd64 1.46-1'],
    ['none', '    at com.acme.FailedException.run(Main.java:12)'],
    ['none', 'listening on port 80'],
  ])('%s: %s', (expected, line) => {
    expect(severity(line)).toBe(expected);
  });

  test('every level is a severity of the contract', () => {
    expect(Severity.options).toContain(severity('ALERT: x'));
  });
});
