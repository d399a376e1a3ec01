import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { finished } from 'node:stream/promises';

/** Changes with the lines that are made, so that a file of another version is made anew. */
export const MAKER_VERSION = 2;
const SEED = 20_240_501;
/** Lines that are joined before they are written. */
const BATCH = 8192;

/** A small seeded generator of random numbers (mulberry32). */
class Dice {
  constructor(private state: number) {}

  /** 0 .. below - 1. */
  roll(below: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below);
  }

  pick<T>(from: readonly T[]): T {
    return from[this.roll(from.length)] as T;
  }

  hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += this.roll(0x1000_0000).toString(16).padStart(7, '0');
    return text.slice(0, digits);
  }

  address(): string {
    return `10.${this.roll(64)}.${this.roll(256)}.${1 + this.roll(250)}`;
  }
}

/** One line of a program's log behind its time, in the manner of systems whose logs are long. */
type Message = (dice: Dice, now: Date) => string;

interface Program {
  /** How many of a thousand lines are its own. */
  readonly weight: number;
  readonly line: (dice: Dice, now: Date) => string;
}

const two = (value: number) => String(value).padStart(2, '0');
const three = (value: number) => String(value).padStart(3, '0');
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const clock = (now: Date) =>
  `${two(now.getUTCHours())}:${two(now.getUTCMinutes())}:${two(now.getUTCSeconds())}`;
const date = (now: Date) => `${now.getUTCFullYear()}-${two(now.getUTCMonth() + 1)}-${two(now.getUTCDate())}`;
const comma = (now: Date) => `${date(now)} ${clock(now)},${three(now.getUTCMilliseconds())}`;
const syslog = (now: Date) =>
  `${MONTHS[now.getUTCMonth()]} ${String(now.getUTCDate()).padStart(2, ' ')} ${clock(now)}`;

function program(
  weight: number,
  head: (dice: Dice, now: Date) => string,
  messages: readonly Message[],
): Program {
  // Frequent messages first, as in real logs: a few make up most lines.
  const line = (dice: Dice, now: Date) => {
    const place = Math.min(
      dice.roll(messages.length),
      dice.roll(messages.length),
      dice.roll(messages.length),
    );
    return `${head(dice, now)}${(messages[place] as Message)(dice, now)}`;
  };
  return { weight, line };
}

const storage = program(
  280,
  (dice, now) => `${comma(now)} INFO [DataXceiver-${dice.roll(40)}] node.BlockService: `,
  [
    (d) =>
      `Receiving block blk_${d.roll(2 ** 31)}_${d.roll(90_000)} src: /${d.address()}:${d.roll(60_000)} dest: /${d.address()}:9866`,
    (d) =>
      `Received block blk_${d.roll(2 ** 31)}_${d.roll(90_000)} of size ${d.roll(134_217_728)} from /${d.address()}`,
    (d) => `PacketWriter ${d.roll(3)} for block blk_${d.roll(2 ** 31)}_${d.roll(90_000)} terminating`,
    (d) =>
      `Deleting block blk_${d.roll(2 ** 31)}_${d.roll(90_000)} file /data/${d.roll(12)}/current/finalized/subdir${d.roll(256)}`,
    (d) => `Verification succeeded for blk_${d.roll(2 ** 31)}_${d.roll(90_000)}`,
    (d) =>
      `Slow block receiver write took ${300 + d.roll(2000)}ms (threshold=300ms), volume=/data/${d.roll(12)}`,
  ],
);

