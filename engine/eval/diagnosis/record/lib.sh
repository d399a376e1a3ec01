# What the cases share. Each runs in /srv/lab as root, on a machine of its own (see record.sh).

LAB=/srv/lab
OUT=/srv/out

run_case() {
  mkdir -p "$OUT"
  name=${1//_/-}
  # The log, open for every program of the case to append to.
  LOG=$OUT/service.log
  CASE=$OUT/$name.case
  : > "$LOG"
  cd "$LAB" || exit 1
  "case_$1"
  # Nothing of the case may write any more.
  kill $(jobs -p) 2>/dev/null
  sleep 0.3
  mv "$LOG" "$OUT/$name.log"
}

# What is true of the case; `healthy` cases have format and truth only.
#   format NAME        how lines look, or whose they are (names as in reserved.json)
#   truth TEXT         what was done
#   ids ID...          known failures that name this cause
#   words 'a|b; c|d'   the cause in words: one of each group
#   shows REGEX        lines that show the cause (extended regular expression)
#   follows REGEX      lines that follow from it
#   unrelated REGEX    lines that only look like trouble
format() { echo "format=$1" >> "$CASE"; }
truth() { echo "truth=$1" >> "$CASE"; }
ids() { echo "ids=$*" >> "$CASE"; }
words() { echo "words=$1" >> "$CASE"; }
shows() { echo "shows=$1" >> "$CASE"; }
follows() { echo "follows=$1" >> "$CASE"; }
unrelated() { echo "unrelated=$1" >> "$CASE"; }

# Starts a program in the background, its output in the log.
bg() { "$@" >> "$LOG" 2>&1 & }
# Runs a command with its output in the log, for at most 40 seconds.
logged() { timeout 40 "$@" >> "$LOG" 2>&1; }
# A line as a script of an operator would write it.
note() { printf '%s %s\n' "$(date '+%F %T')" "$*" >> "$LOG"; }

# Waits until something listens on a port of this machine, at most ten seconds.
listens() {
  for _ in $(seq 100); do
    (exec 3<> "/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0
    sleep 0.1
  done
  echo "nothing listens on $1"
  return 1
}
# Waits until the log holds a text, at most 20 seconds.
until_log() {
  for _ in $(seq 200); do
    grep -qE "$1" "$LOG" && return 0
    sleep 0.1
  done
  echo "the log never held: $1"
}

# Requests pages: get BASE COUNT [PATH...]
get() {
  local base=$1 count=$2 paths=("${@:3}")
  [ ${#paths[@]} -gt 0 ] || paths=(/ /index.html /about.html /style.css)
  for ((i = 0; i < count; i++)); do
    curl -sk -m 5 -o /dev/null -A "Mozilla/5.0 (X11; Linux x86_64)" "$base${paths[i % ${#paths[@]}]}"
  done
}

# A site of four pages in $LAB/site.
site() {
  mkdir -p "$LAB/site"
  local page
  for page in index.html about.html style.css big.html; do echo "page $page" > "$LAB/site/$page"; done
  chmod 755 "$LAB" "$LAB/site"
}

# A small application on a port: app PORT [SECONDS an answer takes]
app() {
  cat > "$LAB/app.py" <<'PY'
import http.server, sys, time
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(float(sys.argv[2]))
        body = b'ok\n'
        self.send_response(200)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    do_POST = do_GET
    def log_message(self, *words): pass
http.server.ThreadingHTTPServer(('127.0.0.1', int(sys.argv[1])), Handler).serve_forever()
PY
  python3 "$LAB/app.py" "$1" "${2:-0}" > /dev/null 2>&1 &
  APP=$!
  listens "$1"
}

# A key and a certificate: certificate FILE NAME [openssl x509 options]; FILE.key and FILE.crt
certificate() {
  openssl req -x509 -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.crt" -subj "/CN=$2" \
    -addext "subjectAltName=DNS:$2" "${@:3}" 2> /dev/null
}
# A certificate that expired: expired FILE NAME
expired() {
  openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$2" 2> /dev/null
  mkdir -p ca && : > ca/index.txt && echo 01 > ca/serial
  openssl req -x509 -newkey rsa:2048 -nodes -keyout ca/ca.key -out ca/ca.crt -subj "/CN=Example CA" 2> /dev/null
  printf '[ca]\ndefault_ca=d\n[d]\ndatabase=ca/index.txt\nserial=ca/serial\nnew_certs_dir=ca\ndefault_md=sha256\npolicy=p\nx509_extensions=e\n[p]\ncommonName=supplied\n[e]\nsubjectAltName=DNS:%s\n' "$2" > ca/conf
  openssl ca -batch -config ca/conf -cert ca/ca.crt -keyfile ca/ca.key -in "$1.csr" -out "$1.crt" \
    -startdate 20230101000000Z -enddate 20240101000000Z 2> /dev/null
}

# A log daemon on /dev/log that writes into the log of the case.
syslog() {
  cat > "$LAB/syslog-ng.conf" <<EOF
@version: 3.38
options { keep-hostname(yes); use-dns(no); flush-lines(0); stats-freq(0); };
source s { unix-dgram("/dev/log"); };
destination d { file("$LOG" template("\${DATE} \${HOST} \${MSGHDR}\${MESSAGE}\n")); };
log { source(s); destination(d); };
EOF
  mkdir -p /var/lib/syslog-ng /run/syslog-ng
  syslog-ng -F -f "$LAB/syslog-ng.conf" --no-caps -R "$LAB/sng.persist" -c "$LAB/sng.ctl" > "$LAB/sng.out" 2>&1 &
  for _ in $(seq 50); do [ -S /dev/log ] && return; sleep 0.1; done
  cat "$LAB/sng.out"
}
