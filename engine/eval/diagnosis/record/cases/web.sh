# Web servers, proxies and load balancers.

# nginx with errors and requests in one log: nginx_site 'directives of the server'
nginx_site() {
  site
  mkdir -p "$LAB/nginx"
  cat > "$LAB/nginx.conf" <<EOF
error_log $LOG info;
pid $LAB/nginx.pid;
worker_processes 1;
events { worker_connections 64; }
http {
  access_log $LOG combined;
  client_body_temp_path $LAB/nginx/body; proxy_temp_path $LAB/nginx/proxy; fastcgi_temp_path $LAB/nginx/fcgi;
  uwsgi_temp_path $LAB/nginx/uwsgi; scgi_temp_path $LAB/nginx/scgi;
  server {
    listen 127.0.0.1:8080;
    server_name shop.example.net;
    root $LAB/site;
    $1
  }
}
EOF
  nginx -c "$LAB/nginx.conf" && listens 8080
}

case_nginx_upstream_stopped() {
  format nginx-error
  truth "The application behind nginx was stopped: nothing listens on its port."
  ids nginx-upstream-refused connection-refused
  words 'upstream|backend|application|behind|server|port; refus|not listen|nothing listens|down|not run|stopped|no process'
  shows 'connect\(\) failed \(111: Connection refused\)'
  follows '" 502 [0-9]+ "'
  app 9000
  nginx_site "location /api/ { proxy_pass http://127.0.0.1:9000; }"
  get http://127.0.0.1:8080 24 / /api/items /about.html /api/cart
  kill "$APP"; wait "$APP" 2>/dev/null
  get http://127.0.0.1:8080 14 / /api/items /about.html /api/cart
}
case_nginx_upstream_slow() {
  format nginx-error
  truth "The application behind nginx takes longer than proxy_read_timeout."
  ids nginx-upstream-timeout
  words 'upstream|backend|application|behind|server|answer; timed out|timeout|time|slow|long'
  shows 'upstream timed out'
  follows '" 504 [0-9]+ "'
  app 9000 0
  nginx_site "location /api/ { proxy_pass http://127.0.0.1:9000; } location /report/ { proxy_read_timeout 1s; proxy_pass http://127.0.0.1:9001; }"
  python3 "$LAB/app.py" 9001 3 & listens 9001
  get http://127.0.0.1:8080 26 / /api/items /about.html /api/cart
  get http://127.0.0.1:8080 6 /report/year /
}
case_nginx_no_permission() {
  format nginx-error
  truth "nginx's workers may not read the site's folder: its mode was changed."
  ids permission-denied
  words 'permission|right|mode|access; denied|not allowed|may not|lack|owner|read'
  shows '\(13: Permission denied\)'
  follows '" 403 [0-9]+ "'
  nginx_site ""
  get http://127.0.0.1:8080 22
  chmod 700 "$LAB/site"; chown root "$LAB/site"
  get http://127.0.0.1:8080 12
}
case_nginx_unknown_directive() {
  format nginx-error
  truth "After an edit the configuration has a misspelt directive, so nginx refused to reload."
  ids nginx-config-error
  words 'config|directive|setting; unknown|mis|wrong|error|mistake|invalid|not known|typo'
  shows 'unknown directive'
  nginx_site ""
  get http://127.0.0.1:8080 30
  sed -i 's/root /proxy_bufer_size 8k; root /' "$LAB/nginx.conf"
  logged nginx -c "$LAB/nginx.conf" -s reload
  get http://127.0.0.1:8080 8
}
case_nginx_port_taken() {
  format nginx-error
  truth "A second server was started on a port that another process holds."
  ids nginx-bind-failed address-in-use
  words 'port|address|bind|socket; in use|used|taken|already|another'
  shows 'bind\(\) to .* failed|still could not bind'
  nginx_site ""
  get http://127.0.0.1:8080 26
  sed "s/nginx.pid/other.pid/" "$LAB/nginx.conf" > "$LAB/other.conf"
  nginx -c "$LAB/other.conf" 2>> "$LAB/none"
  get http://127.0.0.1:8080 6
}
case_nginx_body_too_large() {
  format nginx-error
  truth "Uploads are larger than client_max_body_size."
  ids nginx-body-too-large
  words 'body|upload|request|client_max_body_size; large|big|size|limit'
  shows 'too large body'
  follows '" 413 [0-9]+ "'
  app 9000
  nginx_site "client_max_body_size 8k; location /api/ { proxy_pass http://127.0.0.1:9000; }"
  get http://127.0.0.1:8080 24 / /api/items
  head -c 40000 /dev/zero > "$LAB/upload"
  for _ in 1 2 3 4; do curl -s -o /dev/null -F "f=@$LAB/upload" http://127.0.0.1:8080/api/upload; get http://127.0.0.1:8080 2; done
}
case_nginx_key_mismatch() {
  format nginx-error
  truth "The private key does not belong to the certificate."
  ids tls-key-mismatch
  words 'key; certificate; match|belong|fit|pair|differ'
  shows 'key values mismatch'
  nginx_site ""
  get http://127.0.0.1:8080 30
  certificate "$LAB/a" shop.example.net; certificate "$LAB/b" shop.example.net
  sed -i "s|listen 127.0.0.1:8080;|listen 127.0.0.1:8080; listen 127.0.0.1:8443 ssl; ssl_certificate $LAB/a.crt; ssl_certificate_key $LAB/b.key;|" "$LAB/nginx.conf"
  logged nginx -c "$LAB/nginx.conf" -s reload
  sleep 0.5
  get http://127.0.0.1:8080 6
}
case_nginx_upstream_expired() {
  format nginx-error
  truth "The certificate of the server behind nginx is expired."
  ids tls-expired-certificate
  words 'certificate|cert; expire|no longer valid|out of date'
  shows 'upstream SSL certificate verify error'
  follows '" 502 [0-9]+ "'
  expired "$LAB/old" pay.example.net
  (cd "$LAB" && openssl s_server -quiet -www -accept 9443 -key old.key -cert old.crt > /dev/null 2>&1 &)
  listens 9443
  nginx_site "location /pay/ { proxy_pass https://127.0.0.1:9443/; proxy_ssl_verify on; proxy_ssl_trusted_certificate $LAB/ca/ca.crt; proxy_ssl_name pay.example.net; }"
  get http://127.0.0.1:8080 26
  get http://127.0.0.1:8080 8 /pay/1 /index.html
}
case_nginx_fastcgi_socket_missing() {
  format nginx-error
  truth "The PHP process is not running: its socket does not exist."
  ids nginx-php-socket-missing no-such-file
  words 'php|fpm|fastcgi|socket; not exist|missing|not run|no such|not there|not started'
  shows 'connect\(\) to unix:.* failed'
  follows '" 502 [0-9]+ "'
  nginx_site "location ~ \\.php\$ { fastcgi_pass unix:/run/php/php8.2-fpm.sock; fastcgi_param SCRIPT_FILENAME $LAB/site\$fastcgi_script_name; }"
  get http://127.0.0.1:8080 22
  get http://127.0.0.1:8080 10 /index.php /style.css
}
case_nginx_healthy() {
  format nginx-error
  truth "Nothing is wrong: nginx serves pages and reloads its configuration."
  app 9000
  nginx_site "location /api/ { proxy_pass http://127.0.0.1:9000; } location /error_log { return 204; }"
  get http://127.0.0.1:8080 30 / /api/items /about.html /error_log
  nginx -c "$LAB/nginx.conf" -s reload; sleep 0.5
  get http://127.0.0.1:8080 30 / /api/items /about.html /api/cart
}