const batch = program(
  180,
  (dice, now) =>
    `${date(now).slice(2).replaceAll('-', '/')} ${clock(now)} ${dice.roll(60) ? 'INFO' : 'WARN'} `,
  [
    (d) => `executor.Runner: Running task ${d.roll(200)}.0 in stage ${d.roll(40)}.0 (TID ${d.roll(90_000)})`,
    (d) =>
      `executor.Runner: Finished task ${d.roll(200)}.0 in stage ${d.roll(40)}.0 (TID ${d.roll(90_000)}). ${d.roll(4000)} bytes result sent to driver`,
    (d) =>
      `storage.MemoryStore: Block rdd_${d.roll(60)}_${d.roll(200)} stored as values in memory (estimated size ${d.roll(900)}.${d.roll(10)} KB, free ${d.roll(500)}.${d.roll(10)} MB)`,
    (d) => `storage.BlockManager: Found block rdd_${d.roll(60)}_${d.roll(200)} locally`,
    (d) =>
      `shuffle.Fetcher: Getting ${d.roll(200)} non-empty blocks out of ${d.roll(400)} blocks in ${d.roll(90)} ms`,
    (d) =>
      `scheduler.SetManager: Lost task ${d.roll(200)}.0 in stage ${d.roll(40)}.0 (TID ${d.roll(90_000)}, ${d.address()}): ExecutorLostFailure (executor ${d.roll(50)} exited)`,
  ],
);

const access = program(
  180,
  (dice, now) =>
    `${dice.address()} - - [${two(now.getUTCDate())}/${MONTHS[now.getUTCMonth()]}/${now.getUTCFullYear()}:${clock(now)} +0000] `,
  [
    (d) => `"GET /api/v2/orders/${d.roll(900_000)} HTTP/1.1" 200 ${d.roll(9000)} "-" "client/2.${d.roll(9)}"`,
    (d) => `"GET /static/app.${d.hex(8)}.js HTTP/1.1" 304 0 "-" "Mozilla/5.0 (X11; Linux x86_64)"`,
    (d) => `"POST /api/v2/carts/${d.hex(24)}/items HTTP/1.1" 201 ${d.roll(900)} "-" "client/2.${d.roll(9)}"`,
    (d) => `"GET /health HTTP/1.1" 200 2 "-" "probe/1.${d.roll(4)}"`,
    (d) =>
      `"GET /api/v2/search?q=${d.hex(6)}&page=${d.roll(40)} HTTP/1.1" ${d.pick([200, 200, 404, 502])} ${d.roll(40_000)} "-" "client/2.${d.roll(9)}"`,
  ],
);

const system = program(120, (dice, now) => `${syslog(now)} node${two(dice.roll(32))} `, [
  (d) =>
    `sshd[${d.roll(32_000)}]: Accepted publickey for deploy from ${d.address()} port ${d.roll(60_000)} ssh2: ED25519 SHA256:${d.hex(43)}`,
  (d) => `systemd[1]: Started Session ${d.roll(90_000)} of User deploy.`,
  (d) => `CRON[${d.roll(32_000)}]: (root) CMD (/usr/lib/sysstat/sa1 1 1)`,
  (d) =>
    `sshd[${d.roll(32_000)}]: Failed password for invalid user admin from ${d.address()} port ${d.roll(60_000)} ssh2`,
  (d) =>
    `kernel: [${d.roll(900_000)}.${100_000 + d.roll(900_000)}] eth0: link up, ${d.pick([1000, 10_000])} Mbps, full duplex`,
  (d) =>
    `kernel: [${d.roll(900_000)}.${100_000 + d.roll(900_000)}] Out of memory: Killed process ${d.roll(32_000)} (java) total-vm:${d.roll(9_000_000)}kB`,
]);

const service = program(
  130,
  (dice, now) =>
    `{"ts":"${now.toISOString()}","level":"${dice.roll(50) ? 'info' : 'error'}","svc":"checkout",`,
  [
    (d) => `"msg":"request done","trace":"${d.hex(32)}","status":200,"ms":${d.roll(900)}}`,
    (d) => `"msg":"cache miss","key":"cart:${d.hex(12)}","shard":${d.roll(16)}}`,
    (d) => `"msg":"upstream call","host":"${d.address()}:8443","trace":"${d.hex(32)}","ms":${d.roll(3000)}}`,
    (d) =>
      `"msg":"upstream timed out after ${1000 + d.roll(4000)} ms","host":"${d.address()}:8443","trace":"${d.hex(32)}"}`,
  ],
);

