/**
 * Words that mean the same in a request to an operations assistant. The first word of a line stands for
 * all; the words are stemmed when they are read, so one form of each is enough.
 */
const GROUPS = `
directory folder dir subfolder
large big biggest largest huge heaviest greatest
small tiny smallest
delete remove erase
process task job program
memory ram
use using used usage utilization utilisation consume consuming consumer consumption eat eating
most top highest
make create generate new build
own owns belong belongs owner owned ownership
client clients visitor
syscall syscalls
capture sniff record
key keys keypair
recursively below recursive
readable human
text string
inside within
free available left unused
cpu cpus processor
kill terminate end
stop halt
start launch begin
error failure fail failing problem issue
disk drive ssd hdd
space room storage
address ip
connection socket
listen listening bound
machine server host computer box
container containers
image images
pod pods
kubernetes k8s kubectl
postgres postgresql psql
database db
certificate cert certificates
expire expiry expiration expires
tls ssl https
user account
password passwd
permission permissions rights mode
search look seek find locate grep
replace substitute
compress zip gzip
extract unpack untar uncompress decompress
archive tarball tar
package packages
install setup
upgrade update
newest latest
recent recently
last previous
live realtime continuously follow tail watch
log logs logfile
service daemon unit
boot startup
reboot restarted
gpu gpus graphics
nvidia cuda
amd radeon rocm instinct
temperature hot heat
network net
interface nic
name hostname
dns resolver
count number many
line row
file document
mount mounted
unmount umount
slow slowest latency
query queries statement
changed modified edited altered
copy duplicate
compare diff difference differ
check test validate verify
config configuration settings
queue backlog
schedule cron crontab
kernel dmesg
oom out-of-memory
branch branches
undo revert rollback
commit commits
blocked locked block
download fetch
packet packets
swap swapped
enable enabled activate
disable disabled deactivate
hung wedged stuck frozen
reset clear zero
watts watt w
limit cap
picture status state overview
quick short
collect gather
namespace namespaces ns
deployment deployments
volume volumes
labelled label labels labeled
events event
region location
drained drain
cancel abort
environment env
core cores
thread threads
version release
`;

/** Words that say nothing about what is asked. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an the of to in on at by for from with without into onto as is are was were be been being am do does did ' +
    'doing done have has had i me my we our us you your it its they them their this that these those there here ' +
    'and or but if then than so what which who whom whose when where why how can could would should will shall ' +
    'may might must want need like please help let make any some all every each just only also still really ' +
    'right one ones way out up about show list display print view see give tell get currently now present ' +
    'takes taking'
  ).split(' '),
);

/** Phrases that mean one word, replaced before the text is cut into words. */
export const PHRASES: readonly (readonly [phrase: RegExp, word: string])[] = [
  [/\b(?:turn|switch|put)(?:ed|s|ing)? (?:[\w-]+ ){0,3}on\b/g, 'enable $&'],
  [/\b(?:turn|switch|put)(?:ed|s|ing)? (?:[\w-]+ ){0,3}off\b/g, 'disable $&'],
  [/\b(?:tear|take|bring)(?:s|ing)? (?:[\w-]+ ){0,3}down\b/g, 'teardown $&'],
  [/\b(?:get|give|bring|put|make)(?:s|ing)? (?:[\w-]+ ){0,3}back\b/g, 'restore $&'],
  [/\bget(?:ting)? rid of\b/g, 'delete'],
  [/\bthrow(?:ing)? away\b/g, 'discard'],
  [/\bdo(?:es)?n'?t|\bdo not\b/g, 'not'],
  [/\bline by line\b/g, 'line'],
  [/\bsystem calls?\b/g, 'syscall'],
  [/\b(kernel )?ring buffer\b/g, 'kernel message'],
  [/\bkernel log\b/g, 'kernel message'],
  [/\bout of memory\b/g, 'oom'],
  [/\bfile descriptors?\b/g, 'descriptor'],
  [/\bhow many\b/g, 'count'],
  [/\bhow long\b/g, 'time'],
  [/\bversion control\b/g, 'git'],
];

/** Synonym -> the word that stands for its group; `normalize` is the caller's stemmer. */
export function synonymTable(normalize: (word: string) => string): ReadonlyMap<string, string> {
  const table = new Map<string, string>();
  for (const line of GROUPS.trim().split('\n')) {
    const [head, ...others] = line.split(' ').map(normalize);
    if (head === undefined) continue;
    for (const word of others) table.set(word, head);
  }
  return table;
}
