#!/bin/sh
# Runs with-postgres.sql in a server of its own. The server's user may not be root.
#   sh with-postgres.sh prepare SERVER             makes an empty server in the folder SERVER
#   sh with-postgres.sh run SERVER COUNTRY OUT TODAY
# `run` starts the server, and waits for it to end: what it used is in the CPU time of this shell's children.
set -eu
server=$2
as_server() {
    if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi
}
if [ "$1" = prepare ]; then
    mkdir "$server"
    if [ "$(id -u)" = 0 ]; then chown postgres "$server"; fi
    as_server initdb --auth=trust --encoding=UTF8 --locale=C.UTF-8 --username=analyst --pgdata="$server" >/dev/null
    exit
fi
here=$(cd "$(dirname "$0")" && pwd)
as_server postgres -D "$server" -k "$server" -c listen_addresses= -c shared_buffers=512MB -c max_wal_size=4GB \
    >"$server/log" 2>&1 &
until pg_isready --quiet --host="$server"; do sleep 0.1; done
status=0
(cd "$3/data" && psql --no-psqlrc --quiet --host="$server" --username=analyst --dbname=postgres \
    --set=out="$4" --set=today="$5" --file="$here/with-postgres.sql") || status=$?
as_server pg_ctl stop --silent --pgdata="$server" --mode=fast
wait
exit $status