apache_site() {
  site
  mkdir -p "$LAB/apache"
  cat > "$LAB/apache.conf" <<EOF
ServerName shop.example.net
ServerRoot /etc/apache2
PidFile $LAB/apache/pid
Listen 127.0.0.1:8081
LoadModule mpm_prefork_module /usr/lib/apache2/modules/mod_mpm_prefork.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule authz_host_module /usr/lib/apache2/modules/mod_authz_host.so
LoadModule dir_module /usr/lib/apache2/modules/mod_dir.so
LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
User www-data
Group www-data
StartServers 1
MinSpareServers 1
MaxSpareServers 2
ErrorLog $LOG
LogLevel info
LogFormat "%h %l %u %t \"%r\" %>s %b" common
CustomLog $LOG common
DocumentRoot $LAB/site
<Directory $LAB/site>
  Require all granted
</Directory>
$1
EOF
  apache2 -f "$LAB/apache.conf" -k start && listens 8081
}
case_apache_backend_dead() {
  format apache-error
  truth "The application behind Apache was stopped; connections to it are refused."
  ids apache-proxy-connect-failed connection-refused
  words 'backend|behind|proxy|application|server|port; refus|not listen|nothing listens|down|stopped|connect'
  shows 'AH00957|AH01114|attempt to connect to'
  follows '" 503 |AH00959'
  app 9000
  apache_site "ProxyPass /api/ http://127.0.0.1:9000/"
  get http://127.0.0.1:8081 26 / /api/items /about.html
  kill "$APP"; wait "$APP" 2>/dev/null
  get http://127.0.0.1:8081 9 /api/items /about.html
}
case_apache_access_denied() {
  format apache-error
  truth "The configuration forbids access to the reports folder for this client."
  ids apache-denied
  words 'denied|forbid|not allow|refus|403; config|rule|require|server|access|htaccess'
  shows 'AH01630'
  follows '" 403 '
  apache_site "<Location /reports>
  Require ip 10.9.9.0/24
</Location>"
  get http://127.0.0.1:8081 24
  get http://127.0.0.1:8081 8 /reports/2024.html /index.html
}
case_apache_syntax_error() {
  format apache-error
  truth "A module is missing for a directive in the configuration: Apache refuses to start."
  ids apache-config-error
  words 'config|settings|syntax|directive|command; error|invalid|unknown|mistake|mis|wrong|module'
  shows 'AH00526|Invalid command'
  apache_site ""
  get http://127.0.0.1:8081 30
  apache2 -f "$LAB/apache.conf" -k stop; sleep 1
  echo 'RewriteEngine On' >> "$LAB/apache.conf"
  logged apache2 -f "$LAB/apache.conf" -k start
}
case_apache_port_taken() {
  format apache-error
  truth "Another process holds the port, so Apache could not start again."
  ids apache-bind-failed address-in-use
  words 'port|address|socket|bind; in use|used|taken|already|another'
  shows 'AH00072'
  follows 'AH00015|no listening sockets|AH00451'
  apache_site ""
  get http://127.0.0.1:8081 30
  apache2 -f "$LAB/apache.conf" -k stop; sleep 1
  python3 -m http.server -b 127.0.0.1 8081 > /dev/null 2>&1 & listens 8081
  logged apache2 -f "$LAB/apache.conf" -k start
}
case_apache_folder_closed() {
  format apache-error
  truth "Apache may not enter the site's folder: its mode was changed."
  ids apache-permission permission-denied
  words 'permission|right|mode|access; denied|not allowed|may not|search|missing|read'
  shows 'Permission denied'
  follows '" 403 '
  apache_site ""
  get http://127.0.0.1:8081 24
  chmod 700 "$LAB/site"
  get http://127.0.0.1:8081 8
}
case_apache_healthy() {
  format apache-error
  truth "Nothing is wrong: Apache serves pages and restarts gracefully."
  apache_site ""
  get http://127.0.0.1:8081 28
  apache2 -f "$LAB/apache.conf" -k graceful; sleep 1
  get http://127.0.0.1:8081 24
  apache2 -f "$LAB/apache.conf" -k stop; sleep 1
}

