# Scripts and tools of a system: disks, limits, mounts, logins, mail, names, packages.

# Lines of a job at work: steps COUNT TEXT
steps() {
  for ((s = 1; s <= $1; s++)); do note "INFO  backup: $2 part-$(printf %03d "$s") ok ($((RANDOM % 900 + 100)) kB)"; done
}

case_backup_disk_full() {
  format plain
  truth "The backup's target file system is full."
  ids disk-full
  words 'disk|space|storage|file system|device|volume; full|no space|space left|out of|left|exhaust'
  shows 'No space left on device'
  follows 'ERROR backup|Exiting with failure|Error is not recoverable'
  mkdir -p data target; mount -t tmpfs -o size=3m tmpfs target
  for n in $(seq 9); do head -c 500000 /dev/urandom > "data/set-$n"; done
  steps 30 "verified"
  for n in $(seq 9); do
    note "INFO  backup: archiving data/set-$n"
    logged tar -cf "target/set-$n.tar" "data/set-$n" || note "ERROR backup: set-$n not archived"
  done
  note "ERROR backup: finished with errors"
}
case_cache_no_inodes() {
  format plain
  truth "The file system has no free inodes left (space is there)."
  ids disk-full
  words 'inode|space|disk|file system|device; full|no space|out of|left|exhaust|used'
  shows 'No space left on device'
  follows 'WARN '
  mkdir -p cache; mount -t tmpfs -o size=20m,nr_inodes=60 tmpfs cache
  note "INFO  thumbs: df says $(df -h cache | awk 'NR==2{print $4}') free"
  for n in $(seq 64); do
    if logged cp /etc/hostname "cache/thumb-$n.jpg"; then note "INFO  thumbs: wrote thumb-$n.jpg"; else note "WARN  thumbs: skipped thumb-$n.jpg"; fi
  done
}
case_deploy_readonly() {
  format plain
  truth "The file system was remounted read-only."
  ids read-only-file-system
  words 'read-only|readonly; file system|filesystem|mount|disk|storage'
  shows 'Read-only file system'
  follows 'ERROR deploy'
  mkdir -p app; mount -t tmpfs -o size=9m tmpfs app
  for n in $(seq 28); do echo "$n" > "app/file-$n"; note "INFO  deploy: installed app/file-$n"; done
  mount -o remount,ro app
  for n in 29 30 31; do logged cp app/file-1 "app/file-$n" || note "ERROR deploy: app/file-$n not installed"; done
  logged mkdir app/releases; logged ln -s app/file-1 app/current
  note "ERROR deploy: rolled back"
}
case_mount_wrong_type() {
  format plain
  truth "The device holds no file system that mount can read (it is blank)."
  ids mount-wrong-fs-type
  words 'file system|filesystem|superblock|type|format; wrong|bad|no |not|blank|missing|unknown'
  shows 'wrong fs type|bad superblock|Bad magic number'
  follows 'ERROR |dmesg\(1\)'
  truncate -s 8M disk.img; mkdir -p media
  steps 32 "checked"
  note "INFO  backup: mounting the archive disk"
  logged mount -t ext4 -o loop disk.img media || note "ERROR backup: archive disk not mounted"
  logged dumpe2fs -h disk.img
  note "ERROR backup: nothing saved today"
}
case_mount_missing_device() {
  format plain
  truth "The device named in fstab does not exist."
  ids mount-no-device no-such-file
  words 'device|disk|uuid|special|label; not exist|missing|find|not there|no such|not found|removed'
  shows "can't find UUID|special device .* does not exist"
  follows 'ERROR '
  mkdir -p media
  printf 'UUID=7c3b9a52-1d44-4d0a-9f0e-3f2a5c1b8e11 /srv/lab/media ext4 defaults 0 2\n' > /etc/fstab
  steps 33 "checked"
  logged mount /srv/lab/media || note "ERROR backup: /srv/lab/media not mounted"
  logged mount -t ext4 /dev/sdx1 media || note "ERROR backup: /dev/sdx1 not mounted"
}
case_python_memory() {
  format python
  truth "The process may use 300 MB at most (ulimit -v) and needs more."
  ids python-memory-error
  words 'memory; limit|out of|error|not enough|exhaust|ran out|allocat|more'
  shows 'MemoryError|Traceback|File "|rows = |numbers = |append'
  follows 'not finished'
  cat > job.py <<'PY'
import logging, sys
logging.basicConfig(level=logging.INFO, format='%(asctime)s - %(name)s - %(levelname)s - %(message)s', stream=sys.stdout)
log = logging.getLogger('report.build')
kept = []
for day in range(1, 200):
    try:
        kept.append(bytearray(6_000_000))
        log.info('day %d read, %d MB in use', day, 6 * day)
    except MemoryError:
        log.exception('day %d could not be read', day)
        log.error('report not finished')
        break
PY
  (ulimit -v 300000; logged python3 job.py)
}
case_node_heap() {
  format pino
  truth "Node's heap limit (--max-old-space-size) is too small for the job."
  ids node-heap-limit
  words 'heap|memory; limit|out of|exhaust|full|ran out|small|used up'
  shows 'heap out of memory|Mark-(sweep|Compact)|Scavenge'
  follows 'node::|v8::|^ *[0-9]+: 0x'
  cat > job.js <<'JS'
const kept = [];
const log = (level, msg, more) => process.stdout.write(`${JSON.stringify({ level, time: Date.now(), pid: process.pid, hostname: 'app1', name: 'importer', ...more, msg })}\n`);
for (let batch = 1; batch < 400; batch++) {
  for (let row = 0; row < 12000; row++) kept.push({ row, batch, tags: [row, batch], name: `item-${batch}-${row}` });
  log(30, 'batch read', { batch, rows: kept.length });
}
JS
  logged node --max-old-space-size=60 job.js
}
case_java_heap() {
  format log4j
  truth "The Java heap (-Xmx) is too small for the job."
  ids java-heap-space java-gc-overhead
  words 'heap|memory; space|limit|full|exhaust|small|out of|ran out'
  shows 'OutOfMemoryError|^\s+at '
  cat > Importer.java <<'JAVA'
import java.time.*; import java.time.format.*; import java.util.*;
public class Importer {
  static void log(String level, String text) {
    System.out.println(LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS")) + " " + level + " com.example.Importer: " + text);
  }
  public static void main(String[] args) {
    List<byte[]> kept = new ArrayList<>();
    for (int batch = 1; batch < 1000; batch++) {
      kept.add(new byte[500_000]);
      log("INFO ", "batch " + batch + " read (" + kept.size() * 500 + " kB)");
    }
  }
}
JAVA
  logged java -Xmx40m -XX:+UseSerialGC Importer.java
}
case_java_stack() {
  format log4j
  truth "A method calls itself without end (a category is its own parent)."
  ids java-stack-overflow
  words 'stack|recurs; overflow|endless|without end|deep|itself|infinite|recurs'
  shows 'StackOverflowError|^\s+at '
  cat > Tree.java <<'JAVA'
import java.time.*; import java.time.format.*; import java.util.*;
public class Tree {
  static Map<Integer, Integer> parent = new HashMap<>();
  static void log(String level, String text) {
    System.out.println(LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS")) + " " + level + " com.example.Tree: " + text);
  }
  static int depth(int id) { return parent.containsKey(id) ? 1 + depth(parent.get(id)) : 0; }
  public static void main(String[] args) {
    for (int id = 1; id < 44; id++) { parent.put(id, id / 2); parent.remove(1); log("INFO ", "category " + id + " at depth " + depth(id)); }
    parent.put(44, 44);
    log("INFO ", "category 44 loaded");
    System.out.flush();
    depth(44);
  }
}
JAVA
  logged java -Xss256k -XX:MaxJavaStackTraceDepth=12 Tree.java
}
case_java_refused() {
  format log4j
  truth "The service that the Java program calls does not listen."
  ids java-connection-refused connection-refused
  words 'connect|service|server|port|inventory; refus|not listen|nothing listens|down|not run|reach'
  shows 'ConnectException|^\s+at |Caused by'
  follows 'not updated'
  app 9000
  cat > Sync.java <<'JAVA'
import java.net.*; import java.time.*; import java.time.format.*;
public class Sync {
  static void log(String level, String text) {
    System.out.println(LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS")) + " " + level + " com.example.Sync: " + text);
  }
  public static void main(String[] args) throws Exception {
    for (int item = 1; item < 40; item++) {
      try {
        HttpURLConnection c = (HttpURLConnection) new URL("http://127.0.0.1:" + (item > 33 ? 9009 : 9000) + "/items/" + item).openConnection();
        log("INFO ", "item " + item + " answered " + c.getResponseCode());
      } catch (Exception e) {
        log("ERROR", "item " + item + " not updated");
        e.printStackTrace(System.out);
      }
    }
  }
}
JAVA
  logged java Sync.java
}
case_open_files() {
  format python
  truth "The process may have 64 open files and never closes its own."
  ids too-many-open-files
  words 'open files|file descriptor|descriptors|files; too many|limit|exhaust|reached|ulimit|max'
  shows 'Too many open files|Traceback|File "|open\('
  follows 'not read'
  cat > job.py <<'PY'
import logging, sys
logging.basicConfig(level=logging.INFO, format='%(asctime)s - %(name)s - %(levelname)s - %(message)s', stream=sys.stdout)
log = logging.getLogger('feed.reader')
kept = []
for n in range(1, 66):
    try:
        kept.append(open('/etc/hostname'))
        log.info('feed %d opened', n)
    except OSError:
        log.exception('feed %d not read', n)
PY
  (ulimit -n 64; logged python3 job.py)
}
case_fork_limit() {
  format plain
  truth "The user's limit of processes (ulimit -u) is reached: nothing can be started."
  ids fork-failed
  words 'process|fork|task; limit|too many|resource|max|unavailable|reached'
  shows 'fork: (retry: )?Resource temporarily unavailable|fork: retry'
  chmod 777 "$LAB" ; chmod 666 "$LOG"
  cat > job.sh <<'SH'
for n in $(seq 30); do echo "$(date '+%F %T') INFO  queue: started worker $n"; done
ulimit -u 12
for n in $(seq 31 44); do sleep 3 & echo "queue: started worker $n"; done
wait
SH
  timeout 60 su nobody -s /bin/bash -c "bash $LAB/job.sh" >> "$LOG" 2>&1
}
case_cgroup_memory() {
  format dmesg
  truth "A process went over the memory limit of its cgroup; the kernel killed it."
  ids kernel-oom-kill-cgroup kernel-oom-report kernel-oom-invoked
  words 'memory|oom; limit|kill|cgroup|out of'
  shows 'oom-killer|Memory cgroup out of memory|oom-kill:|memory: usage'
  local group=/sys/fs/cgroup/memory/lab-$$ before
  mkdir "$group" || return
  echo 60000000 > "$group/memory.limit_in_bytes"
  before=$(dmesg | wc -l)
  (echo $BASHPID > "$group/tasks"; exec python3 -c 'x = [bytearray(1000000) for _ in range(400)]') > /dev/null 2>&1
  sleep 0.5
  # Only what the kernel wrote now; which kernel this machine has is nobody's business.
  dmesg | tail -n +$((before + 1)) | grep -v drop_caches | sed -E 's/Not tainted [^ ]+/Not tainted 6.1.0-18-amd64/' > "$LOG"
  rmdir "$group"
}
case_bash_command_missing() {
  format plain
  truth "The script calls a program that is not installed."
  ids command-not-found
  words 'command|program|rclone|tool; not found|not installed|missing|path|install'
  shows 'command not found'
  follows 'ERROR '
  printf 'set -u\nfor f in 1 2 3; do\n  rclone copy /srv/lab/data remote:backup/$f\ndone\n' > push.sh
  steps 32 "packed"
  logged bash push.sh || note "ERROR backup: push.sh ended with 127"
}
case_library_missing() {
  format plain
  truth "The program needs a shared library that is not installed."
  ids shared-library-missing no-such-file
  words 'library|libmeter|shared object|.so; missing|not found|cannot open|not installed|install|no such|load'
  shows 'error while loading shared libraries'
  follows 'ERROR '
  echo 'int value(void){return 4;}' > v.c && gcc -shared -fPIC -o libmeter.so.2 -Wl,-soname,libmeter.so.2 v.c
  printf '#include <stdio.h>\nint value(void);\nint main(void){printf("reading %%d\\n", value());}\n' > m.c && gcc -o meter m.c ./libmeter.so.2 -Wl,-rpath,/srv/lab
  for n in $(seq 32); do note "INFO  meter: $(./meter)"; done
  rm libmeter.so.2
  for n in 1 2 3; do logged ./meter || note "ERROR meter: ended with 127"; done
}
case_program_segfault() {
  format plain
  truth "The program crashes: it follows a null pointer (segmentation fault)."
  ids process-core-dumped kernel-segfault
  words 'segfault|segmentation|crash|memory|pointer; fault|crash|pointer|invalid|bug|null|access'
  shows 'Segmentation fault'
  follows 'WARN '
  printf '#include <stdio.h>\n#include <stdlib.h>\nint main(int c, char **v){int n = atoi(v[1]); int *p = n > 31 ? 0 : &n; printf("INFO  render: page %%d done\\n", *p); return 0;}\n' > r.c && gcc -O0 -o render r.c
  printf 'for n in $(seq 36); do\n  ./render $n\n  [ $? = 0 ] || echo "WARN  render: page $n missing"\ndone\n' > all.sh
  logged bash all.sh
}
case_exec_format() {
  format plain
  truth "The downloaded program is built for another processor (ARM)."
  ids exec-format-error
  words 'architecture|processor|platform|format|arm|cpu|binary; wrong|other|different|another|exec|not match|cannot|mismatch|format'
  shows 'Exec format error|cannot execute binary file'
  follows 'ERROR '
  printf '\177ELF\002\001\001\000\000\000\000\000\000\000\000\000\002\000\267\000\001\000\000\000' > agent; head -c 4000 /dev/zero >> agent; chmod 755 agent
  steps 31 "checked"
  printf 'for n in 1 2 3; do ./agent --once; echo "ERROR agent: start $n ended with $?"; done\n' > start.sh
  logged bash start.sh
}
case_script_no_permission() {
  format plain
  truth "The job's user may not write into the folder: it belongs to root."
  ids permission-denied
  words 'permission|owner|right|mode|access; denied|not allowed|may not|write|belong|lack'
  shows 'Permission denied'
  follows 'ERROR '
  mkdir -p spool; chmod 755 spool "$LAB"; chmod 666 "$LOG"
  steps 31 "read"
  for n in 1 2 3 4; do su nobody -s /bin/bash -c "cp /etc/hostname $LAB/spool/job-$n" >> "$LOG" 2>&1 || note "ERROR spool: job-$n not written"; done
}
case_perl_module() {
  format perl
  truth "A Perl module is not installed."
  words 'module|perl|@INC|Spreadsheet; not installed|missing|locate|not found|install'
  shows "Can't locate|BEGIN failed"
  follows 'ERROR '
  printf 'print "INFO  totals: row $_ summed\\n" for 1..31;\n$| = 1;\nrequire Spreadsheet::WriteExcel;\n' > t.pl
  logged perl -e 'print "INFO  totals: row $_ summed\n" for 1..31'
  printf 'use strict;\nuse Spreadsheet::WriteExcel;\nprint "ok\\n";\n' > t.pl
  logged perl t.pl || note "ERROR totals: ended with 2"
}
case_perl_divide() {
  format perl
  truth "The script divides by zero: a shop has no customers."
  words 'zero; divi'
  shows 'Illegal division by zero'
  follows 'ERROR '
  printf 'use strict;\nmy %%n = map { $_ => $_ + 2 } 1..36; $n{34} = 0;\nfor my $shop (sort { $a <=> $b } keys %%n) { printf STDERR "INFO  mean: shop %%d: %%.2f\\n", $shop, 100 / $n{$shop}; }\n' > t.pl
  logged perl t.pl || note "ERROR mean: ended with 255"
}
case_ruby_nil() {
  format ruby
  truth "The Ruby script calls a method on nil: an order has no customer."
  ids ruby-nil-method
  words 'nil|undefined method; method|nil|missing|bug'
  shows 'NoMethodError|undefined method|^\s*from |\.rb:[0-9]+:in'
  printf 'require "logger"\nlog = Logger.new($stdout)\n$stdout.sync = true\nOrder = Struct.new(:id, :customer)\norders = (1..36).map { |n| Order.new(n, n == 34 ? nil : "customer #{n}") }\norders.each { |order| log.info("order #{order.id} of #{order.customer.upcase}") }\n' > o.rb
  logged ruby o.rb
}
case_lua_field() {
  format lua
  truth "The Lua script indexes a nil value: a setting is missing."
  words 'nil|missing; index|field|nil|value|setting'
  shows 'attempt to index|stack traceback|^\s+.*in (function|main|local|\?)|\[C\]'
  printf 'local gates = {}\nfor n = 1, 34 do gates[n] = { name = "gate " .. n, limits = { open = n } } end\ngates[33].limits = nil\nlocal function show(gate) io.stderr:write(os.date("%%Y-%%m-%%d %%H:%%M:%%S"), " INFO  ", gate.name, " opens at ", gate.limits.open, "\\n") end\nfor _, gate in ipairs(gates) do show(gate) end\n' > g.lua
  logged lua g.lua
}
case_python_encoding() {
  format python
  truth "The input file is not UTF-8 (Latin-1 was delivered)."
  ids python-decode-error
  words 'utf-8|utf8|encoding|decod|unicode; decod|invalid|not |wrong|latin|byte|encod'
  shows "UnicodeDecodeError|Traceback|File \"|for line|codecs|decode"
  follows 'WARNING'
  cat > job.py <<'PY'
import logging, sys
logging.basicConfig(level=logging.INFO, format='%(asctime)s - %(name)s - %(levelname)s - %(message)s', stream=sys.stdout)
log = logging.getLogger('feed.import')
for n in range(1, 37):
    path = f'/srv/lab/part-{n}'
    open(path, 'wb').write(('Caf\u00e9 %d\n' % n).encode('latin-1' if n in (33, 34) else 'utf-8'))
    try:
        log.info('part %d: %d lines', n, sum(1 for _ in open(path, encoding='utf-8')))
    except ValueError:
        log.exception('part %d not imported', n)
log.warning('2 parts are left over')
PY
  logged python3 job.py
}
case_python_recursion() {
  format python
  truth "A function calls itself without end."
  ids python-recursion
  words 'recurs|itself|loop; depth|limit|endless|infinite|exceed|without|maximum|deep'
  shows 'RecursionError|Traceback|File "|return |Previous line repeated|\^\^'
  cat > job.py <<'PY'
import logging, sys
logging.basicConfig(level=logging.INFO, format='%(asctime)s - %(name)s - %(levelname)s - %(message)s', stream=sys.stdout)
log = logging.getLogger('menu.build')
parent = {n: n - 1 for n in range(2, 36)}
parent[36] = 36
def depth(n):
    return 1 + depth(parent[n]) if n in parent else 0
for n in range(1, 38):
    try:
        log.info('entry %d at depth %d', n, depth(n))
    except RecursionError:
        log.exception('entry %d left out', n)
PY
  logged python3 job.py
}
case_python_port_taken() {
  format gunicorn
  truth "gunicorn can't listen: its port is taken."
  ids address-in-use gunicorn-address-in-use
  words 'port|address|socket; in use|used|taken|already|another'
  shows 'Connection in use|Address already in use'
  follows 'Retrying in|connect to'
  printf 'def app(env, start):\n  start("200 OK", [])\n  return [b"ok"]\n' > web.py
  timeout -s INT 5 gunicorn --access-logfile - -b 127.0.0.1:8090 web:app >> "$LOG" 2>&1 &
  listens 8090; get http://127.0.0.1:8090 24; wait $!
  python3 -m http.server -b 127.0.0.1 8090 > /dev/null 2>&1 & listens 8090
  logged timeout 9 gunicorn -b 127.0.0.1:8090 web:app
}
case_gunicorn_import() {
  format gunicorn
  truth "The application can't be imported: it needs a Python module that is not installed."
  ids python-module-missing
  words 'module|package|import; missing|not installed|not found|no module|install'
  shows 'ModuleNotFoundError|Exception in worker|Traceback|File "|^    '
  follows 'Worker failed to boot|Worker exiting|Shutting down|Reason:|exited with code|was sent'
  printf 'def app(env, start):\n  start("200 OK", [])\n  return [b"ok"]\n' > web.py
  timeout -s INT 5 gunicorn --access-logfile - -b 127.0.0.1:8090 web:app >> "$LOG" 2>&1 &
  listens 8090; get http://127.0.0.1:8090 22; wait $!
  sed -i '1i import stripe_client' web.py
  logged timeout 9 gunicorn -b 127.0.0.1:8090 web:app
}
case_gunicorn_timeout() {
  format gunicorn
  truth "A request takes longer than gunicorn's timeout; the worker is killed."
  ids gunicorn-worker-timeout
  words 'worker|request; time|slow|long|block'
  shows 'WORKER TIMEOUT'
  follows 'SIGKILL|SIGABRT|Worker exiting|Booting worker|SystemExit|Traceback|File "|^    |Error handling'
  printf 'import time\ndef app(env, start):\n  if env["PATH_INFO"] == "/report": time.sleep(9)\n  start("200 OK", [])\n  return [b"ok"]\n' > web.py
  bg gunicorn --access-logfile - -t 2 -b 127.0.0.1:8090 web:app
  listens 8090; get http://127.0.0.1:8090 26
  curl -s -o /dev/null -m 8 http://127.0.0.1:8090/report
  get http://127.0.0.1:8090 6
}
case_gunicorn_healthy() {
  format gunicorn
  truth "Nothing is wrong: requests are served, the server stops as asked."
  printf 'def app(env, start):\n  start("200 OK", [])\n  return [b"ok"]\n' > web.py
  timeout -s INT 6 gunicorn --access-logfile - -b 127.0.0.1:8090 web:app >> "$LOG" 2>&1 &
  listens 8090; get http://127.0.0.1:8090 45 / /error_log /failed-payments; wait $!
}
case_uwsgi_no_app() {
  format uwsgi
  truth "uWSGI can't load the application: it imports a module that is not installed."
  ids python-module-missing
  words 'module|import|shop_settings; missing|not found|not installed|no module|import|fail'
  shows 'ModuleNotFoundError|unable to load app|Traceback|File "'
  follows 'no python application found|HTTP/1.1 500|no app loaded'
  printf 'import shop_settings\ndef application(env, start):\n  start("200 OK", [])\n  return [b"ok"]\n' > web.py
  bg uwsgi --plugin python3 --http-socket 127.0.0.1:8091 --wsgi-file web.py --master
  listens 8091; get http://127.0.0.1:8091 6
}
case_node_refused() {
  format pino
  truth "The API's database port does not answer: connections are refused."
  ids node-connection-refused connection-refused
  words 'database|connect|port|server|5432; refus|not listen|nothing listens|down|not run|reach'
  shows 'ECONNREFUSED'
  follows 'answering 503'
  cat > api.js <<'JS'
const net = require('node:net');
const log = (level, msg, more) => process.stdout.write(`${JSON.stringify({ level, time: Date.now(), pid: process.pid, hostname: 'app1', name: 'api', ...more, msg })}\n`);
const db = net.createServer((c) => c.end('ok')).listen(5499, '127.0.0.1');
let request = 0;
const next = () => {
  request += 1;
  if (request === 38) return process.exit(0);
  if (request === 30) db.close();
  const c = net.connect(5499, '127.0.0.1');
  c.on('data', () => {});
  c.on('end', () => { log(30, 'request completed', { request, status: 200, ms: 3 }); setTimeout(next, 8); });
  c.on('error', (err) => {
    log(50, 'database query failed', { err: { type: err.name, message: err.message, code: err.code, stack: err.stack } });
    log(40, 'answering 503', { request });
    setTimeout(next, 8);
  });
};
db.on('listening', next);
JS
  logged node api.js
}
case_node_undefined() {
  format plain
  truth "The program reads a property of undefined: a record has no address."
  ids node-undefined-property
  words 'undefined; propert|read|undefined|city|code|bug'
  shows "TypeError|Cannot read properties|^    at |\\^|orders.forEach|\.js:[0-9]+$"
  printf 'const orders = Array.from({ length: 36 }, (_, n) => ({ id: n, address: n === 34 ? undefined : { city: "Town " + n } }));\norders.forEach((order) => {\n  console.log(new Date().toISOString() + " INFO  label: order " + order.id + " goes to " + order.address.city);\n});\n' > label.js
  logged node label.js
}
case_node_module_missing() {
  format plain
  truth "A Node package is not installed."
  ids node-module-missing
  words "module|package|dependenc; missing|not found|cannot find|find|not installed|install"
  shows "Cannot find module|MODULE_NOT_FOUND|Require stack|^- |^    at |node:internal|throw err|\\^"
  follows 'ERROR '
  steps 31 "copied"
  echo 'require("express-mailer-queue");' > s.js
  logged node s.js || note "ERROR deploy: start failed"
}
case_npm_script_missing() {
  format plain
  truth "package.json has no script of that name."
  words 'script; missing|not exist|no |unknown|package.json|not found'
  shows 'Missing script'
  follows 'ERROR |complete log|To see a list|npm run'
  echo '{"name":"shop","version":"1.0.0","scripts":{"lint":"echo linted; for n in $(seq 30); do echo src/part-$n.js ok; done"}}' > package.json
  logged npm run lint --no-update-notifier
  logged npm run biuld --no-update-notifier || note "ERROR ci: build failed"
}
case_npm_registry_unreachable() {
  format plain
  truth "npm can't reach the registry: its name can't be resolved."
  ids resolve-name-unknown resolve-temporary-failure
  words 'registry|network|name|dns|host; resolv|reach|not found|unknown|dns|network|connect'
  shows 'ENOTFOUND|EAI_AGAIN|getaddrinfo|network request to'
  follows 'ERROR |proxy|complete log|behind a proxy'
  steps 30 "compiled"
  echo '{"name":"shop","version":"1.0.0","dependencies":{"left-pad":"1.3.0"}}' > package.json
  logged npm install --registry https://registry.internal.example/ --fetch-retries 0 --no-audit --no-update-notifier || note "ERROR ci: install failed"
}
case_pip_no_match() {
  format plain
  truth "The requested version of a package does not exist in the package folder that pip may use."
  words 'version|distribution|package; no matching|not found|find|satisf|not exist|missing|available'
  shows 'Could not find a version|No matching distribution'
  follows 'ERROR ci|notice'
  steps 31 "linted"
  mkdir -p wheels
  logged /usr/bin/env python3 -m pip install --no-index --find-links wheels --break-system-packages 'shoplib==4.2.0' || note "ERROR ci: install failed"
}
case_apt_package_unknown() {
  format apt
  truth "The package is not in any list that apt has."
  ids apt-package-not-found
  words 'package; unable|locate|not found|unknown|no |not exist|missing|list'
  shows 'Unable to locate package'
  follows 'ERROR '
  logged apt-get install -y --no-download --dry-run -o APT::Color=0 coreutils
  steps 28 "checked"
  logged apt-get install -y --no-download shop-agent-tools metrics-relay || note "ERROR setup: packages not installed"
}
case_dpkg_script_fails() {
  format apt
  truth "The package's post-installation script fails."
  ids dpkg-script-error
  words 'script|post-install|postinst|configur; fail|error|exit|return|status'
  shows 'installed .* post-installation script|dpkg: error processing|subprocess returned error'
  follows 'Errors were encountered|^ shop-agent|ERROR '
  mkdir -p pkg/DEBIAN pkg/opt/shop; echo ok > pkg/opt/shop/agent
  printf 'Package: shop-agent\nVersion: 2.4\nArchitecture: all\nMaintainer: ops <ops@example.net>\nDescription: agent\n' > pkg/DEBIAN/control
  printf '#!/bin/sh\nset -e\necho "Registering the agent"\ntest -d /opt/shop/registered\n' > pkg/DEBIAN/postinst; chmod 755 pkg/DEBIAN/postinst
  dpkg-deb -b pkg shop-agent_2.4_all.deb > /dev/null
  for n in $(seq 5); do mkdir -p "ok$n/DEBIAN"; printf 'Package: shop-part%s\nVersion: 1.%s\nArchitecture: all\nMaintainer: ops <ops@example.net>\nDescription: part\n' "$n" "$n" > "ok$n/DEBIAN/control"; dpkg-deb -b "ok$n" "shop-part${n}_all.deb" > /dev/null; logged dpkg -i "shop-part${n}_all.deb"; done
  steps 8 "unpacked"
  logged dpkg -i shop-agent_2.4_all.deb || note "ERROR setup: shop-agent is not usable"
}
case_apt_lock_held() {
  format apt
  truth "Another package manager run holds the lock."
  ids apt-lock
  words 'lock; held|another|other|process|acquire|get'
  shows 'Could not get lock|Unable to acquire the dpkg frontend lock|It is held by'
  follows 'ERROR |Be aware'
  steps 30 "checked"
  python3 -c "
import fcntl, time
f = open('/var/lib/dpkg/lock-frontend', 'w'); fcntl.lockf(f, fcntl.LOCK_EX); time.sleep(20)" &
  sleep 0.7
  logged apt-get install -y --no-download shop-agent || note "ERROR setup: nothing installed"
}
case_apt_healthy() {
  format apt
  truth "Nothing is wrong: packages are installed."
  for n in $(seq 9); do mkdir -p "ok$n/DEBIAN"; printf 'Package: shop-part%s\nVersion: 1.%s\nArchitecture: all\nMaintainer: ops <ops@example.net>\nDescription: part\n' "$n" "$n" > "ok$n/DEBIAN/control"; dpkg-deb -b "ok$n" "shop-part${n}_all.deb" > /dev/null; logged dpkg -i "shop-part${n}_all.deb"; done
}
case_git_push_rejected() {
  format plain
  truth "The push is refused: the remote branch has commits that are not here."
  words 'push|branch|remote|commit; reject|behind|fetch|non-fast|not here|ahead|pull|contain'
  shows '\[rejected\]|failed to push some refs|Updates were rejected'
  follows 'hint|ERROR '
  export GIT_AUTHOR_NAME=ci GIT_AUTHOR_EMAIL=ci@example.net GIT_COMMITTER_NAME=ci GIT_COMMITTER_EMAIL=ci@example.net
  git init -q --bare -b main hub.git; git clone -q hub.git one 2> /dev/null; git clone -q hub.git two 2> /dev/null
  for n in $(seq 14); do (cd one && echo "$n" > "f$n" && git add . && logged git commit -m "part $n"); done
  (cd one && logged git push origin HEAD:main)
  (cd two && echo x > x && git add . && logged git commit -m other && logged git push origin HEAD:main || note "ERROR release: not pushed")
}
case_git_object_corrupt() {
  format plain
  truth "An object of the Git repository is damaged."
  words 'object|repository|git; corrupt|damage|empty|broken|invalid|loose'
  shows 'unable to mmap|object file .* is empty|loose object|corrupt|fatal: '
  follows 'ERROR '
  export GIT_AUTHOR_NAME=ci GIT_AUTHOR_EMAIL=ci@example.net GIT_COMMITTER_NAME=ci GIT_COMMITTER_EMAIL=ci@example.net
  git init -q -b main repo
  for n in $(seq 14); do (cd repo && echo "$n" > "f$n" && git add . && logged git commit -m "part $n"); done
  (cd repo && f=.git/objects/$(git rev-parse HEAD~3^{tree} | sed 's|..|&/|') && chmod 644 "$f" && : > "$f" && logged git fsck; logged git checkout HEAD~3 || note "ERROR release: checkout failed")
}
case_rsync_vanished_target() {
  format plain
  truth "rsync's target is full."
  ids disk-full
  words 'space|disk|storage|device|target|file system; full|no space|space left|left|out of'
  shows 'No space left on device'
  follows 'Broken pipe|rsync error|ERROR |connection unexpectedly|delta transfer'
  mkdir -p src dst; mount -t tmpfs -o size=2m tmpfs dst
  for n in $(seq -w 40); do head -c 60000 /dev/urandom > "src/photo-$n.jpg"; done
  logged rsync -av src/ dst/ || note "ERROR sync: ended with an error"
}
case_ssh_host_key() {
  format plain
  truth "The server's host key changed since the last visit."
  ids ssh-host-key-changed
  words 'host key|key|fingerprint|identification; chang|differ|not match|mismatch|new'
  shows 'IDENTIFICATION HAS CHANGED|Host key verification failed|host key .* has changed|Host key for|Offending|fingerprint|SOMEONE IS DOING|man-in-the-middle|@@@|also possible'
  follows 'ERROR '
  sshd_up
  steps 24 "packed"
  logged ssh -F none -o UserKnownHostsFile="$LAB/known" -o StrictHostKeyChecking=accept-new -i id -p 2222 127.0.0.1 echo target ready
  rm host host.pub; ssh-keygen -q -t ed25519 -N '' -f host; kill "$SSHD"; sleep 0.5; sshd_start
  logged ssh -F none -o UserKnownHostsFile="$LAB/known" -o StrictHostKeyChecking=yes -i id -p 2222 127.0.0.1 echo target ready || note "ERROR backup: target not reached"
}
case_ssh_key_mode() {
  format plain
  truth "ssh ignores the private key, since others may read it."
  ids ssh-unprotected-key ssh-key-too-open
  words 'key|private; permission|rights|others|open|mode|readable|protect|ignored'
  shows 'UNPROTECTED PRIVATE KEY|Permissions 0644|private key files are NOT accessible|This private key will be ignored|bad permissions|@@@'
  follows 'ERROR |Permission denied'
  sshd_up
  steps 26 "packed"
  chmod 644 id
  logged ssh -F none -o UserKnownHostsFile="$LAB/known" -o StrictHostKeyChecking=accept-new -o BatchMode=yes -i id -p 2222 127.0.0.1 true || note "ERROR backup: target not reached"
}
sshd_start() { mkdir -p /run/sshd; /usr/sbin/sshd -D -e -f "$LAB/sshd.conf" >> "${SSHD_LOG:-$LAB/sshd.out}" 2>&1 & SSHD=$!; listens 2222; }
sshd_up() {
  ssh-keygen -q -t ed25519 -N '' -f id; ssh-keygen -q -t ed25519 -N '' -f host
  mkdir -p home/.ssh; cp id.pub home/.ssh/authorized_keys; chmod 700 home home/.ssh; chmod 600 home/.ssh/authorized_keys; chmod 755 "$LAB"; chown -R root:root home
  printf 'Port 2222\nListenAddress 127.0.0.1\nHostKey %s/host\nPermitRootLogin yes\nStrictModes %s\nAuthorizedKeysFile %s/home/.ssh/authorized_keys\nLogLevel VERBOSE\nUsePAM no\nPidFile none\n%s\n' "$LAB" "${STRICT:-no}" "$LAB" "${SSHD_MORE:-}" > sshd.conf
  sshd_start
}
case_sshd_bad_modes() {
  format plain
  unrelated 'kex_exchange_identification'
  truth "sshd refuses the key: authorized_keys may be written by others."
  ids ssh-bad-permissions
  words 'permission|ownership|mode|writable|rights; key|authorized|home|folder|directory|file'
  shows 'bad ownership or modes'
  follows 'Failed publickey|Connection closed by authenticating|Failed none'
  SSHD_LOG=$LOG STRICT=yes sshd_up
  for _ in 1 2 3; do ssh -F none -o UserKnownHostsFile="$LAB/known" -o StrictHostKeyChecking=no -o BatchMode=yes -i id -p 2222 127.0.0.1 true > /dev/null 2>&1; done
  chmod 666 home/.ssh/authorized_keys
  for _ in 1 2; do ssh -F none -o UserKnownHostsFile="$LAB/known" -o StrictHostKeyChecking=no -o BatchMode=yes -i id -p 2222 127.0.0.1 true > /dev/null 2>&1; done
}
case_sshd_no_cipher() {
  format plain
  unrelated 'kex_exchange_identification'
  truth "An old client offers only key exchange methods that the server does not allow."
  ids ssh-no-matching-kex ssh-unable-to-negotiate
  words 'key exchange|algorithm|cipher|method|kex|negotiat; match|common|agree|old|shared|offer'
  shows 'no matching key exchange method|Unable to negotiate'
  SSHD_LOG=$LOG SSHD_MORE='KexAlgorithms curve25519-sha256' sshd_up
  for _ in 1 2 3; do ssh -F none -o UserKnownHostsFile="$LAB/known" -o StrictHostKeyChecking=no -o BatchMode=yes -i id -p 2222 127.0.0.1 true > /dev/null 2>&1; done
  for _ in 1 2 3; do ssh -F none -o KexAlgorithms=diffie-hellman-group14-sha1 -o BatchMode=yes -i id -p 2222 127.0.0.1 true > /dev/null 2>&1; done
}
case_sshd_healthy() {
  format plain
  unrelated 'kex_exchange_identification'
  truth "Nothing is wrong: people log in with their keys."
  SSHD_LOG=$LOG sshd_up
  for _ in 1 2 3 4 5; do ssh -F none -o UserKnownHostsFile="$LAB/known" -o StrictHostKeyChecking=no -o BatchMode=yes -i id -p 2222 127.0.0.1 true > /dev/null 2>&1; done
}
case_cron_bad_table() {
  format syslog
  truth "A line of the crontab is wrong: the minute is out of range."
  ids cron-bad-crontab
  words 'crontab|cron|table; bad|wrong|invalid|error|minute|ignored|syntax|mistake'
  shows 'Error: bad minute|ERROR \(Syntax error|bad minute'
  printf '* * * * * root true\n' > /etc/cron.d/heartbeat
  printf '75 2 * * * root /usr/local/bin/report\n' > /etc/cron.d/report
  chmod 644 /etc/cron.d/*
  syslog
  for n in $(seq 16); do logger -t backup "part-$n verified"; done
  cron -f > /dev/null 2>&1 &
  sleep 3
  for n in $(seq 16); do logger -t backup "part-$n uploaded"; done
  sleep 1
}
case_sudo_not_allowed() {
  format syslog
  unrelated 'postdrop|authentication failure'
  truth "The user is not in the sudoers file."
  ids sudo-failure
  words 'sudo|sudoers; not |denied|refus|allow|lack|missing'
  shows 'user NOT in sudoers'
  useradd -m mara; syslog
  for n in $(seq 24); do logger -t deploy "release step $n done"; done
  echo 'deploy ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/deploy; useradd -m deploy
  for _ in 1 2; do su deploy -c 'sudo -n true' > /dev/null 2>&1; done
  for _ in 1 2; do su mara -c 'echo wrong | sudo -S systemctl restart shop' > /dev/null 2>&1; done
  for n in $(seq 6); do logger -t deploy "release check $n done"; done
  sleep 1
}
case_postfix_next_hop_refused() {
  format syslog
  truth "The mail server to which everything is sent (relay host) does not listen."
  ids postfix-deferred connection-refused
  words 'relay|connect|server|port|next hop|smtp; refus|not listen|nothing listens|down|reach|not run'
  shows 'Connection refused'
  syslog
  postconf -e 'mydestination=localhost' 'relayhost=[127.0.0.1]:2525' 'inet_interfaces=127.0.0.1' 'inet_protocols=ipv4' 'myhostname=app1.example.net' 'smtp_address_preference=ipv4' 'compatibility_level=3.6' 'smtp_dns_support_level=disabled' 'smtp_host_lookup=native'
  postconf -F '*/*/chroot=n'
  newaliases; postfix start > "$LAB/pf" 2>&1; sleep 2
  for n in $(seq 7); do printf 'Subject: digest %s\n\nhello\n' "$n" | sendmail -f news@example.net "reader$n@customer.example"; done
  sleep 4; printf 'Subject: local\n\nhello\n' | sendmail -f news@example.net root@localhost; sleep 2
  postfix stop > /dev/null 2>&1
}
case_postfix_healthy() {
  format syslog
  truth "Nothing is wrong: local mail is delivered."
  syslog
  postconf -e 'mydestination=localhost' 'relayhost=' 'inet_interfaces=127.0.0.1' 'inet_protocols=ipv4' 'myhostname=app1.example.net' 'compatibility_level=3.6'
  postconf -F '*/*/chroot=n'
  useradd -m reader
  newaliases; postfix start > "$LAB/pf" 2>&1; sleep 2
  for n in $(seq 9); do printf 'Subject: digest %s\n\nhello\n' "$n" | sendmail -f news@example.net reader@localhost; done
  sleep 4; postfix stop > /dev/null 2>&1; sleep 1
}
case_logrotate_insecure() {
  format plain
  truth "logrotate skips the log: its folder may be written by others."
  ids logrotate-error
  words 'permission|writable|mode|insecure|right; folder|directory|parent|log|skip'
  shows 'insecure permissions|skipping'
  mkdir -p logs open; chmod 777 open
  for n in $(seq 8); do head -c 3000 /dev/urandom | base64 > "logs/a$n.log"; done; echo x > open/shop.log
  printf '%s/logs/*.log {\n size 1k\n rotate 2\n}\n%s/open/shop.log {\n size 1k\n rotate 2\n}\n' "$LAB" "$LAB" > rotate.conf
  chmod 600 rotate.conf
  logged logrotate -v -s state rotate.conf
}
case_supervisor_exits() {
  format supervisor
  truth "The program under supervisord exits at once (status 3), so supervisord gives up."
  words 'exit|quit|start|program|process|ingest; quick|fatal|fail|status|again|too|code|crash|status'
  shows 'exited: ingest|gave up: ingest|FATAL state'
  follows "spawned: 'ingest'"
  printf '[supervisord]\nnodaemon=true\nlogfile=/dev/null\nlogfile_maxbytes=0\nuser=root\npidfile=%s/sv.pid\n[program:web]\ncommand=sleep 60\n[program:mail]\ncommand=sleep 60\n[program:queue]\ncommand=bash -c "sleep 1.2; exit 0"\nautorestart=true\n[program:ingest]\ncommand=bash -c "exit 3"\nstartsecs=1\nstartretries=3\n' "$LAB" > sv.conf
  timeout -s TERM 22 supervisord -c sv.conf >> "$LOG" 2>&1
}
case_supervisor_healthy() {
  format supervisor
  truth "Nothing is wrong: programs are started, a timed one is run again, all stop as asked."
  printf '[supervisord]\nnodaemon=true\nlogfile=/dev/null\nlogfile_maxbytes=0\nuser=root\npidfile=%s/sv.pid\n[program:web]\ncommand=sleep 60\n[program:mail]\ncommand=sleep 60\n[program:queue]\ncommand=bash -c "sleep 1.3; exit 0"\nautorestart=true\n' "$LAB" > sv.conf
  timeout -s TERM 24 supervisord -c sv.conf >> "$LOG" 2>&1
}
case_named_zone_broken() {
  format bind9
  truth "A zone file has an error in a record, so the zone is not loaded."
  ids dns-named-zone-not-loaded
  words 'zone; not loaded|error|bad|syntax|record|invalid|fail|reject'
  shows 'not loaded due to errors|bad dotted quad|dns_master_load|db.shop:'
  mkdir -p dns; chmod 777 dns "$LAB"
  printf '$TTL 300\n@ IN SOA ns1 ops 1 3600 600 86400 300\n@ IN NS ns1\nns1 IN A 10.0.0.2\nwww IN A 10.0.0.300\n' > dns/db.shop
  printf '$TTL 300\n@ IN SOA ns1 ops 1 3600 600 86400 300\n@ IN NS ns1\nns1 IN A 10.0.0.2\n' > dns/db.ok
  printf 'options { directory "%s/dns"; listen-on port 5353 { 127.0.0.1; }; listen-on-v6 { none; }; recursion no; dnssec-validation no; empty-zones-enable no; pid-file none; session-keyfile none; };\ncontrols { };\nzone "ok.example" { type master; file "db.ok"; };\nzone "shop.example" { type master; file "db.shop"; };\n' "$LAB" > named.conf
  logged timeout -s INT 4 named -g -c "$LAB/named.conf" -n 1
}
case_named_healthy() {
  format bind9
  truth "Nothing is wrong: the name server starts, loads its zone and stops as asked."
  mkdir -p dns; chmod 777 dns "$LAB"
  printf '$TTL 300\n@ IN SOA ns1 ops 1 3600 600 86400 300\n@ IN NS ns1\nns1 IN A 10.0.0.2\n' > dns/db.ok
  printf 'options { directory "%s/dns"; listen-on port 5353 { 127.0.0.1; }; listen-on-v6 { none; }; recursion no; dnssec-validation no; empty-zones-enable no; pid-file none; session-keyfile none; };\ncontrols { };\nzone "ok.example" { type master; file "db.ok"; };\n' "$LAB" > named.conf
  logged timeout -s INT 4 named -g -c "$LAB/named.conf" -n 1
}
case_unbound_port_taken() {
  format unbound
  truth "Unbound can't bind: another name server holds the port."
  ids address-in-use
  words 'port|address|socket|bind; in use|used|taken|already|another'
  shows '[Aa]ddress already in use|could not open ports'
  printf 'server:\n interface: 127.0.0.1@5454\n do-daemonize: no\n chroot: ""\n username: ""\n pidfile: ""\n use-syslog: no\n logfile: ""\n verbosity: 3\n log-queries: yes\n do-ip6: no\n module-config: "iterator"\n local-zone: "shop.example." static\n local-data: "www.shop.example. A 10.0.0.5"\n' > ub.conf
  timeout -s INT 4 unbound -d -c ub.conf >> "$LOG" 2>&1 &
  sleep 1
  for n in $(seq 14); do python3 -c "
import socket, struct
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(1)
s.sendto(struct.pack('!6H', $n, 256, 1, 0, 0, 0) + b'\x03www\x04shop\x07example\x00\x00\x01\x00\x01', ('127.0.0.1', 5454)); s.recv(500)"; done
  wait $!
  python3 -c "
import socket, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('127.0.0.1', 5454)); time.sleep(9)" &
  sleep 0.5
  logged timeout -s INT 4 unbound -d -c ub.conf
}
case_knot_zone_broken() {
  format knot
  truth "The zone file has a record that can't be read, so the zone is not loaded."
  words 'zone; error|fail|invalid|load|pars|malformed|bad|broken'
  shows 'error.*(zone|line)|failed to (load|parse)|zone loader|invalid|malformed'
  mkdir -p kn
  printf '$TTL 300\n@ IN SOA ns1 ops 1 3600 600 86400 300\n@ IN NS ns1\nns1 IN A 10.0.0.2\n' > kn/ok.example.zone
  printf '$TTL 300\n@ IN SOA ns1 ops 1 3600 600 86400 300\n@ IN NS ns1\nns1 IN A 10.0.0.2\nwww IN AAAA 10.0.0.3\n' > kn/shop.example.zone
  printf 'server:\n  listen: 127.0.0.1@5355\n  rundir: %s/kn\ndatabase:\n  storage: %s/kn\nlog:\n  - target: stderr\n    any: debug\ntemplate:\n  - id: default\n    storage: %s/kn\nzone:\n  - domain: ok.example\n  - domain: shop.example\n' "$LAB" "$LAB" "$LAB" > kn.conf
  for _ in 1 2; do logged timeout -s INT 3 knotd -c kn.conf; done
}
case_dovecot_wrong_password() {
  format dovecot
  truth "A mail client uses a wrong password."
  ids dovecot-auth-failed
  words 'password|authentic|login|credential; fail|wrong|mismatch|invalid|refus'
  shows 'Password mismatch|auth failed|Authentication failed|password mismatch'
  chmod 755 "$LAB"; chmod 666 "$LOG"; useradd -m reader
  printf 'protocols = imap\nlisten = 127.0.0.1\nbase_dir = /run/dovecot\nlog_path = %s\ninfo_log_path = %s\nssl = no\nauth_verbose = yes\nauth_mechanisms = plain\ndisable_plaintext_auth = no\nmail_location = maildir:/home/reader/Maildir\npassdb {\n driver = static\n args = password=right\n}\nuserdb {\n driver = passwd\n}\nservice imap-login {\n inet_listener imap {\n port = 1143\n }\n inet_listener imaps {\n port = 0\n }\n}\n' "$LOG" "$LOG" > dc.conf
  dovecot -F -c "$LAB/dc.conf" > "$LAB/dc.out" 2>&1 & listens 1143
  login() { python3 -c "
import socket
c = socket.create_connection(('127.0.0.1', 1143), timeout=6); c.recv(500)
c.sendall(b'a login reader $1\r\n'); c.recv(500); c.sendall(b'b logout\r\n'); c.recv(500); c.close()"; }
  for _ in $(seq 13); do login right; done
  for _ in 1 2 3; do timeout 9 bash -c "$(declare -f login); login wrong"; login right; done
}
case_proftpd_login() {
  format proftpd
  truth "A client logs in to the FTP server with a wrong password."
  words 'password|login|authentic|user; fail|wrong|incorrect|invalid|refus'
  shows 'Incorrect password|Login incorrect|no such user|Login failed'
  useradd -m reader; echo reader:right | chpasswd
  printf 'ServerName "files"\nServerType standalone\nPort 2121\nDefaultAddress 127.0.0.1\nUseIPv6 off\nUser nobody\nGroup nogroup\nAuthPAM off\nRequireValidShell off\nScoreboardFile %s/score\nPidFile %s/ftp.pid\nUseReverseDNS off\nDebugLevel 1\n' "$LAB" "$LAB" > ftp.conf
  chmod 755 "$LAB"
  bg proftpd -n -d 2 -c "$LAB/ftp.conf"
  listens 2121
  ftp_() { python3 -c "
import ftplib
f = ftplib.FTP(); f.connect('127.0.0.1', 2121, timeout=5)
try: f.login('reader', '$1'); f.quit()
except Exception: f.close()"; }
  for _ in $(seq 9); do ftp_ right; done
  for _ in 1 2 3; do ftp_ wrong; ftp_ right; done
}
tls_job() {
  # Downloads over TLS with what tells of the certificate; $1 is the port of the server that answers badly.
  for n in $(seq 28); do note "INFO  fetch: part $n of 40 received"; done
}
case_curl_expired() {
  format plain
  truth "The certificate of the server is expired."
  ids tls-expired-certificate
  words 'certificate|cert; expire|out of date|no longer valid'
  shows 'certificate has expired|expire date|SSL certificate problem'
  follows 'ERROR |More details|curl failed|establish a secure|how to fix|not verify'
  expired old api.example.net
  (openssl s_server -quiet -www -accept 9443 -key old.key -cert old.crt > /dev/null 2>&1 &)
  listens 9443; tls_job
  for n in 1 2 3; do logged curl -sS --cacert ca/ca.crt "https://api.example.net:9443/part/$n" || note "ERROR fetch: part $n failed"; done
}
case_curl_other_name() {
  format plain
  truth "The certificate is made for another host name."
  ids tls-hostname-mismatch
  words 'certificate|cert; name|host|match|subject|san'
  shows 'no alternative certificate subject name|subject name'
  follows 'ERROR |More details|curl failed|establish a secure|how to fix|not verify'
  certificate other www.other.example
  (openssl s_server -quiet -www -accept 9443 -key other.key -cert other.crt > /dev/null 2>&1 &)
  listens 9443; tls_job
  for n in 1 2 3; do logged curl -sS --cacert other.crt "https://api.example.net:9443/part/$n" || note "ERROR fetch: part $n failed"; done
}
case_python_self_signed() {
  format python
  truth "The server's certificate is self-signed and not trusted."
  ids tls-self-signed tls-verify-failed-python
  words 'certificate|cert; self-signed|self signed|trust|authority|verif'
  shows 'CERTIFICATE_VERIFY_FAILED|Traceback|File "|^    |The above exception|During handling'
  follows 'left out'
  certificate own api.example.net
  (openssl s_server -quiet -www -accept 9443 -key own.key -cert own.crt > /dev/null 2>&1 &)
  listens 9443; app 9000
  cat > job.py <<'PY'
import logging, sys, urllib.request
logging.basicConfig(level=logging.INFO, format='%(asctime)s - %(name)s - %(levelname)s - %(message)s', stream=sys.stdout)
log = logging.getLogger('rates.fetch')
for n in range(1, 37):
    base = 'https://api.example.net:9443' if n == 33 else 'http://127.0.0.1:9000'
    try:
        log.info('rate %d: %d bytes', n, len(urllib.request.urlopen(f'{base}/rate/{n}').read()))
    except OSError:
        log.exception('rate %d', n)
        log.warning('rate %d left out', n)
PY
  logged python3 job.py
}
case_node_self_signed() {
  format plain
  truth "The server's certificate is self-signed and Node does not trust it."
  ids tls-self-signed tls-node-code
  words 'certificate|cert; self-signed|self signed|trust|authority|verif'
  shows 'self-signed certificate|DEPTH_ZERO_SELF_SIGNED_CERT|^    at '
  follows 'left out|fetch failed'
  certificate own api.example.net
  (openssl s_server -quiet -www -accept 9443 -key own.key -cert own.crt > /dev/null 2>&1 &)
  listens 9443; app 9000
  cat > job.js <<'JS'
(async () => {
  for (let n = 1; n < 38; n++) {
    const url = n > 33 && n < 36 ? `https://api.example.net:9443/rate/${n}` : `http://127.0.0.1:9000/rate/${n}`;
    try {
      const answer = await fetch(url);
      console.log(`${new Date().toISOString()} INFO  rates: rate ${n} ${answer.status}`);
    } catch (error) {
      console.log(`${new Date().toISOString()} ERROR rates: rate ${n} ${error.message}`);
      console.log(error.cause.stack, error.cause.code);
      console.log(`${new Date().toISOString()} WARN  rates: rate ${n} left out`);
    }
  }
})();
JS
  logged node job.js
}
case_tls_no_shared_version() {
  format plain
  truth "Client and server have no TLS version in common (the client is old)."
  ids tls-protocol-version tls-no-shared-cipher tls-handshake-failure
  words 'tls|protocol|ssl; version|unsupported|old|common|protocol'
  shows 'unsupported protocol|protocol version|no protocols available|alert'
  follows 'ERROR '
  certificate own api.example.net
  (openssl s_server -quiet -www -tls1_3 -accept 9443 -key own.key -cert own.crt > /dev/null 2>&1 &)
  listens 9443; tls_job
  for n in 1 2 3; do logged curl -sS --tls-max 1.2 --cacert own.crt "https://api.example.net:9443/part/$n" || note "ERROR fetch: part $n failed"; done
}
case_curl_name_unknown() {
  format plain
  truth "The host name can't be resolved: no name server answers."
  ids resolve-could-not-host
  words 'name|dns|host; resolv|unknown|not found|lookup'
  shows 'Could not resolve host|Resolving timed out'
  follows 'ERROR '
  tls_job
  for n in 1 2 3; do logged curl -sS -m 6 "http://files.partner.example/part/$n" || note "ERROR fetch: part $n failed"; done
}
case_curl_retry_healthy() {
  format plain
  truth "Nothing is wrong in the end: the first try was refused, since the service was just starting; the second succeeded."
  unrelated 'Connection refused|try 1 failed'
  tls_job
  logged curl -sS http://127.0.0.1:9000/part/29 || note "WARN  fetch: try 1 failed, next in 2 s"
  app 9000
  logged curl -sS http://127.0.0.1:9000/part/29 && note "INFO  fetch: part 29 of 40 received (try 2)"
  for n in $(seq 30 40); do logged curl -sS -o /dev/null "http://127.0.0.1:9000/part/$n"; note "INFO  fetch: part $n of 40 received"; done
  note "INFO  fetch: finished, 0 errors"
}
case_make_build_fails() {
  format plain
  truth "The build fails: a header file is missing."
  ids no-such-file
  words 'header|file|include|meter_proto.h; missing|not found|no such|not exist'
  shows 'No such file or directory'
  follows 'compilation terminated|make: \*\*\*|#include|\^~|\|'
  for n in $(seq 32); do echo "int f$n(void){return $n;}" > "part$n.c"; done
  printf '#include "meter_proto.h"\nint main(void){return 0;}\n' > main.c
  printf 'OBJS := $(patsubst %%,part%%.o,$(shell seq 32)) main.o\napp: $(OBJS)\n\tgcc -o $@ $^\n%%.o: %%.c\n\tgcc -O0 -c -o $@ $<\n' > Makefile
  logged make -k
}
case_make_healthy() {
  format plain
  truth "Nothing is wrong: the program is built; the compiler warns once."
  for n in $(seq 33); do echo "int error_count_$n(void){return 0;}" > "part$n.c"; done
  printf '#include <stdio.h>\nint main(void){int unused_value; printf("0 errors\\n"); return 0;}\n' > main.c
  printf 'OBJS := $(patsubst %%,part%%.o,$(shell seq 33)) main.o\napp: $(OBJS)\n\tgcc -o $@ $^\n%%.o: %%.c\n\tgcc -Wall -O0 -c -o $@ $<\n' > Makefile
  logged make
  logged ./app
}
case_backup_healthy() {
  format plain
  truth "Nothing is wrong: the backup ran through."
  mkdir -p data target
  for n in $(seq 15); do head -c 50000 /dev/urandom > "data/set-$n"; done
  note "INFO  backup: retries 0, failed 0, error_log=/var/log/backup-errors.log"
  for n in $(seq 15); do note "INFO  backup: archiving data/set-$n"; logged tar -cvf "target/set-$n.tar" "data/set-$n"; done
  note "INFO  backup: finished without errors"
}
case_rsync_healthy() {
  format plain
  truth "Nothing is wrong: files are copied."
  mkdir -p src dst
  for n in $(seq -w 40); do head -c 2000 /dev/urandom > "src/photo-$n.jpg"; done; touch src/error.log src/failed-jobs.txt
  logged rsync -av src/ dst/
}
case_git_healthy() {
  format plain
  truth "Nothing is wrong: commits are made and pushed."
  export GIT_AUTHOR_NAME=ci GIT_AUTHOR_EMAIL=ci@example.net GIT_COMMITTER_NAME=ci GIT_COMMITTER_EMAIL=ci@example.net
  git init -q --bare -b main hub.git; git clone -q hub.git one 2> /dev/null
  for n in $(seq 14); do (cd one && echo "$n" > "f$n" && git add . && logged git commit -m "fix error $n in the report"); done
  (cd one && logged git push origin HEAD:main)
}
case_python_job_healthy() {
  format python
  truth "Nothing is wrong: a job ran through; a slow step was warned of."
  cat > job.py <<'PY'
import logging, sys, time
logging.basicConfig(level=logging.INFO, format='%(asctime)s - %(name)s - %(levelname)s - %(message)s', stream=sys.stdout)
log = logging.getLogger('report.build')
for day in range(1, 41):
    log.info('day %d read, 0 errors', day)
log.warning('day 40 took longer than usual (1.9 s)')
log.info('report written: /srv/lab/report-errors-none.pdf')
PY
  logged python3 job.py
}
case_java_job_healthy() {
  format log4j
  truth "Nothing is wrong: the Java job ran through."
  cat > Job.java <<'JAVA'
import java.time.*; import java.time.format.*;
public class Job {
  public static void main(String[] args) {
    for (int batch = 1; batch < 40; batch++)
      System.out.println(LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS")) + " INFO  com.example.ErrorHandlingImporter: batch " + batch + " stored, failed=0");
  }
}
JAVA
  logged java Job.java
}
case_node_job_healthy() {
  format pino
  truth "Nothing is wrong: requests are served."
  printf 'for (let n = 1; n < 44; n++) process.stdout.write(JSON.stringify({ level: 30, time: Date.now(), pid: process.pid, hostname: "app1", name: "api", request: n, errors: 0, error: null, msg: "request completed" }) + "\\n");\n' > j.js
  logged node j.js
}
case_strace_missing_config() {
  format strace
  unrelated 'ld\.so\.preload'
  truth "The program can't find its configuration file."
  ids no-such-file
  words 'config|file|shopd.conf; missing|not found|no such|not exist|open'
  shows 'shopd.conf'
  printf '#include <stdio.h>\n#include <stdlib.h>\nint main(void){FILE *f = fopen("/etc/shop/shopd.conf", "r"); if (!f) { perror("shopd: /etc/shop/shopd.conf"); return 1; } return 0;}\n' > s.c && gcc -o shopd s.c
  strace -tt ./shopd 2>&1 | sed 's/0x[0-9a-f]*/0x7f1000/' >> "$LOG"
}