const SUBJECTS = [
  'lease',
  'session',
  'replica',
  'segment',
  'index',
  'snapshot',
  'queue',
  'token',
  'region',
  'volume',
  'quota',
  'peer',
];
const VERBS = [
  'renewed',
  'expired',
  'moved',
  'opened',
  'rejected',
  'compacted',
  'synced',
  'evicted',
  'retried',
  'assigned',
];
const ENDS: readonly Message[] = [
  (d) => `after ${d.roll(900)} ms`,
  (d) => `by ${d.address()}:${d.roll(60_000)}`,
  (d) => `for user-${d.hex(6)} (${d.roll(64)} left)`,
  (d) => `at offset ${d.roll(2 ** 31)}`,
];

/** Many different messages that come rarely, as large systems have. */
const rare = program(
  100,
  (dice, now) => `${comma(now)} ${dice.pick(['INFO', 'INFO', 'DEBUG', 'WARN'])} [scheduler] `,
  SUBJECTS.flatMap((subject) =>
    VERBS.flatMap((verb) =>
      ENDS.map(
        (end): Message =>
          (d, now) =>
            `core.${subject}.Manager: ${subject} ${d.roll(9000)} ${verb} ${end(d, now)}`,
      ),
    ),
  ),
);

/** A stack trace: one record of several lines. */
const traces: Program = {
  weight: 10,
  line: (d, now) =>
    [
      `${comma(now)} ERROR [worker-${d.roll(8)}] jobs.Runner: Job ${d.hex(8)} failed`,
      `java.io.IOException: Connection reset by peer ${d.address()}:${d.roll(60_000)}`,
      `\tat com.example.net.Channel.read(Channel.java:${d.roll(900)})`,
      `\tat com.example.jobs.Runner.run(Runner.java:${d.roll(400)})`,
      `\t... ${d.roll(40)} more`,
    ].join('\n'),
};

const PROGRAMS = [storage, batch, access, system, service, rare, traces];
const TABLE = PROGRAMS.flatMap((each) => Array.from({ length: each.weight }, () => each));

/** The text that a search looks for: it stands in one line only, near the end. */
export const NEEDLE = 'needle-7f3a9c in the last tenth of the log';

/** Writes a log of about `megabytes` MB (10^6 bytes), the same each time. Lines of several programs, as one host's journal has them. */
export async function makeLog(path: string, megabytes: number): Promise<void> {
  const part = `${path}.part`;
  const out = createWriteStream(part);
  const dice = new Dice(SEED);
  const now = new Date(Date.UTC(2024, 4, 1));
  const total = megabytes * 1e6;
  let hasNeedle = false;
  for (let bytes = 0; bytes < total; ) {
    let text = '';
    for (let line = 0; line < BATCH; line++) {
      now.setTime(now.getTime() + dice.roll(7));
      text += `${dice.pick(TABLE).line(dice, now)}\n`;
    }
    if (!hasNeedle && bytes > total * 0.95) {
      text += `${comma(now)} INFO [main] jobs.Runner: ${NEEDLE}\n`;
      hasNeedle = true;
    }
    bytes += text.length;
    if (!out.write(text, 'latin1')) await once(out, 'drain');
  }
  out.end();
  await finished(out);
  await rename(part, path);
}

/** Makes the log where it is not there yet. */
export async function ensureLog(path: string, megabytes: number, say: (line: string) => void): Promise<void> {
  const known = await stat(path).catch(() => null);
  if (known && known.size >= megabytes * 1e6) return;
  await rm(path, { force: true });
  say(`Making a log of ${megabytes} MB: ${path}`);
  await makeLog(path, megabytes);
}
