import { beforeAll, expect, test } from 'vitest';
import { loadParserFromNodeModules } from '../commands/parse/node-modules-parser';
import type { ShellParser } from '../commands/parse/syntax';
import { rank, rateText } from '../commands/risk';
import { FUZZ_TIMEOUT_MS, fuzz, mutated } from './fuzz';

let parser: ShellParser;
beforeAll(async () => {
  parser = await loadParserFromNodeModules();
});

/** A brace after `$` is the shell's here. */
const BRACE = '$'.concat('{');
const COMMANDS = [
  'df -h | sort -k5 -r | head -5',
  'find . -name "*.tmp" -mtime +7 -print0 | xargs -0 rm -f --',
  'for f in *.log; do gzip -9 "$f" && mv "$f.gz" /backup/; done',
  'ssh -p 22 root@host "sudo systemctl restart nginx; echo $?"',
  `cat <<EOF >/etc/x\n${BRACE}HOME:-$(id -u)}\nEOF`,
  'if [[ -f a && ! -d b ]]; then eval "$(cat a)"; elif ((x++ < 3)); then :; fi',
  'awk \'BEGIN { system("rm -rf /") } { print $1 }\' f; sed -i "s/a/b/e" f',
  'python3 -c \'import os; os.system("id")\' & wait; case $x in a|b) ;; *) exit 1;; esac',
  `f() { local -a y=(1 "${BRACE}!z[@]}"); }; f <(tail -f x) 2>&1 >/dev/null`,
];

test('any text is rated, and alike each time', { timeout: FUZZ_TIMEOUT_MS }, async () => {
  await fuzz('shell risk', 700, mutated(COMMANDS), (text) => {
    const risk = rateText(parser.parse(text), parser);
    expect(rank(risk.level)).toBeGreaterThanOrEqual(0);
    expect(rateText(parser.parse(text), parser)).toEqual(risk);
  });
});
