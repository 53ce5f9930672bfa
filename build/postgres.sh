#!/usr/bin/env bash
# A throwaway PostgreSQL server for tests and for trying things: loopback only, its own port and password, nothing kept.
#
#   build/postgres.sh start [DIR]   start it and print its connection string
#   build/postgres.sh url   [DIR]   print the connection string of the one that runs
#   build/postgres.sh stop  [DIR]   stop it and remove DIR
#
# DIR is where it lives; without one, a folder of this checkout's own under the system's temporary folder.
# As root it runs as the user postgres, since PostgreSQL refuses to run as root.
set -euo pipefail

root=$(dirname -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")")

fail() { printf 'postgres.sh: %s\n' "$1" >&2; exit 1; }

# The folder of initdb and pg_ctl: the newest of Debian's, else the one on the PATH.
programs() {
  local found
  found=$(find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)
  found=${found:-$(command -v initdb || true)}
  [[ -n $found ]] || fail 'no PostgreSQL server here. Install it: apt-get install postgresql.'
  dirname -- "$found"
}

# Runs a command as the unprivileged user, where its temporary and working folders are of no interest to it.
unprivileged() {
  if [[ $(id -u) -eq 0 ]]; then (cd / && runuser -u postgres -- "$@"); else (cd / && "$@"); fi
}

# A port that nothing listens on now; whoever loses the race for it tries another.
free_port() {
  local port
  while port=$((20000 + RANDOM % 40000)); (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}

start() {
  local bin password port
  bin=$(programs)
  if [[ -e $dir/url ]] && unprivileged "$bin/pg_ctl" status -D "$dir/data" >/dev/null; then url; return; fi
  stop
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')

  mkdir -p "$dir"
  chmod 700 "$dir"
  printf '%s\n' "$password" >"$dir/password"
  if [[ $(id -u) -eq 0 ]]; then chown -R postgres: "$dir"; fi
  unprivileged "$bin/initdb" -D "$dir/data" -U crm --pwfile="$dir/password" --auth=scram-sha-256 \
    --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$dir/initdb.log" 2>&1 || fail "initdb failed: $(tail -n 1 "$dir/initdb.log")"

  for _ in 1 2 3 4 5; do
    port=$(free_port)
    if unprivileged "$bin/pg_ctl" start -w -t 60 -D "$dir/data" -l "$dir/server.log" -o "$(options "$port")" >/dev/null 2>&1 </dev/null; then
      printf 'Host=127.0.0.1;Port=%s;Database=postgres;Username=crm;Password=%s\n' "$port" "$password" >"$dir/url"
      url
      return
    fi
  done
  fail "the server did not start: $(tail -n 1 "$dir/server.log")"
}

# Speed over safety: what is lost in a crash is thrown away anyway.
options() {
  printf -- '-c %s ' listen_addresses=127.0.0.1 "port=$1" unix_socket_directories= max_connections=200 shared_buffers=128MB \
    fsync=off synchronous_commit=off full_page_writes=off timezone=UTC
}

url() {
  [[ -e $dir/url ]] || fail "none runs in $dir."
  cat "$dir/url"
}

stop() {
  if [[ -e $dir/data/postmaster.pid ]]; then
    unprivileged "$(programs)/pg_ctl" stop -m immediate -D "$dir/data" >/dev/null 2>&1 || true
  fi
  if [[ -e $dir/password ]]; then rm -rf -- "$dir"; fi
}

own=$(printf %s "$root" | cksum | cut -d ' ' -f 1)
dir=$(realpath -m -- "${2:-${TMPDIR:-/tmp}/crm-postgres-$(id -u)-$own}")
case ${1:-} in
  start | stop | url) "$1" ;;
  *) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; [[ ${1:-} == --help ]] || exit 2 ;;
esac
