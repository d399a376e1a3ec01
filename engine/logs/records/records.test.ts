import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Scanner } from '../masks/scanner';
import { TimeReader } from '../time/line-time';
import { lineRole } from './line-role';
import { LineRoles } from './line-roles';
import { logHabits, RecordJoiner } from './record-joiner';

const reader = new TimeReader({ newest: Date.UTC(2026, 6, 1), dateOrder: null });

/** Lines of the log with `| ` before those that continue a record. */
function joined(lines: readonly string[]): string[] {
  const scanner = new Scanner();
  const lineRoles = new LineRoles();
  const roles = Uint8Array.from(lines, (line) => {
    const bytes = Buffer.from(line);
    scanner.scan(bytes, 0, bytes.length);
    return lineRoles.read(scanner, bytes, 0, bytes.length);
  });
  const times = Float64Array.from(lines, (line) => {
    const bytes = Buffer.from(line);
    const place = reader.find(bytes, 0, bytes.length);
    return place === null ? Number.NaN : reader.read(place, bytes, 0, bytes.length);
  });
  const joiner = new RecordJoiner(logHabits(roles, times, lines.length));
  return lines.map(
    (line, index) =>
      `${joiner.continues(roles[index] as number, !Number.isNaN(times[index])) ? '| ' : ''}${line}`,
  );
}

/** A log written with `| ` before its continuation lines must come out as it is. */
function check(log: string): void {
  const expected = log.split('\n').slice(1, -1);
  expect(joined(expected.map((line) => line.replace(/^\| /, '')))).toEqual(expected);
}

/** Traces as programs print them. Their lines but the first continue it, in whatever log they stand. */
const TRACES: Record<string, string> = {
  Java: `
java.lang.IllegalStateException: no pool
| 	at com.acme.Pool.get(Pool.java:12)
| 	at com.acme.Main$Inner.lambda$main$0(Main.java:7) ~[app.jar:1.2]
| 	Suppressed: java.io.IOException: closed
| 		at com.acme.Pool.close(Pool.java:20)
| Caused by: java.net.ConnectException: Connection refused
| 	at java.base/sun.nio.ch.Net.connect0(Native Method)
| 	... 12 more
`,
  'Java, thread': `
Exception in thread "main" java.lang.OutOfMemoryError: Java heap space
| 	at java.base/java.util.Arrays.copyOf(Arrays.java:3332)
`,
  Python: `
Traceback (most recent call last):
|   File "/app/main.py", line 12, in <module>
|     main()
|   File "/app/main.py", line 7, in main
|     return 1 / x
|            ~~^~~
| ZeroDivisionError: division by zero
`,
  'Python, chained': `
Traceback (most recent call last):
|   File "/app/main.py", line 12, in get
|     return cache[key]
| KeyError: 'user'
| 
| During handling of the above exception, another exception occurred:
| 
| Traceback (most recent call last):
|   File "/app/main.py", line 20, in <module>
|     get(1)
| requests.exceptions.ConnectionError: HTTPConnectionPool(host='db', port=80): Max retries exceeded
`,
  'Python, message without a colon': `
Traceback (most recent call last):
|   File "<stdin>", line 1, in <module>
| KeyboardInterrupt
`,
  Go: `
panic: runtime error: index out of range [5] with length 3
| 
| goroutine 1 [running]:
| main.handle(0xc000012345, {0x1234, 0x5})
| 	/app/main.go:8 +0x1d
| main.(*Server).Serve(...)
| 	/app/server.go:20
| created by main.main in goroutine 1
| 	/app/main.go:30 +0x25
`,
  Node: `
/app/index.js:10
|     throw new Error('it broke');
|     ^
| 
| Error: it broke
|     at Object.<anonymous> (/app/index.js:10:7)
|     at Module._compile (node:internal/modules/cjs/loader:1105:14) {
|   code: 'E_BROKE'
| }
| 
| Node.js v18.0.0
`,
  '.NET': `
Unhandled exception. System.InvalidOperationException: no pool
|  ---> System.IO.IOException: closed
|    at Acme.Pool.Get() in /app/Pool.cs:line 12
|    --- End of inner exception stack trace ---
|    at Acme.Program.Main(String[] args) in /app/Program.cs:line 7
`,
  Rust: `
thread 'main' panicked at src/main.rs:5:9:
| index out of bounds: the len is 3 but the index is 5
| stack backtrace:
|    0: std::panicking::begin_panic
|              at /rustc/1234abcd/library/std/src/panicking.rs:652:5
| note: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace
`,
  Ruby: `
app.rb:5:in 'Integer#/': divided by 0 (ZeroDivisionError)
| 	from app.rb:5:in 'Object#half'
| 	from app.rb:9:in '<main>'
`,
  PHP: `
PHP Fatal error:  Uncaught RuntimeException: it broke in /app/index.php:3
| Stack trace:
| #0 /app/index.php(7): run()
| #1 {main}
|   thrown in /app/index.php on line 3
`,
};

