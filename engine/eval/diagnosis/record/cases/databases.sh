# Databases, caches and what keeps state.

PG=/usr/lib/postgresql/15/bin
# A PostgreSQL of its own: pg_up [setting...]; psql through `q`
pg_up() {
  mkdir -p /srv/lab/pg/data
  [ -n "${PG_SIZE:-}" ] && mount -t tmpfs -o "size=$PG_SIZE" tmpfs /srv/lab/pg/data
  chown -R postgres "$LAB/pg" /srv/out; chmod 755 "$LAB"; chmod 700 "$LAB/pg/data"; chmod 666 "$LOG"
  su postgres -c "$PG/initdb -D $LAB/pg/data -U postgres -A trust" > "$LAB/initdb.out" 2>&1
  printf '%s\n' "unix_socket_directories = '/tmp'" "listen_addresses = '127.0.0.1'" "port = 5433" "shared_buffers = 16MB" \
    "log_connections = on" "log_disconnections = on" "log_timezone = 'UTC'" "log_line_prefix = '%m [%p] %q%u@%d '" "$@" >> "$LAB/pg/data/postgresql.conf"
  pg_start && listens 5433
}
pg_start() { su postgres -c "$PG/postgres -D $LAB/pg/data" >> "$LOG" 2>&1 & }
q() { $PG/psql -h /tmp -p 5433 -U postgres -q "$@" < /dev/null > /dev/null 2>&1; }
pg_traffic() { for ((n = 0; n < $1; n++)); do q -c 'select count(*) from pg_class'; done; }