haproxy_up() {
  cat > "$LAB/haproxy.cfg" <<EOF
global
  log stdout format iso local0
defaults
  mode http
  log global
  option httplog
  timeout connect 1s
  timeout client 5s
  timeout server 5s
frontend web
  bind 127.0.0.1:8082
  default_backend app
backend app
  option httpchk GET /health
  default-server inter 400ms fall 2 rise 2
  server app-1 127.0.0.1:9001 check
  server app-2 127.0.0.1:9002 check
$1
EOF
  bg haproxy -db -f "$LAB/haproxy.cfg"
  listens 8082
}
case_haproxy_servers_down() {
  format haproxy
  truth "Both servers behind HAProxy were stopped: health checks fail, no server is left."
  ids haproxy-server-down haproxy-no-server connection-refused
  words 'server|backend; down|fail|refus|no server|unavailable|health|check'
  shows 'is DOWN|has no server available'
  follows '<NOSRV>'
  app 9001; local one=$APP; app 9002; local two=$APP
  haproxy_up ""
  sleep 1
  get http://127.0.0.1:8082 26 / /api/items /cart
  kill "$one"; sleep 2
  get http://127.0.0.1:8082 6
  kill "$two"; sleep 2
  get http://127.0.0.1:8082 8
}
case_haproxy_bad_config() {
  format haproxy
  truth "The configuration names a backend that does not exist; the new HAProxy does not start."
  ids haproxy-config-error
  words 'config|settings|backend|default_backend; mistake|unable|not exist|unknown|error|find|missing|wrong'
  shows 'unable to find|could not find|Error\(s\) found|Fatal errors'
  app 9001; app 9002
  haproxy_up ""
  sleep 1
  get http://127.0.0.1:8082 30 / /api/items
  sed -i 's/default_backend app/default_backend aps/' "$LAB/haproxy.cfg"
  kill %% 2> /dev/null; pkill -x haproxy; sleep 0.5
  haproxy -db -f "$LAB/haproxy.cfg" > "$LAB/second" 2>&1
  cat "$LAB/second" >> "$LOG"
}
case_haproxy_healthy() {
  format haproxy
  truth "Nothing is wrong: both servers answer."
  app 9001; app 9002
  haproxy_up ""
  sleep 1
  get http://127.0.0.1:8082 60 / /api/items /cart /error_log
}

