#!/usr/bin/env bash
# make demo, demo-stop, psql: the demo's cluster. A new demo replaces the old one.
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

start() {
    local folder=${DATA_FOLDER:-}
    if [ -n "$folder" ]; then
        [ -d "$folder" ] || die "DATA=$folder: no such folder"
        folder=$(realpath "$folder")
    fi
    [ -x "$ROOT/demo/run" ] || die "demo/run is missing"
    "$ROOT/scripts/deps.sh" build
    find_server
    say "Compiling ..."
    build
    say "Starting a private server ..."
    trap 'cluster_remove demo' EXIT # until it can be found again
    trap 'exit 130' INT TERM
    cluster_create demo
    "$PG_BINDIR/createdb" byudv_demo
    export PGDATABASE=byudv_demo
    printf 'export %s=%q\n' PGHOST "$PGHOST" PGPORT "$PGPORT" PGUSER "$PGUSER" PGDATABASE "$PGDATABASE" PG_BINDIR "$PG_BINDIR" >"$CLUSTER/env"
    trap - EXIT INT TERM
    if [ -n "$folder" ]; then export DATA=$folder; else unset DATA; fi
    "$ROOT/demo/run" || die "the demo failed; its server is left running: make psql, make demo-stop"
    say
    say "The demo's server goes on running, private to this folder. To look around:"
    say "  make psql"
    say " $(printf ' %q' "$PG_BINDIR/psql" -h "$PGHOST" -p "$PGPORT" -U "$PGUSER" "$PGDATABASE")"
    say "To stop and delete it:"
    say "  make demo-stop"
}

open_psql() {
    local home=$STATE/demo
    [ -f "$home/env" ] || die "there is no demo; run: make demo"
    # shellcheck source=/dev/null
    . "$home/env"
    "$PG_BINDIR/pg_isready" -q || die "the demo's server does not run any more; run: make demo"
    exec "$PG_BINDIR/psql"
}

remove_all() {
    local home
    for home in "$STATE"/*; do
        if [ -d "$home" ] || [ -L "$home" ]; then cluster_remove "${home##*/}"; fi
    done
    rm -rf "$STATE"
}

case ${1:-start} in
    start) start ;;
    stop)
        if [ -e "$STATE/demo" ]; then
            cluster_remove demo
            say "The demo's server is stopped and deleted."
        else
            say "There is no demo."
        fi
        ;;
    psql) open_psql ;;
    distclean) remove_all ;;
    *) die "usage: demo.sh [start|stop|psql|distclean]" ;;
esac