case_pg_too_many_clients() {
  format postgres
  truth "Sessions of a report job hold all of max_connections."
  ids pg-too-many-clients pg-reserved-slots
  words 'connection|client|slot|session; too many|max|limit|used|exhaust|full|taken'
  shows 'too many clients|remaining connection slots'
  pg_up "max_connections = 8" "superuser_reserved_connections = 2"
  q -c 'create role report login'
  pg_traffic 6
  for _ in 1 2 3 4 5 6 7; do $PG/psql -h /tmp -p 5433 -U report postgres -c 'select pg_sleep(5)' > /dev/null 2>&1 & done
  sleep 1
  for _ in 1 2 3 4; do $PG/psql -h /tmp -p 5433 -U report postgres -c 'select 1' > /dev/null 2>&1; done
  for _ in 1 2 3; do q -c 'select pg_sleep(4)' & done; sleep 0.5; q -c 'select 1'
  sleep 5; pg_traffic 2
}
case_pg_disk_full() {
  format postgres
  unrelated 'database system is (starting up|not yet accepting)'
  truth "The file system of the data folder is full."
  ids pg-disk-full disk-full
  words 'disk|space|storage|file system|volume; full|no space|space left|out of|left|exhaust'
  shows 'No space left on device'
  follows 'terminat|STATEMENT|aborting|all server processes|recovery|interrupted|redo|HINT'
  PG_SIZE=90m pg_up
  pg_traffic 8
  q -c 'create table events (id serial, body text)'
  for _ in 1 2 3 4 5 6; do q -c "insert into events (body) select repeat(md5(i::text), 40) from generate_series(1, 9000) i"; done
  pg_traffic 2
}
case_pg_wrong_password() {
  format postgres
  truth "A client logs in with a wrong password."
  ids pg-authentication-failed
  words 'password|authenticat|login|credential; fail|wrong|refus|reject|match'
  shows 'password authentication failed|Connection matched pg_hba|Connection matched file'
  pg_up
  q -c "create role shop login password 'right'"
  echo 'host all shop 127.0.0.1/32 scram-sha-256' | cat - "$LAB/pg/data/pg_hba.conf" > "$LAB/hba" && cp "$LAB/hba" "$LAB/pg/data/pg_hba.conf"
  q -c 'select pg_reload_conf()'
  pg_traffic 7
  for _ in 1 2 3 4; do PGPASSWORD=wrong $PG/psql -h 127.0.0.1 -p 5433 -U shop postgres -c 'select 1' > /dev/null 2>&1; pg_traffic 1; done
}
case_pg_deadlock() {
  format postgres
  truth "Two transactions update the same rows in opposite order."
  ids pg-deadlock
  words 'deadlock|each other; transaction|lock|process|wait|row'
  shows 'deadlock detected|DETAIL:  Process|Process [0-9]+ waits for'
  follows 'STATEMENT|HINT|CONTEXT'
  pg_up "deadlock_timeout = 300ms"
  q -c 'create table stock (id int primary key, n int); insert into stock values (1, 5), (2, 5)'
  pg_traffic 9
  for _ in 1 2; do
    q -c 'begin; update stock set n = n - 1 where id = 1; select pg_sleep(0.8); update stock set n = n + 1 where id = 2; commit' &
    q -c 'begin; update stock set n = n - 1 where id = 2; select pg_sleep(0.8); update stock set n = n + 1 where id = 1; commit' &
    sleep 2.5
  done
  pg_traffic 3
}
case_pg_data_mode() {
  format postgres
  truth "After a copy the data folder is readable by everybody; the server refuses to start."
  ids permission-denied
  words 'permission|mode|right|access|owner; data|directory|folder'
  shows 'has invalid permissions|Permissions should be'
  pg_up
  pg_traffic 9
  pkill -INT -u postgres -o postgres; sleep 1.5
  chmod 777 "$LAB/pg/data"
  pg_start; sleep 1
}
case_pg_bad_setting() {
  format postgres
  truth "postgresql.conf holds a setting that does not exist; the server does not start."
  words 'config|parameter|setting|postgresql.conf; unrecognized|unknown|error|invalid|not exist|wrong|misspel|syntax'
  shows 'unrecognized configuration parameter|contains errors'
  pg_up
  pg_traffic 9
  pkill -INT -u postgres -o postgres; sleep 1.5
  echo "work_memory = '64MB'" >> "$LAB/pg/data/postgresql.conf"
  pg_start; sleep 1
}
case_pg_lock_file() {
  format postgres
  unrelated 'database system is (starting up|not yet accepting)'
  truth "A second server was started on a data folder that another one uses."
  ids pg-lock-file
  words 'lock file|postmaster.pid|another|already|second|other; running|run|exist|use|postmaster|server|instance'
  shows 'lock file .* already exists|Is another postmaster'
  pg_up
  pg_traffic 9
  pg_start; sleep 1
  pg_traffic 3
}
case_pg_relation_missing() {
  format postgres
  unrelated 'database system is (starting up|not yet accepting)'
  truth "The application asks for a table that was never created (migration not run)."
  ids pg-relation-missing
  words 'table|relation; not exist|missing|not there|not found|unknown|migration|created'
  shows 'relation "invoices" does not exist'
  follows 'STATEMENT'
  pg_up
  pg_traffic 7
  for _ in 1 2 3 4 5; do q -c 'select total from invoices where id = 7'; done
  pg_traffic 3
}
case_pg_killed_backend() {
  format postgres
  truth "A server process was killed from outside (signal 9), so all sessions were ended and the database recovered."
  ids pg-process-crashed
  words 'process|backend|server; kill|signal|crash|terminated'
  shows 'was terminated by signal 9'
  follows 'terminating|crash of another|recover|redo|HINT|DETAIL|all server processes|recovery|interrupted|starting up|checkpoint'
  pg_up
  pg_traffic 8
  q -c 'select pg_sleep(20)' & sleep 0.7
  kill -9 "$(pgrep -f 'postgres: postgres postgres.*SELECT' | head -1)"; sleep 2
  pg_traffic 4
}
case_pg_statement_timeout() {
  format postgres
  truth "Queries run longer than statement_timeout and are cancelled."
  ids pg-statement-timeout
  words 'statement|query|quer; timeout|time|long|cancel'
  shows 'canceling statement due to statement timeout'
  follows 'STATEMENT'
  pg_up
  q -c "create role report login; alter role report set statement_timeout = '300ms'"
  pg_traffic 8
  for _ in 1 2 3 4; do $PG/psql -h /tmp -p 5433 -U report postgres -c 'select pg_sleep(3)' > /dev/null 2>&1; pg_traffic 1; done
}
case_pg_healthy() {
  format postgres
  truth "Nothing is wrong: sessions come and go, the server stops as asked."
  pg_up "log_checkpoints = on"
  pg_traffic 10
  q -c 'checkpoint'
  pg_traffic 4
  pkill -INT -u postgres -o postgres; sleep 1.5
}
case_pgbouncer_db_down() {
  format pgbouncer
  truth "The database behind PgBouncer was stopped."
  ids pg-could-not-connect connection-refused
  words 'server|database|postgres|backend; connect|refus|down|stopped|not listen|reach'
  shows 'server login has been failing|connect failed|Connection refused|server conn crashed|server_login_retry'
  local keep=$LOG; LOG=$LAB/pg.out; : > "$LOG"
  pg_up
  printf '[databases]\nshop = host=127.0.0.1 port=5433 dbname=postgres user=postgres\n[pgbouncer]\nlisten_addr=127.0.0.1\nlisten_port=6432\nauth_type=any\npool_mode=transaction\nserver_idle_timeout=1\nserver_login_retry=1\nlogfile=\nunix_socket_dir=\nstats_period=2\n' > b.ini
  LOG=$keep; chown postgres "$LAB"; chmod 666 "$LOG"
  bg runuser -u postgres -- pgbouncer "$LAB/b.ini"; listens 6432
  for _ in $(seq 7); do $PG/psql -h 127.0.0.1 -p 6432 -U postgres shop -c 'select 1' > /dev/null 2>&1; done
  pkill -INT -u postgres -o -x postgres; sleep 2.5
  for _ in $(seq 5); do timeout 3 $PG/psql -h 127.0.0.1 -p 6432 -U postgres shop -c 'select 1' > /dev/null 2>&1; done
}