case_lighttpd_healthy() {
  format lighttpd
  truth "Nothing is wrong: lighttpd serves pages."
  site
  printf 'server.document-root="%s/site"\nserver.port=8083\nserver.bind="127.0.0.1"\nserver.modules=("mod_accesslog")\naccesslog.filename="%s"\nserver.errorlog="%s"\nindex-file.names=("index.html")\n' "$LAB" "$LOG" "$LOG" > light.conf
  lighttpd -D -f light.conf & local server=$!
  listens 8083
  get http://127.0.0.1:8083 50
  kill -INT $server; wait $server 2> /dev/null
}
case_lighttpd_backend_refused() {
  format lighttpd
  truth "The application behind lighttpd is not running."
  ids connection-refused
  words 'backend|behind|application|proxy|server|port; refus|not listen|nothing listens|down|not run'
  shows 'Connection refused|all handlers for'
  site
  printf 'server.document-root="%s/site"\nserver.port=8083\nserver.bind="127.0.0.1"\nserver.modules=("mod_accesslog","mod_proxy")\naccesslog.filename="%s"\nserver.errorlog="%s"\nindex-file.names=("index.html")\nproxy.server=("/api/" => (("host"=>"127.0.0.1","port"=>9000)))\n' "$LAB" "$LOG" "$LOG" > light.conf
  app 9000
  lighttpd -D -f light.conf & local server=$!
  listens 8083
  get http://127.0.0.1:8083 70 / /api/items /about.html
  kill "$APP"; wait "$APP" 2>/dev/null
  get http://127.0.0.1:8083 10 /api/items /about.html
  kill -INT $server; wait $server 2> /dev/null
}

case_caddy_backend_gone() {
  format caddy
  truth "The application behind Caddy was stopped."
  ids caddy-dial-error connection-refused
  words 'upstream|backend|behind|application|server|port; refus|not listen|nothing listens|down|dial|connect|reach'
  shows 'connection refused'
  app 9000
  printf '{\n admin off\n auto_https off\n}\n:8084 {\n log\n reverse_proxy 127.0.0.1:9000\n}\n' > Caddyfile
  bg caddy run --config Caddyfile --adapter caddyfile
  listens 8084
  get http://127.0.0.1:8084 34 / /api/items
  kill "$APP"; wait "$APP" 2>/dev/null
  get http://127.0.0.1:8084 6 / /api/items
}
case_caddy_healthy() {
  format caddy
  truth "Nothing is wrong: Caddy passes requests on."
  app 9000
  printf '{\n admin off\n auto_https off\n}\n:8084 {\n log\n reverse_proxy 127.0.0.1:9000\n}\n' > Caddyfile
  bg caddy run --config Caddyfile --adapter caddyfile
  listens 8084
  get http://127.0.0.1:8084 40 / /api/items
}