describe('records', () => {
  test.each(Object.entries(TRACES))('a trace of %s alone', (_, trace) => {
    check(trace);
  });

  test.each(Object.entries(TRACES))('a trace of %s between lines without times', (_, trace) => {
    check(`
starting
listening${trace}starting again
listening
`);
  });

  test.each(Object.entries(TRACES))('a trace of %s below a line with a header', (_, trace) => {
    const all = trace.slice(1).replace(/^(?!\| )(?=.)/gm, '| ');
    check(`
2026-01-01 00:00:00,123 INFO started
2026-01-01 00:00:01,123 ERROR it broke
${all}2026-01-01 00:00:02,123 INFO stopped
`);
  });

  test.each(Object.entries(TRACES))('a trace of %s line by line out of a container', (_, trace) => {
    const cri = trace
      .split('\n')
      .map((line) => line.replace(/^(\| )?(.*)$/, '$12026-01-01T00:00:00.123456789Z stderr F $2'))
      .slice(1, -1);
    check(`
2026-01-01T00:00:00.123456789Z stdout F started
${cri.join('\n')}
2026-01-01T00:00:00.123456789Z stdout F stopped
`);
    const docker = trace
      .split('\n')
      .slice(1, -1)
      .map((line) => {
        const text = JSON.stringify(`${line.replace(/^\| /, '')}\n`);
        return `${line.startsWith('| ') ? '| ' : ''}{"log":${text},"stream":"stderr","time":"2026-01-01T00:00:00.1Z"}`;
      });
    check(`
{"log":"started\\n","stream":"stdout","time":"2026-01-01T00:00:00.1Z"}
${docker.join('\n')}
{"log":"stopped\\n","stream":"stdout","time":"2026-01-01T00:00:00.1Z"}
`);
  });

  test('wrapped SQL and other lines without a header below one with a header', () => {
    check(`
2026-01-01 00:00:00.123 UTC [4242] LOG:  statement: SELECT *
| 	FROM account
| 	WHERE id = 1
2026-01-01 00:00:00.123 UTC [4242] ERROR:  syntax error
| 
| no header here
2026-01-01 00:00:00.123 UTC [4242] LOG:  done
`);
  });

  test('a line that a runtime cut goes on in the next one', () => {
    check(
      `
2026-01-01T00:00:00.1Z stdout P a long
|  2026-01-01T00:00:00.1Z stdout P er
| 2026-01-01T00:00:00.1Z stdout F  line
2026-01-01T00:00:00.1Z stdout F another
`.replace('|  ', '| '),
    );
    check(`
{"log":"a long","stream":"stdout","time":"2026-01-01T00:00:00.1Z"}
| {"log":" line\\n","stream":"stdout","time":"2026-01-01T00:00:00.1Z"}
{"log":"another\\n","stream":"stdout","time":"2026-01-01T00:00:00.1Z"}
`);
  });

  test('lines of a log without headers are their own records, indented ones of their kind too', () => {
    check(`
one
two

three
`);
    check(
      `
total 3
  a 1
  b 2
  c 3
`.replace('total 3\n', ''),
    );
  });

  test('lines with a level and no time, and objects, are records', () => {
    check(`
ERROR: it broke
INFO started
[WARN] low disk
{"a":1}
{"b":2}
`);
  });

  test('another source begins a record', () => {
    const joiner = new RecordJoiner({ headed: true, indentJoins: true });
    const indented = lineRole(' x');
    expect([
      joiner.continues(lineRole('a'), true, 0),
      joiner.continues(indented, false, 0),
      joiner.continues(indented, false, 1),
      joiner.continues(indented, false, 1),
    ]).toEqual([false, true, false, true]);
  });

  test('the first line of any log begins a record, one with a time always does', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (lines) => {
        const result = joined([...lines, '2026-01-01 00:00:00 text']);
        expect(result[0]).toBe(lines[0]);
        expect(result.at(-1)).toBe('2026-01-01 00:00:00 text');
      }),
    );
  });

  test('no line takes long, however it is made', () => {
    for (const part of [
      'a.(',
      'a.',
      'Error',
      'a:',
      '(',
      '{"',
      '{"msg":"',
      '\\u1b[',
      'a=1 ',
      '"',
      ' ',
      '[]',
      'at a.',
      "'",
    ]) {
      const line = part.repeat(4096 / part.length);
      for (const skeleton of [
        line,
        `${line}!`,
        `{"msg":"${line}`,
        `1T1Z stderr F ${line}`,
        `a=1 b=2 msg="${line}`,
      ]) {
        const start = performance.now();
        lineRole(skeleton);
        expect(performance.now() - start, skeleton.slice(0, 30)).toBeLessThan(200);
      }
    }
  });

  test('records have an end', () => {
    const joiner = new RecordJoiner({ headed: true, indentJoins: true });
    const longest = (role: number) => {
      let run = 0;
      let most = 0;
      for (let line = 0; line < 30_000; line++) {
        run = joiner.continues(role, false) ? run + 1 : 0;
        most = Math.max(most, run);
      }
      return most;
    };
    expect(longest(lineRole('no header'))).toBeLessThanOrEqual(501);
    expect(longest(lineRole(' indented'))).toBeLessThan(10_000);
  });
});