maria_up() {
  mkdir -p "$LAB/maria" /run/mysqld
  [ -n "${MARIA_SIZE:-}" ] && mount -t tmpfs -o "size=$MARIA_SIZE" tmpfs "$LAB/maria"
  chmod 755 "$LAB"; chown -R mysql "$LAB/maria" /run/mysqld; chmod 666 "$LOG"
  mysql_install_db --no-defaults --user=mysql --datadir="$LAB/maria" --auth-root-authentication-method=normal \
    --skip-test-db --innodb-log-file-size=4M > install.out 2>&1
  maria_start "$@"
  for _ in $(seq 100); do m -e 'select 1' && return; sleep 0.1; done
}
maria_start() {
  mariadbd --no-defaults --user=mysql --datadir="$LAB/maria" --socket=/run/mysqld/s --port=3307 --bind-address=127.0.0.1 \
    --innodb-buffer-pool-size=16M --innodb-log-file-size=4M --log-warnings=9 --pid-file="$LAB/maria/pid" "$@" >> "$LOG" 2>&1 &
}
m() { mariadb --no-defaults -S /run/mysqld/s -u root "$@" > /dev/null 2>&1; }

case_maria_too_many_connections() {
  format mariadb
  truth "All of max_connections are in use."
  ids mysql-too-many-connections
  words 'connection; too many|max|limit|used|exhaust'
  shows 'Too many connections'
  maria_up --max-connections=10 --log-warnings=4
  for _ in $(seq 12); do mariadb --no-defaults -S /run/mysqld/s -u root -e 'select sleep(4)' > /dev/null 2>&1 & done
  sleep 1
  for _ in 1 2 3; do m -e 'select 1'; done
  sleep 4; mariadb-admin --no-defaults -S /run/mysqld/s -u root shutdown; sleep 1
}
case_maria_access_denied() {
  format mariadb
  unrelated 'KILLED'
  truth "A client uses a wrong password."
  ids mysql-access-denied
  words 'password|access|login|authenticat|credential|user; denied|wrong|fail|refus|reject'
  shows 'Access denied for user'
  maria_up
  m -e "create user shop@localhost identified by 'right'"
  for _ in 1 2 3 4; do mariadb --no-defaults -S /run/mysqld/s -u shop -pwrong -e 'select 1' > /dev/null 2>&1; sleep 0.3; done
  mariadb-admin --no-defaults -S /run/mysqld/s -u root shutdown; sleep 1
}
case_maria_unknown_variable() {
  format mariadb
  truth "The configuration names a variable that the server does not know; it aborts at start."
  words 'variable|option|config|setting; unknown|invalid|not know|not exist|wrong|error|misspel'
  shows 'unknown variable'
  follows 'Aborting'
  maria_up
  mariadb-admin --no-defaults -S /run/mysqld/s -u root shutdown; sleep 1
  maria_start --innodb-bufer-pool-instances=2; sleep 2
}
case_maria_second_instance() {
  format mariadb
  truth "Another server already uses the data folder."
  ids innodb-file-locked
  words 'lock|another|other|second|already; server|process|instance|mariadbd|mysqld|file|data|use'
  shows 'lock aria control file|Unable to lock|Check that you do not already have another'
  follows 'Unknown/unsupported storage engine|Plugin .InnoDB. (init|registration)|Failed to initialize|Aborting|InnoDB: (Unable to open|Database creation)|Cannot open|Plugin initialization aborted'
  maria_up
  maria_start --socket=/run/mysqld/t --port=3308; sleep 36
}
case_maria_disk_full() {
  format mariadb
  unrelated 'KILLED'
  truth "The file system of the data folder is full."
  ids mysql-disk-full mysql-table-full disk-full disk-full-other-spelling
  words 'disk|space|storage|file system|volume; full|no space|space left|out of|left|exhaust'
  shows 'Disk is full|No space left|Error number 28|table .* is full|Disc is full|disk full|errno: 28|OS error'
  MARIA_SIZE=118m maria_up --innodb-data-file-path=ibdata1:10M:autoextend
  m -e 'create database shop; create table shop.events (id int auto_increment primary key, body longtext) engine=myisam'
  m -e 'create table shop.orders (id int auto_increment primary key, body longtext) engine=innodb'
  for _ in 1 2 3 4 5 6 7 8; do m --connect-timeout=3 -e "insert into shop.orders (body) select repeat('x', 3000000) from (select 1 union select 2 union select 3) t" & wait $!; done
  for _ in 1 2 3 4; do timeout 5 mariadb --no-defaults -S /run/mysqld/s -u root -e "insert into shop.events (body) values (repeat('y', 9000000))" > /dev/null 2>&1; done
  sleep 1
}
case_maria_healthy() {
  format mariadb
  truth "Nothing is wrong: the server starts and stops as asked."
  maria_up
  for _ in 1 2 3; do m -e 'select 1'; done
  mariadb-admin --no-defaults -S /run/mysqld/s -u root shutdown; sleep 2
}

