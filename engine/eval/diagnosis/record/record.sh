#!/bin/bash
# Makes real programs fail (and run well) and keeps what they write: bash record.sh OUTPUT_FOLDER [CASE...]
#
# Needs root on Debian 12, bash, unshare, an overlay file system, and the packages in packages.txt; a case whose
# program is missing is skipped and said. Every case runs in namespaces of its own (files, network with loopback only,
# host name, processes) over a copy-on-write view of this machine that is thrown away, so nothing here changes, nothing
# leaves the machine and no process stays. What it wrote lies in OUTPUT_FOLDER/CASE.log, with what is true of it in
# CASE.case; `npm run eval -- diagnosis --recorded OUTPUT_FOLDER` makes items of them.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

if [ "${1:-}" = --inside ]; then
  # shellcheck source=lib.sh
  . "$here/lib.sh"
  for file in "$here"/cases/*.sh; do . "$file"; done
  run_case "$2"
  exit
fi

out=$(mkdir -p "$1" && cd "$1" && pwd)
shift
names=("$@")
[ ${#names[@]} -gt 0 ] || mapfile -t names < <(sed -n 's/^case_\([a-z0-9_]*\)() {$/\1/p' "$here"/cases/*.sh)

enter='
set -e
mount -t tmpfs -o size=2g tmpfs "$stage"
mkdir "$stage/up" "$stage/work" "$stage/root"
root=$stage/root
mount -t overlay overlay -o lowerdir=/,upperdir="$stage/up",workdir="$stage/work" "$root"
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
cp -a /dev/null /dev/zero /dev/full /dev/random /dev/urandom /dev/tty /dev/loop* "$root/dev/" 2>/dev/null || true
ln -s /proc/self/fd "$root/dev/fd"
ln -s /proc/self/fd/0 "$root/dev/stdin"; ln -s /proc/self/fd/1 "$root/dev/stdout"; ln -s /proc/self/fd/2 "$root/dev/stderr"
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
mount -t tmpfs tmpfs "$root/dev/shm"
mkdir -p "$root/srv/lab/home" "$root/opt/record"
cp -r "$here/." "$root/opt/record/"
hostname app1
printf "127.0.0.1 localhost app1 db1 cache1 mail.example.net api.example.net shop.example.net\n" > "$root/etc/hosts"
printf "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n" > "$root/etc/resolv.conf"
printf "app1\n" > "$root/etc/hostname"
ip link set lo up
set +e
timeout -k 5 150 chroot "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  HOME=/srv/lab/home LANG=C.UTF-8 LC_ALL=C.UTF-8 TERM=dumb bash /opt/record/record.sh --inside "$name" \
  > "$stage/said" 2>&1 < /dev/null
cp "$root/srv/out/"* "$out/" 2>/dev/null
cp "$stage/said" "$out/$name.said"
'
for name in "${names[@]}"; do
  stage=$(mktemp -d)
  rm -f "$out/${name//_/-}".*
  stage=$stage here=$here name=$name out=$out unshare -m -n -u -p -f --kill-child bash -c "$enter"
  rmdir "$stage"
  # Some programs tell which kernel they run on; which one recorded is nobody's business.
  sed -i "s/$(uname -r)/6.1.0-18-amd64/g" "$out/${name//_/-}.log" 2> /dev/null
  if [ -s "$out/${name//_/-}.log" ]; then
    printf '%s: %s lines\n' "$name" "$(wc -l < "$out/${name//_/-}.log")"
  else
    printf '%s: nothing recorded: %s\n' "$name" "$(tail -n 1 "$out/$name.said" 2>/dev/null)"
  fi
done
