import type { CommandSpec } from './command-spec';
import { VendorTool, vendorSpec } from './vendor/vendor-spec';

const SOURCE = { kind: 'builtin', name: 'bash builtins' } as const;

/** Reads 'name: what it does | -a what | -n COUNT what', one builtin a line. */
function parse(line: string): CommandSpec {
  const [head = '', ...options] = line.split(' | ');
  const [, name = '', description = ''] = /^(\S+): (.*)$/.exec(head) ?? [];
  const tool: VendorTool = {
    description,
    complete: true,
    options: Object.fromEntries(
      options.map((option) => {
        const [, tag = '', meaning = ''] = /^(-\S+(?: [A-Z]+\b)?) (.*)$/.exec(option) ?? [];
        return [tag, meaning];
      }),
    ),
  };
  return vendorSpec(name, VendorTool.parse(tool), SOURCE);
}

/** Words that the shell itself carries out, with the options of bash. Some (kill, test, printf) are programs too. */
const BUILTINS = `
.: Runs the commands of a file in this shell
:: Does nothing and succeeds
[: Evaluates a condition
[[: Evaluates a condition with patterns and regular expressions
alias: Shows or defines aliases | -p show all aliases as commands
bg: Continues stopped jobs in the background
bind: Shows or sets key bindings of the line editor | -m KEYMAP use this keymap | -l list the functions | -P list functions with their keys | -p list functions with their keys as input | -S list key sequences of macros | -s list key sequences of macros as input | -V list variables | -v list variables as input | -q FUNCTION tell which keys call it | -u FUNCTION unbind its keys | -r KEYS remove a binding | -f FILE read bindings from a file | -x BINDING run a shell command on a key | -X list keys bound to shell commands
break: Leaves a loop
builtin: Runs a builtin, never a function of that name
caller: Shows the call that led to this function
cd: Changes the current folder | -L follow symbolic links | -P use the folder without symbolic links | -e fail when the folder cannot be told, with -P | -@ show extended attributes as a folder
command: Runs a program or builtin, never a function, or tells what a name is | -p use the standard PATH | -v tell what would be run | -V describe what would be run
compgen: Lists possible completions | -a aliases | -b builtins | -c commands | -d folders | -e exported variables | -f files | -g groups | -j jobs | -k reserved words | -s services | -u users | -v variables | -A ACTION kind of completions | -o OPTION option of the completion | -G GLOB pattern of files | -W WORDS list of words | -F FUNCTION function that completes | -C COMMAND command that completes | -X PATTERN leave out matches | -P PREFIX put before each | -S SUFFIX put after each
complete: Sets how arguments are completed | -p show the settings | -r remove the settings | -a aliases | -b builtins | -c commands | -d folders | -e exported variables | -f files | -g groups | -j jobs | -k reserved words | -s services | -u users | -v variables | -A ACTION kind of completions | -D for commands without settings | -E for an empty line | -I for the first word | -o OPTION option of the completion | -G GLOB pattern of files | -W WORDS list of words | -F FUNCTION function that completes | -C COMMAND command that completes | -X PATTERN leave out matches | -P PREFIX put before each | -S SUFFIX put after each
compopt: Changes options of completions | -o OPTION option of the completion | -D for commands without settings | -E for an empty line | -I for the first word
continue: Goes on with the next round of a loop
coproc: Runs a command in the background with pipes to it
declare: Declares variables and their attributes | -a an indexed array | -A an associative array | -f functions only | -F names of functions only | -g global scope in a function | -i an integer | -I inherit from the outer variable | -l turned to lower case | -n a reference to another variable | -p show attributes and values | -r read-only | -t traced | -u turned to upper case | -x exported
dirs: Shows the stack of folders | -c empty the stack | -l without the tilde for home | -p one a line | -v one a line with numbers
disown: Takes jobs off the job list, so that closing the shell does not end them | -a all jobs | -h only keep them from SIGHUP | -r running jobs only
echo: Prints its arguments | -n without a line end | -e with backslash escapes | -E without backslash escapes
enable: Switches builtins on or off | -a list all | -d remove a loaded one | -n switch off | -p list | -s POSIX special ones only | -f FILE load from a file
eval: Runs its arguments as a command
exec: Replaces the shell by a program, or redirects its streams | -a NAME name that the program is given | -c with an empty environment | -l as a login shell
exit: Ends the shell
export: Makes variables part of the environment | -f functions | -n take it back | -p show all
false: Fails
fc: Lists, edits or runs commands of the history | -e EDITOR edit with this program | -l list | -n without numbers | -r newest first | -s run again without editing
fg: Continues a job in the foreground
getopts: Reads options of a script
hash: Remembers where programs are | -d forget a name | -l list as commands | -p PATH take this path | -r forget all | -t tell the path
help: Shows help on builtins | -d one sentence each | -m like a manual page | -s the synopsis only
history: Shows or changes the list of earlier commands | -c clear the list | -d OFFSET delete one entry | -a append new entries to the file | -n read new entries of the file | -r read the file | -w write the file | -p expand without keeping | -s add as one entry
jobs: Lists jobs | -l with process ids | -n only those that changed | -p process ids only | -r running ones | -s stopped ones
kill: Sends a signal to processes or jobs | -s SIGNAL signal by name | -n NUMBER signal by number | -l list signals | -L list signals
let: Evaluates arithmetic
local: Declares variables of a function | -a an indexed array | -A an associative array | -i an integer | -I inherit from the outer variable | -l turned to lower case | -n a reference | -p show | -r read-only | -t traced | -u turned to upper case | -x exported
logout: Ends a login shell
mapfile: Reads lines into an array | -d DELIM end of a line | -n COUNT at most this many lines | -O ORIGIN first index | -s COUNT leave out the first lines | -t without the line end | -u FD read from this descriptor | -C CALLBACK call on every quantum | -c QUANTUM lines between calls
popd: Takes a folder off the stack and goes there | -n without changing the folder
printf: Prints formatted | -v VAR put it into a variable
pushd: Puts a folder on the stack and goes there | -n without changing the folder
pwd: Shows the current folder | -L with symbolic links | -P without symbolic links
read: Reads a line into variables | -a ARRAY into an array | -d DELIM end of the line | -e with the line editor | -E with the line editor and its completion | -i TEXT text to start with | -n COUNT return after this many characters | -N COUNT read exactly this many characters | -p PROMPT show this first | -r backslashes are ordinary | -s without showing what is typed | -t SECONDS give up after | -u FD read from this descriptor
readarray: Reads lines into an array | -d DELIM end of a line | -n COUNT at most this many lines | -O ORIGIN first index | -s COUNT leave out the first lines | -t without the line end | -u FD read from this descriptor | -C CALLBACK call on every quantum | -c QUANTUM lines between calls
readonly: Makes variables read-only | -a indexed arrays | -A associative arrays | -f functions | -p show all
return: Leaves a function
select: Offers a menu
set: Sets options of the shell and its arguments | -a export what is set | -b tell of ended jobs at once | -e end at the first failure | -f no file name patterns | -h remember programs | -k all assignments are exported | -m job control | -n read only, run nothing | -o NAME option by name | -p privileged | -t end after one command | -u unset variables are errors | -v show lines as read | -x show commands as run | -B brace expansion | -C redirection never overwrites | -E functions inherit the ERR trap | -H history expansion | -P without symbolic links | -T functions inherit the DEBUG trap
shift: Drops the first arguments
shopt: Switches behaviour of bash | -s switch on | -u switch off | -q silent, by exit status | -o names of set -o | -p show as commands
source: Runs the commands of a file in this shell | -p PATH look for the file there
suspend: Stops the shell | -f even a login shell
test: Evaluates a condition
time: Times a command | -p in the POSIX form
times: Shows the time that the shell used
trap: Runs a command on a signal | -l list signals | -p show the traps | -P show the commands only
true: Succeeds
type: Tells what a name is | -a all places | -f without functions | -p the path | -P the path, even of a builtin | -t one word
typeset: Declares variables and their attributes | -a an indexed array | -A an associative array | -f functions only | -F names of functions only | -g global scope in a function | -i an integer | -I inherit from the outer variable | -l turned to lower case | -n a reference | -p show | -r read-only | -t traced | -u turned to upper case | -x exported
ulimit: Shows or sets limits of processes | -S soft limit | -H hard limit | -a all limits | -b[LIMIT] socket buffer size | -c[LIMIT] size of core files | -d[LIMIT] data segment | -e[LIMIT] scheduling priority | -f[LIMIT] size of files | -i[LIMIT] pending signals | -k[LIMIT] kqueues | -l[LIMIT] locked memory | -m[LIMIT] resident memory | -n[LIMIT] open files | -p[LIMIT] pipe size | -q[LIMIT] message queues | -r[LIMIT] real-time priority | -s[LIMIT] stack size | -t[LIMIT] seconds of CPU | -u[LIMIT] processes of the user | -v[LIMIT] virtual memory | -x[LIMIT] file locks | -P[LIMIT] pseudo terminals | -R[LIMIT] microseconds of real-time running | -T[LIMIT] threads
umask: Shows or sets permissions that new files do not get | -p as a command | -S symbolic
unalias: Removes aliases | -a all
unset: Removes variables or functions | -f a function | -v a variable | -n the reference itself
wait: Waits for jobs to end | -f until they really ended | -n for the next one | -p VAR put the id into a variable
if: Runs commands on a condition
then: Begins the commands of an if
elif: Tests another condition of an if
else: Begins the other commands of an if
fi: Ends an if
for: Runs commands for each word
while: Runs commands as long as a condition holds
until: Runs commands until a condition holds
do: Begins the commands of a loop
done: Ends a loop
case: Chooses by patterns
esac: Ends a case
function: Defines a function
in: Separates the name from the words of for and case
!: Turns the exit status around
{: Groups commands
}: Ends a group`;

/**
 * What follows these is no list of options that we could check: operators of test, kill -9, echo -anything, fc -1, or
 * another command.
 */
const OPEN_ENDED = new Set(
  (
    'test [ [[ kill echo let fc dirs popd pushd history eval exec command builtin time coproc ' +
    'if then elif else while until do ! {'
  ).split(' '),
);
const HELP = { names: ['--help'], argument: 'none', argumentName: '', description: 'show help' } as const;
const WITHOUT_HELP = new Set(['echo', 'test', '[', 'true', 'false', ':']);

function finish(spec: CommandSpec): CommandSpec {
  const name = spec.names[0] ?? '';
  if (OPEN_ENDED.has(name)) return { ...spec, complete: false, optionStyle: 'whole' };
  return WITHOUT_HELP.has(name) ? spec : { ...spec, options: [...spec.options, HELP] };
}

let parsed: ReadonlyMap<string, CommandSpec> | undefined;

/** Builtins and reserved words of bash, by name. */
export function shellBuiltins(): ReadonlyMap<string, CommandSpec> {
  parsed ??= new Map(
    BUILTINS.trim()
      .split('\n')
      .map(parse)
      .map((spec) => [spec.names[0] ?? '', finish(spec)]),
  );
  return parsed;
}