redis_up() {
  mkdir -p "$LAB/redis"
  redis-server --port 6380 --dir "$LAB/redis" --daemonize no --loglevel verbose "$@" >> "$LOG" 2>&1 &
  REDIS=$!
  listens 6380
}
r() { redis-cli -p "${RPORT:-6380}" "$@" > /dev/null 2>&1; }
case_redis_disk_full() {
  format redis
  unrelated 'Memory overcommit must'
  truth "The disk of the snapshots is full; Redis can't save and refuses writes."
  ids redis-misconf-rdb disk-full
  words 'disk|space|storage|file system|snapshot|rdb; full|no space|space left|out of|cannot be written|not be written|cannot save|not able|unable|fail'
  shows 'No space left on device|Background saving error|Failed .*rdb|Write error'
  mkdir -p redis; mount -t tmpfs -o size=2m tmpfs redis
  redis_up --save '1 1' --rdbcompression no
  for n in 1 2 3 4; do r set "user:$n" x; done; sleep 2
  for n in $(seq 40); do head -c 90000 /dev/urandom | base64 | redis-cli -p 6380 -x set "blob:$n" > /dev/null 2>&1; done
  sleep 7; for n in 1 2 3; do r set "user:$n" y; done; sleep 4
}
case_redis_aof_broken() {
  format redis
  unrelated 'Memory overcommit must'
  truth "The append-only file is damaged; Redis refuses to start."
  ids redis-aof-corrupt
  words 'append|aof; corrupt|damage|bad|broken|format|read'
  shows 'Bad file format|redis-check-aof|Fatal error loading'
  redis_up --appendonly yes
  for n in $(seq 30); do r set "user:$n" "$n"; done
  r shutdown nosave; r shutdown; sleep 1
  redis_up --appendonly yes; for n in $(seq 10); do r get "user:$n"; done; r shutdown; sleep 1
  local f; f=$(ls redis/appendonlydir/*.incr.aof); printf '*3\r\n$3\r\nSE\r\nrubbish\r\n' >> "$f"; printf 'more rubbish' >> "$f"
  redis-server --port 6380 --dir "$LAB/redis" --appendonly yes >> "$LOG" 2>&1
}
case_redis_replica_refused() {
  format redis
  unrelated 'Memory overcommit must'
  truth "The replica can't reach its master: nothing listens on the master's port."
  ids redis-sync-failed redis-master-down connection-refused
  words 'master|primary|replica|sync; refus|connect|lost|down|reach|not listen'
  shows 'Error condition on socket for SYNC: Connection refused|Connection with master lost'
  follows 'Reconnecting to MASTER|Connecting to MASTER|MASTER <-> REPLICA sync started'
  redis-server --port 6390 --save '' > /dev/null 2>&1 & local master=$!
  RPORT=6390 listens 6390
  redis_up --replicaof 127.0.0.1 6390 --save ''
  sleep 7
  for n in $(seq 10); do RPORT=6390 r set "user:$n" "$n"; done
  kill $master; sleep 5
}
case_redis_port_taken() {
  format redis
  unrelated 'Memory overcommit must'
  truth "A second Redis was started on the same port."
  ids address-in-use
  words 'port|address|socket|bind; in use|used|taken|already|another'
  shows 'Could not create server TCP|Failed listening|Address already in use|bind:'
  redis_up --save '1 1'
  for n in $(seq 6); do r set "user:$n" "$n"; sleep 0.6; done
  redis-server --port 6380 --dir /tmp >> "$LOG" 2>&1
  for n in $(seq 4); do r set "user:$n" "$n"; sleep 0.6; done
}
case_redis_bad_directive() {
  format redis
  unrelated 'Memory overcommit must'
  truth "redis.conf has a wrong line; Redis does not start."
  words 'config|directive|redis.conf|argument|setting; bad|wrong|error|invalid|unknown|fatal|number'
  shows 'FATAL CONFIG|Reading the configuration file|>>> |Bad directive|wrong number'
  redis_up --save '1 1'
  for n in $(seq 8); do r set "user:$n" "$n"; sleep 0.6; done
  r shutdown; sleep 1
  printf 'port 6380\nmaxmemory-polisy allkeys-lru\n' > redis.conf
  logged redis-server redis.conf
}
case_redis_healthy() {
  format redis
  truth "Nothing is wrong: snapshots are saved, the server stops as asked."
  echo 1 > overcommit; mount --bind overcommit /proc/sys/vm/overcommit_memory
  redis_up --save '1 1'
  for n in $(seq 12); do r set "user:$n" "$n"; sleep 0.5; done
  r shutdown; sleep 1
}

case_etcd_port_taken() {
  format zap-json
  truth "etcd can't listen: its port is taken by another process."
  ids address-in-use
  words 'port|address|listen|bind; in use|used|taken|already|another'
  shows 'address already in use'
  logged timeout 6 etcd --data-dir "$LAB/etcd" --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379
  python3 -m http.server -b 127.0.0.1 2379 > /dev/null 2>&1 & listens 2379
  logged timeout 6 etcd --data-dir "$LAB/etcd" --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379
}
case_etcd_healthy() {
  format zap-json
  truth "Nothing is wrong: etcd starts, elects itself and stops as asked."
  logged timeout 6 etcd --data-dir "$LAB/etcd" --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379
}
case_zookeeper_no_quorum() {
  format zookeeper
  truth "The other two servers of the ensemble are not running; there is no quorum."
  ids zookeeper-no-channel zookeeper-not-running java-connection-refused connection-refused
  words 'quorum|ensemble|election|server|peer|member|node|majority; reach|channel|connect|refus|not run|down|missing|no '
  shows 'Cannot open channel to|ConnectException'
  follows 'ZooKeeperServer not running|Notification time out|Exception causing close'
  mkdir -p zk; echo 1 > zk/myid
  printf 'tickTime=500\ninitLimit=3\nsyncLimit=2\ndataDir=%s/zk\nclientPort=2182\nadmin.enableServer=false\nserver.1=127.0.0.1:2888:3888\nserver.2=127.0.0.1:2889:3889\nserver.3=127.0.0.1:2890:3890\n' "$LAB" > zoo.cfg
  printf 'log4j.rootLogger=INFO, C\nlog4j.appender.C=org.apache.log4j.ConsoleAppender\nlog4j.appender.C.layout=org.apache.log4j.PatternLayout\nlog4j.appender.C.layout.ConversionPattern=%%d{ISO8601} [myid:1] - %%-5p [%%t:%%C{1}@%%L] - %%m%%n\n' > log4j.properties
  logged timeout 14 java -cp "$LAB:$(ls /usr/share/java/{zookeeper,slf4j-api,slf4j-log4j12,log4j-1.2,netty-*,snappy-java,dropwizard-metrics-core,metrics-core,commons-cli,jackson-*,jetty*}.jar 2> /dev/null | paste -sd:)" -Dzookeeper.serverCnxnFactory=org.apache.zookeeper.server.NIOServerCnxnFactory org.apache.zookeeper.server.quorum.QuorumPeerMain zoo.cfg
}
case_mosquitto_not_authorised() {
  format mosquitto
  truth "A sensor connects with a wrong password and is refused."
  words 'password|authori|authentic|credential|user|login|anonymous; not auth|refus|wrong|denied|fail|reject|invalid'
  shows 'not authorised|not authorized'
  printf 'listener 1884 127.0.0.1\nallow_anonymous false\npassword_file %s/pw\nlog_dest stdout\nlog_timestamp_format %%Y-%%m-%%dT%%H:%%M:%%S\n' "$LAB" > mq.conf
  : > pw; mosquitto_passwd -b pw sensor right; chmod 644 pw; chmod 755 "$LAB"
  bg mosquitto -c mq.conf
  listens 1884
  mqtt() { python3 - "$1" "$2" <<'PY'
import socket, struct, sys, random
user, word = sys.argv[1].encode(), sys.argv[2].encode()
def s(b): return struct.pack('!H', len(b)) + b
client = b'meter-%d' % random.randrange(1000)
body = s(b'MQTT') + bytes([4, 0xC2]) + struct.pack('!H', 30) + s(client) + s(user) + s(word)
c = socket.create_connection(('127.0.0.1', 1884), timeout=3)
c.sendall(bytes([0x10, len(body)]) + body)
try: c.recv(4)
except OSError: pass
c.sendall(b'\xe0\x00')
c.close()
PY
  }
  for _ in $(seq 9); do mqtt sensor right; done
  for _ in $(seq 5); do mqtt sensor wrong; mqtt sensor right; done
}
case_mosquitto_healthy() {
  format mosquitto
  truth "Nothing is wrong: clients connect and disconnect."
  printf 'listener 1884 127.0.0.1\nallow_anonymous true\nlog_dest stdout\nlog_timestamp_format %%Y-%%m-%%dT%%H:%%M:%%S\n' > mq.conf
  bg mosquitto -c mq.conf
  listens 1884
  for _ in $(seq 12); do python3 -c "
import socket
c = socket.create_connection(('127.0.0.1', 1884)); c.sendall(b'\x10\x0e\x00\x04MQTT\x04\x02\x00\x1e\x00\x02ab'); c.recv(4); c.sendall(b'\xe0\x00'); c.close()"; done
}
case_nats_bad_token() {
  format nats
  truth "A client connects with a wrong token."
  words 'token|authori|authentic|credential|login|password; fail|wrong|error|refus|denied|invalid|violation'
  shows 'authentication error|Authorization Violation'
  follows 'Client connection closed: Authentication Failure'
  bg nats-server -a 127.0.0.1 -p 4223 -D --auth right
  listens 4223
  nc_() { python3 -c "
import socket, sys
c = socket.create_connection(('127.0.0.1', 4223), timeout=2); c.recv(900)
c.sendall(b'CONNECT {\"auth_token\":\"$1\",\"name\":\"worker\",\"lang\":\"py\",\"verbose\":false}\r\nPING\r\n')
try: c.recv(100)
except OSError: pass
c.close()"; }
  for _ in 1 2 3 4; do nc_ right; done
  for _ in 1 2 3; do nc_ wrong; nc_ right; done
}
case_prometheus_bad_config() {
  format logfmt
  truth "prometheus.yml has a wrong field, so the reload failed and the start after it too."
  words 'config|yaml|prometheus.yml|field; error|invalid|not found|unknown|fail|pars|wrong|load'
  shows 'Error loading config|not found in type'
  mkdir -p prom
  printf 'global:\n  scrape_interval: 1s\nscrape_configs:\n  - job_name: self\n    static_configs:\n      - targets: ["127.0.0.1:9091"]\n' > prom.yml
  logged timeout 6 prometheus --config.file prom.yml --storage.tsdb.path prom --web.listen-address 127.0.0.1:9091
  sed -i 's/static_configs/static_config/' prom.yml
  logged timeout 6 prometheus --config.file prom.yml --storage.tsdb.path prom --web.listen-address 127.0.0.1:9091
}
case_prometheus_data_readonly() {
  format logfmt
  truth "Prometheus may not write into its data folder: the file system is mounted read-only."
  ids read-only-file-system prometheus-storage-failed
  words 'read-only|readonly|not be written|write|permission; file system|filesystem|storage|disk|mount|folder|director'
  shows 'read-only file system|Opening storage failed|opening storage failed'
  follows 'See you next time|Stopping|stopped|^panic:|^goroutine|^\s|^main\.|^github'
  mkdir -p prom
  printf 'global:\n  scrape_interval: 1s\nscrape_configs:\n  - job_name: self\n    static_configs:\n      - targets: ["127.0.0.1:9091"]\n' > prom.yml
  mount -t tmpfs -o size=60m tmpfs prom
  logged timeout 6 prometheus --config.file prom.yml --storage.tsdb.path prom --web.listen-address 127.0.0.1:9091
  mount -o remount,ro prom
  logged timeout 6 prometheus --config.file prom.yml --storage.tsdb.path prom --web.listen-address 127.0.0.1:9091
}
case_prometheus_healthy() {
  format logfmt
  truth "Nothing is wrong: Prometheus starts and stops as asked."
  mkdir -p prom; printf 'global:\n  scrape_interval: 1s\n' > prom.yml
  for _ in 1 2; do logged timeout 5 prometheus --config.file prom.yml --storage.tsdb.path prom --web.listen-address 127.0.0.1:9091; done
}
case_registry_bad_storage() {
  format docker-registry
  truth "The registry can't write: its storage folder is read-only."
  ids read-only-file-system
  words 'read-only|readonly|write|writable; storage|file system|filesystem|disk|folder|director|mount'
  shows 'read-only file system'
  follows '" 500 |response completed with error'
  mkdir -p reg; mount -t tmpfs -o size=20m tmpfs reg
  printf 'version: 0.1\nlog:\n  level: info\n  formatter: text\nstorage:\n  filesystem:\n    rootdirectory: %s/reg\nhttp:\n  addr: 127.0.0.1:5001\n' "$LAB" > reg.yml
  bg docker-registry serve reg.yml
  listens 5001
  for _ in 1 2 3 4 5 6 7 8 9; do curl -s -o /dev/null http://127.0.0.1:5001/v2/; curl -s -o /dev/null -X POST http://127.0.0.1:5001/v2/shop/web/blobs/uploads/; done
  mount -o remount,ro reg
  for _ in 1 2 3 4; do curl -s -o /dev/null -X POST http://127.0.0.1:5001/v2/shop/web/blobs/uploads/; curl -s -o /dev/null http://127.0.0.1:5001/v2/; done
}
case_slapd_wrong_password() {
  format slapd
  truth "The application binds to the directory with a wrong password (invalid credentials, err=49)."
  words 'password|credential|bind|login|authentic|err=49; invalid|wrong|fail|refus|reject|49'
  shows 'RESULT tag=97 err=49'
  mkdir -p ldap
  printf 'include /etc/ldap/schema/core.schema\nmodulepath /usr/lib/ldap\nmoduleload back_mdb\npidfile %s/slapd.pid\ndatabase mdb\nmaxsize 10485760\nsuffix "dc=example,dc=net"\nrootdn "cn=admin,dc=example,dc=net"\nrootpw right\ndirectory %s/ldap\n' "$LAB" "$LAB" > slapd.conf
  bg slapd -f slapd.conf -h ldap://127.0.0.1:3890 -d stats
  listens 3890
  bind_as() { python3 - "$1" <<'PY'
import socket, sys
def ber(tag, data): return bytes([tag, len(data)]) + data
op = ber(0x60, ber(2, b'\x03') + ber(4, b'cn=admin,dc=example,dc=net') + ber(0x80, sys.argv[1].encode()))
c = socket.create_connection(('127.0.0.1', 3890)); c.sendall(ber(0x30, ber(2, b'\x01') + op)); c.recv(100)
c.sendall(ber(0x30, ber(2, b'\x02') + b'\x42\x00')); c.close()
PY
  }
  for _ in 1 2 3 4 5; do bind_as right; done
  for _ in 1 2 3; do bind_as wrong; bind_as right; done
}
case_sqlite_locked() {
  format python
  truth "Another process holds the lock on the SQLite database."
  ids sqlite-locked
  words 'lock; database|sqlite|process|another|file'
  shows 'database is locked|Traceback|File "|db.execute|ERROR - reading'
  follows 'not stored'
  cat > w.py <<'PY'
import logging, sqlite3, sys, threading, time
logging.basicConfig(level=logging.INFO, format='%(asctime)s - %(name)s - %(levelname)s - %(message)s', stream=sys.stdout)
log = logging.getLogger('meter.store')
db = sqlite3.connect('/srv/lab/meter.db', timeout=0.2, isolation_level=None, check_same_thread=False)
db.execute('create table if not exists readings (at real, value real)')
def put(n):
    try:
        db.execute('insert into readings values (?, ?)', (time.time(), n))
        log.info('stored reading %d', n)
    except sqlite3.OperationalError:
        log.exception('reading %d', n)
        log.warning('reading %d not stored', n)
for n in range(26): put(n)
other = sqlite3.connect('/srv/lab/meter.db', isolation_level=None)
other.execute('begin exclusive')
for n in range(26, 30): put(n)
other.execute('rollback')
for n in range(30, 36): put(n)
PY
  logged python3 w.py
}
case_influx_port_taken() {
  format influxdb
  truth "InfluxDB can't listen: another process holds its port."
  ids address-in-use
  words 'port|address|listen|bind; in use|used|taken|already|another'
  shows 'address already in use'
  printf 'reporting-disabled = true\nbind-address = "127.0.0.1:8089"\n[meta]\n  dir = "%s/inf/meta"\n[data]\n  dir = "%s/inf/data"\n  wal-dir = "%s/inf/wal"\n[http]\n  bind-address = "127.0.0.1:8186"\n' "$LAB" "$LAB" "$LAB" > inf.conf
  logged timeout 5 influxd -config inf.conf
  python3 -m http.server -b 127.0.0.1 8186 > /dev/null 2>&1 & listens 8186
  logged timeout 5 influxd -config inf.conf
}