case_squid_origin_refuses() {
  format squid
  truth "The origin server does not listen: Squid's connections to it fail."
  ids squid-connect-failed connection-refused
  words 'target|origin|server|peer|connect|parent|destination; reach|refus|fail|down|not listen|dead'
  shows 'TCP connection to .* failed|Detected DEAD Parent|connection refused'
  follows '/50[23] '
  app 9000
  printf 'http_port 127.0.0.1:3129\ncache_peer 127.0.0.1 parent 9000 0 no-query originserver name=shop connect-fail-limit=2\nhttp_access allow all\nnever_direct allow all\ncache deny all\ncache_log %s\naccess_log stdio:%s\npid_filename %s/squid.pid\ncoredump_dir %s\nlogfile_rotate 0\nshutdown_lifetime 1 seconds\n' "$LOG" "$LOG" "$LAB" "$LAB" > squid.conf
  chmod 777 "$LAB" "$OUT"; chmod 666 "$LOG"
  squid -N -f "$LAB/squid.conf" & listens 3129
  for _ in $(seq 12); do curl -s -o /dev/null -x 127.0.0.1:3129 http://shop.example.net/item/$RANDOM; done
  kill "$APP"; wait "$APP" 2>/dev/null
  for _ in $(seq 12); do curl -s -o /dev/null -x 127.0.0.1:3129 http://shop.example.net/item/$RANDOM; done
  sleep 1
}
case_squid_healthy() {
  format squid
  truth "Nothing is wrong: Squid starts and serves."
  app 9000
  printf 'http_port 127.0.0.1:3129\ncache_peer 127.0.0.1 parent 9000 0 no-query originserver name=shop\nhttp_access allow all\nnever_direct allow all\ncache deny all\ncache_log %s\naccess_log stdio:%s\npid_filename %s/squid.pid\ncoredump_dir %s\nlogfile_rotate 0\nshutdown_lifetime 1 seconds\n' "$LOG" "$LOG" "$LAB" "$LAB" > squid.conf
  chmod 777 "$LAB" "$OUT"; chmod 666 "$LOG"
  squid -N -f "$LAB/squid.conf" & listens 3129
  for _ in $(seq 20); do curl -s -o /dev/null -x 127.0.0.1:3129 http://shop.example.net/item/$RANDOM; done
  sleep 1
}
case_varnish_no_backend() {
  format varnish
  truth "Varnish can't fetch from its backend: nothing listens there."
  ids varnish-backend-fetch-failed connection-refused
  words 'backend|server|behind; fetch|refus|fail|down|not listen|unhealthy|reach|connect'
  shows 'FetchError|Backend fetch failed|Error +.*backend'
  follows '(Status +503|Reason +Service Unavailable|VCL_call +(BACKEND_ERROR|SYNTH))'
  app 9000
  printf 'vcl 4.0; backend default { .host = "127.0.0.1"; .port = "9000"; }' > v.vcl
  varnishd -F -a 127.0.0.1:8085 -f "$LAB/v.vcl" -n "$LAB/vn" -s malloc,16m > "$LAB/vn.out" 2>&1 & listens 8085
  timeout 60 varnishlog -n "$LAB/vn" -g request >> "$LOG" 2>&1 &
  sleep 1
  get http://127.0.0.1:8085 2 /a /b
  kill "$APP"; wait "$APP" 2>/dev/null
  get http://127.0.0.1:8085 2 /c /d
  sleep 1
}
case_stunnel_target_refused() {
  format stunnel
  unrelated 'unexpected eof'
  truth "stunnel accepts TLS, but the program behind it does not listen."
  ids connection-refused
  words 'connect|behind|port|service|target|program; refus|not listen|nothing listens|down'
  shows 'Connection refused \(111\)'
  follows 'No more addresses to connect|Connection reset/closed|Connection closed: 0'
  certificate "$LAB/st" mail.example.net; cat st.key st.crt > st.pem; chmod 600 st.pem
  printf 'foreground=yes\ndebug=6\noutput=%s\npid=\n[mail]\naccept=127.0.0.1:9993\nconnect=127.0.0.1:9000\ncert=%s/st.pem\n' "$LOG" "$LAB" > st.conf
  app 9000
  stunnel4 st.conf > /dev/null 2>&1 & listens 9993
  get https://127.0.0.1:9993 3
  kill "$APP"; wait "$APP" 2>/dev/null
  get https://127.0.0.1:9993 3
}
case_tinyproxy_filtered_target() {
  format tinyproxy
  truth "The proxy can't reach the destination: its name can't be resolved."
  ids resolve-could-not-host resolve-name-unknown resolve-temporary-failure
  words 'name|dns|host|resol; resol|unknown|not found|not known|lookup|retrieve|name server'
  shows 'Could not retrieve|Temporary failure'
  app 9000
  printf 'Port 8888\nListen 127.0.0.1\nTimeout 20\nLogLevel Info\nMaxClients 20\nAllow 127.0.0.1\n' > tiny.conf
  bg tinyproxy -d -c tiny.conf
  listens 8888
  for _ in $(seq 8); do curl -s -o /dev/null -x 127.0.0.1:8888 http://shop.example.net:9000/item/$RANDOM; done
  for _ in 1 2 3; do curl -s -o /dev/null -x 127.0.0.1:8888 http://files.partner.example/list; done
}
case_php_fatal_app() {
  format php
  truth "The PHP page calls a function that does not exist."
  ids php-fatal-error
  words 'undefined|not exist|missing|fatal; function|code|script|php'
  shows 'PHP Fatal error|thrown in|#[0-9]+ '
  follows '\[500\]'
  site
  echo '<?php echo "ok";' > site/ok.php
  printf '<?php\nfunction total() {\n  return array_summ([1, 2]);\n}\necho total();\n' > site/cart.php
  bg php -d display_errors=0 -d log_errors=1 -d error_log=/dev/stderr -S 127.0.0.1:8086 -t site
  listens 8086
  get http://127.0.0.1:8086 10 /ok.php /style.css
  get http://127.0.0.1:8086 4 /cart.php /ok.php
}
