#!/usr/bin/env bash
# SQL tests with the server under valgrind: TESTS, or those of every kind of computing. Called by sanitize.sh, with PG_CONFIG of its server and
# SUPPRESSIONS, PostgreSQL's own list. Whether a test prints what it should is looked at elsewhere; here no error may have byudv.so in its stack.
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

names=${TESTS:-classify names parse pseudonym survival survival_merge competing_risks observation residences occupancies moves vacancy_flows vacancy_chains disclosure}
trap 'cluster_remove valgrind' EXIT
trap 'exit 130' INT TERM
find_server
build
WITH_DANISH=yes
cluster_create valgrind "max_worker_processes = 8" "autovacuum = off" "jit = off"
errors=$CLUSTER/valgrind
psql() { "$PG_BINDIR/psql" -X -q "$@"; }

# The server is valgrind's from here on; the database is made before, since everything takes some thirty times as long now.
psql -d postgres -c "CREATE DATABASE byudv TEMPLATE template0 ENCODING UTF8"
psql -d byudv -c "CREATE EXTENSION byudv"
as_server "$PG_BINDIR/pg_ctl" stop -D "$CLUSTER/data" -m fast -s
mkdir "$errors"
chmod 1777 "$errors"
as_server env ${LOCALES:+LOCPATH="$LOCALES"} valgrind --quiet --trace-children=yes --leak-check=no --suppressions="$SUPPRESSIONS" --log-file="$errors/%p" \
    "$PG_BINDIR/postgres" -D "$CLUSTER/data" >"$CLUSTER/valgrind.log" 2>&1 &
for _ in $(seq 300); do
    if psql -d postgres -c "SELECT 1" >/dev/null 2>&1; then break; fi
    sleep 1
done

export PG_ABS_SRCDIR=$ROOT/test
passed=0
for name in $names; do
    psql -d postgres -c "CREATE DATABASE byudv_$name TEMPLATE byudv"
    begun=$SECONDS
    psql -d "byudv_$name" -f "$ROOT/test/sql/$name.sql" >"$CLUSTER/$name.out" 2>&1 || true
    if grep -q byudv.so "$errors"/* || ! psql -d postgres -c "SELECT 1" >/dev/null; then
        say "not ok  valgrind/$name"
        grep -h -B 12 -A 12 byudv.so "$errors"/* | awk 'NR <= 60'
        exit 1
    fi
    say "ok      valgrind/$name  ($(wc -l <"$CLUSTER/$name.out") lines printed, $((SECONDS - begun)) s)"
    passed=$((passed + 1))
done
others=$(cat "$errors"/* | grep -c '^==[0-9]*== *at ' || true)
[ "$others" = 0 ] || cat "$errors"/* | awk 'NR <= 40'
say "$passed passed under valgrind: no error in which byudv.so stands, $others others."
