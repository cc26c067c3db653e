#!/usr/bin/env bash
# make test-faults: what happens when the disk is full and when memory runs out. Needs root, since it mounts file systems of some megabytes (in a mount namespace of its
# own, which vanishes with it) and limits the memory of single processes; else it says SKIP. In each case the refresh or function must fail with a clear error and no
# more, other sessions go on, no file is left, and once there is room the next refresh has the rows of a monitor that never failed.
#   test/faults.sh [temp] [tables] [folder] [memory]    all when none is named
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/../scripts/common.sh"

if [ "$(id -u)" != 0 ]; then
    say "SKIP: faults of disk and memory (not root, who alone may mount)"
    exit 0
fi
if [ -z "${IN_NAMESPACE:-}" ]; then
    unshare -m true 2>/dev/null || { say "SKIP: faults of disk and memory (no mount namespace can be made here)" && exit 0; }
    IN_NAMESPACE=yes exec unshare -m --propagation private "$0" "$@"
fi

find_server
build
small=$STATE/faults-small
clean_up() {
    local folder
    [ -z "${other:-}" ] || kill "$other" 2>/dev/null || true
    if [ -f "$small-cluster/data/postmaster.pid" ]; then as_server "$PG_BINDIR/pg_ctl" stop -D "$small-cluster/data" -m immediate -s || true; fi
    cluster_remove faults
    for folder in "$small"-*; do
        umount "$folder" 2>/dev/null || true
        rmdir "$folder" 2>/dev/null || true
    done
}
trap clean_up EXIT
trap 'exit 130' INT TERM
passed=0 failed=0
ok() { passed=$((passed + 1)) && say "ok      $*"; }
not_ok() { failed=$((failed + 1)) && say "not ok  $*"; }
check() { # name command…
    local name=$1
    shift
    if "$@"; then ok "$name"; else not_ok "$name"; fi
}
psql() { "$PG_BINDIR/psql" -XqAt "$@"; }

mount_small() { # name megabytes: a file system at $small-name
    mkdir -p "$small-$1"
    mount -t tmpfs -o "size=$2m,mode=0700,uid=$(id -u "$SERVER_USER"),gid=$(id -g "$SERVER_USER")" tmpfs "$small-$1"
}
leave_room() { # name kilobytes: fills the rest
    local free
    rm -f "$small-$1/ballast"
    free=$(df -k --output=avail "$small-$1" | tail -n 1)
    [ "$free" -le "$2" ] || dd if=/dev/zero of="$small-$1/ballast" bs=1k count=$((free - $2)) status=none
}

cluster_create faults "autovacuum = off" "jit = off" "restart_after_crash = on" "shared_buffers = 32MB" "min_wal_size = 32MB" "max_wal_size = 64MB" "max_parallel_workers_per_gather = 0" "log_min_messages = error"
work=$CLUSTER/work
mkdir "$work"
# The small town of the tests and its monitor, as SQL. (PostgreSQL's test modules keep standard output for themselves.)
emit() { # perl expression file
    TESTDATADIR=$work TESTLOGDIR=$work perl -I"$PG_XS/src/test/perl" -I"$ROOT/test/t/lib" -MSmallTown \
        -e "open my \$file, '>', '$2' or die; binmode \$file; { package Emit; sub safe_psql { print \$file \$_[2] } } $1; close \$file" >/dev/null
}
emit 'make_town(bless({}, "Emit"), "a")' "$work/town.sql"
emit "print \$file new_monitor('m')" "$work/monitor.sql"
emit "print \$file digests('m')" "$work/digests.sql"
[ -s "$work/town.sql" ] || die "the town is not there"
town() { # database [option of CREATE DATABASE]…
    local database=$1
    shift
    psql -c "CREATE DATABASE $database TEMPLATE template0 $*"
    psql -d "$database" -v ON_ERROR_STOP=1 -c 'CREATE EXTENSION byudv' -f "$work/town.sql" -f "$work/monitor.sql" >/dev/null
}
refresh="SET client_min_messages = warning; SET lc_messages = 'C';"
refresh() { # database: prints what it says, with codes
    psql -d "$1" -v VERBOSITY=verbose -c "$refresh" -c "CALL byudv.refresh('m', ${2:-false})" 2>&1 || true
}
digests() { psql -d "$1" -f "$work/digests.sql"; }
# Two inputs, one after the other, with changes that concern most steps
change() { # database days
    psql -d "$1" -c "UPDATE m.address_period SET to_date = to_date + $2 WHERE person_id % 4 = 0" -c "UPDATE m.person SET born_on = born_on + $2 WHERE person_id % 9 = 0" \
        -c "UPDATE m.plan_dwelling SET expected = expected + $2" -c "UPDATE m.indicator SET value = value + $2"
}

town control
refresh control >/dev/null
digests control >"$work/first"
change control 7
refresh control >/dev/null
digests control >"$work/second"
if cmp -s "$work/first" "$work/second"; then not_ok "the changes change nothing"; fi

files_left() { # folder…: temporary files of PostgreSQL
    find "$@" -path '*pgsql_tmp*' -type f 2>/dev/null | head -n 5
}
no_traces() { # database
    [ "$(psql -d "$1" -c "SELECT count(*) FROM pg_locks WHERE pid <> pg_backend_pid() AND locktype IN ('advisory', 'relation')")" = 0 ] &&
        [ "$(psql -d "$1" -c "SELECT count(*) FROM pg_class WHERE relpersistence = 't'")" = 0 ] && [ -z "$(files_left "$CLUSTER/data" "$small"-*)" ]
}
wait_until_up() {
    local i
    for ((i = 0; i < 600; i++)); do
        if psql -c 'SELECT 1' >/dev/null 2>&1; then return 0; fi
        sleep 0.1
    done
    die "the server did not come back"
}

# ---- No room for temporary tables and files
faults_temp() {
    say "Temporary files:"
    mount_small temp 64
    mkdir "$small-temp/space" && chown "$SERVER_USER" "$small-temp/space"
    psql -c "CREATE TABLESPACE small_temp LOCATION '$small-temp/space'"
    town t
    psql -c "ALTER DATABASE t SET temp_tablespaces = 'small_temp'"
    met=0
    for room in 0 64 256 1024 3072 8192; do # kilobytes
        leave_room temp $room
        said=$(refresh t)
        case $said in
            '') ok "with $room kB the refresh is done" ;;
            *53100*) met=$((met + 1)) && check "with $room kB: 53100, $(grep -o 'Step [a-z_]* of the refresh' <<<"$said")" grep -q 'No space left on device\|could not extend' <<<"$said" ;;
            *) not_ok "with $room kB: $said" ;;
        esac
        check "... no file, lock or temporary table is left" no_traces t
    done
    check "the disk was full $met times" [ $met -ge 2 ]
    leave_room temp 60000
    check "with room the next refresh completes" [ -z "$(refresh t)" ]
    check "... with the rows of one that never failed" cmp -s "$work/first" <(digests t)
    # functions, which go to files beyond maintenance_work_mem
    psql -d t -c "CREATE VIEW many AS SELECT i % 60000 AS person_id, (i * 7) % 30000 AS dwelling_id, date '2000-01-01' + i % 8000 AS from_date, date '2000-01-01' + i % 8000 + i % 900 AS to_date FROM generate_series(1, 300000) i" \
        -c "CREATE VIEW homes AS SELECT i AS dwelling_id, date '2010-01-01' AS available_from, NULL::date AS demolished_on FROM generate_series(0, 29999) i" -c "CREATE TABLE home (person_id bigint, dwelling_id bigint, from_date date, to_date date, records int)" \
        -c "CREATE TABLE lived AS SELECT * FROM byudv.residences('many')"
    little="SET work_mem = '64kB'; SET maintenance_work_mem = '1MB';"
    for call in "SELECT count(*), sum(from_date - date '2000-01-01') FROM byudv.residences('many')" "SELECT * FROM byudv.build_residences('many', 'home')" "SELECT count(*), sum(residents) FROM byudv.occupancies('lived')" \
        "SELECT count(*), sum(share) FROM byudv.vacancy_flows('lived', 'homes', '2005-01-01', '2015-01-01')" "SELECT count(*) FROM byudv.moves('lived', NULL, 'many', '2005-01-01', '2020-01-01')" \
        "SELECT count(*), sum(cardinality(r)) FROM (SELECT byudv.residence_agg(dwelling_id, from_date, to_date) AS r FROM many GROUP BY person_id) x"; do
        name=$(grep -o 'byudv[.][a-z_]*' <<<"$call" | head -n 1)
        leave_room temp 60000
        psql -d t -c 'TRUNCATE home'
        want=$(psql -d t -c "$little" -c "$call")
        psql -d t -c 'TRUNCATE home'
        leave_room temp 500
        said=$(psql -d t -v VERBOSITY=verbose -c "$little" -c "$call" 2>&1) || true
        check "$name: 53100" grep -q 53100 <<<"$said"
        check "... no file is left" no_traces t
        leave_room temp 60000
        check "... and with room it answers" [ "$want" = "$(psql -d t -c "$little" -c "$call")" ]
    done
}

# ---- No room for the tables themselves
faults_tables() {
    say "Tables:"
    mount_small data 256
    mkdir "$small-data/space" && chown "$SERVER_USER" "$small-data/space"
    psql -c "CREATE TABLESPACE small_data LOCATION '$small-data/space'"
    town d TABLESPACE small_data
    psql -d d -c 'CHECKPOINT'
    met=0
    for room in 16 512 1536 3072 6144 12288; do
        leave_room data $room
        said=$(refresh d)
        case $said in
            '') ok "with $room kB the refresh is done" ;;
            *53100*) met=$((met + 1)) && ok "with $room kB: 53100, $(grep -o 'Step [a-z_]* of the refresh' <<<"$said" || echo 'before the first step')" ;;
            *) not_ok "with $room kB: $said" ;;
        esac
        psql -d d -c CHECKPOINT || wait_until_up
        check "... no lock or temporary table is left" no_traces d
    done
    check "the disk was full $met times" [ $met -ge 2 ]
    leave_room data 200000
    check "with room the next refresh completes" [ -z "$(refresh d)" ]
    check "... with the rows of one that never failed" cmp -s "$work/first" <(digests d)
    change d 7
    leave_room data 64
    said=$(refresh d)
    check "changes on a full disk: 53100, or done in the room that there is" grep -q '53100\|^$' <<<"$said"
    leave_room data 200000
    check "with room the next refresh completes" [ -z "$(refresh d)" ]
    check "... with the rows of one that never failed" cmp -s "$work/second" <(digests d)
}

# ---- No room for the whole cluster, WAL included: PostgreSQL itself may stop (PANIC) and start again
faults_folder() {
    say "The whole data folder:"
    mount_small cluster 900
    psql -c 'CHECKPOINT'
    as_server "$PG_BINDIR/pg_ctl" stop -D "$CLUSTER/data" -m fast -s
    as_server cp -a "$CLUSTER/data" "$small-cluster/data"
    start_small() { as_server "$PG_BINDIR/pg_ctl" start -D "$small-cluster/data" -l "$CLUSTER/small.log" -s -w -t 120 >/dev/null 2>&1; }
    : >"$CLUSTER/small.log" && chown "$SERVER_USER" "$CLUSTER/small.log"
    psql_up() { start_small || true; wait_until_up; }
    # the other cluster's data stay, for the part on memory
    psql_up
    town w
    met=0
    for room in 256 4096 20480; do
        leave_room cluster $room
        said=$(refresh w true)
        [ -z "$said" ] || { met=$((met + 1)) && check "with $room kB: 53100, or the server stops" grep -q '53100\|server closed\|terminating connection\|connection to server' <<<"$said"; }
        rm -f "$small-cluster/ballast"
        psql -c 'SELECT 1' >/dev/null 2>&1 || psql_up
    done
    check "the disk was full $met times" [ $met -ge 1 ]
    check "with room the next refresh completes" [ -z "$(refresh w)" ]
    check "... with the rows of one that never failed" cmp -s "$work/first" <(digests w)
    check "... no lock, file or temporary table is left" no_traces w
    as_server "$PG_BINDIR/pg_ctl" stop -D "$small-cluster/data" -m immediate -s || true
    as_server "$PG_BINDIR/pg_ctl" start -D "$CLUSTER/data" -l "$CLUSTER/data/log" -s -w -t 120 >/dev/null 2>&1
}

# ---- No memory: the address space of one server process is limited to what it has and some megabytes
faults_memory() {
    say "Memory:"
    limited() { # database megabytes log statement…: in a session that may grow by so much
        local database=$1 megabytes=$2 log=$3 pid size
        shift 3
        mkfifo "$work/in"
        psql -d "$database" -v VERBOSITY=verbose -f "$work/in" >"$log" 2>&1 &
        exec 7>"$work/in"
        rm "$work/in"
        printf '%s\n' "SELECT 'pid ' || pg_backend_pid();" >&7
        while ! grep -q '^pid' "$log"; do sleep 0.05; done
        pid=$(sed -n 's/^pid //p' "$log")
        size=$(awk '/^VmSize/ { print $2 }' "/proc/$pid/status")
        as_server prlimit --pid "$pid" --as=$(((size + megabytes * 1024) * 1024))
        printf '%s;\n' "$@" "SELECT 'still here'" >&7
        exec 7>&-
        wait $! || true
    }
    town o
    refresh o >/dev/null
    cat >"$work/other.sql" <<'SQL'
SELECT 'begun';
SELECT pg_sleep(1), count(*) > 0 FROM m.bi_stock \watch 1
SQL
    psql -d o -f "$work/other.sql" >"$work/other" 2>&1 & # somebody else, who must not notice
    other=$!
    psql -d o -c "CREATE VIEW huge AS SELECT i % 9000000 AS person_id, i % 3000000 AS dwelling_id, date '2000-01-01' + i % 8000 AS from_date, date '2000-01-01' + i % 8000 + i % 900 AS to_date FROM generate_series(1, 9000000) i" \
        -c "CREATE VIEW huge_homes AS SELECT i AS dwelling_id, date '2010-01-01' AS available_from, NULL::date AS demolished_on FROM generate_series(0, 2999999) i"
    much="SET work_mem = '2GB'; SET hash_mem_multiplier = 8; SET maintenance_work_mem = '2GB'; SET lc_messages = 'C'"
    for call in "SELECT count(*) FROM byudv.residences('huge')" "SELECT count(*) FROM byudv.occupancies('huge')" "SELECT count(*) FROM (SELECT byudv.residence_agg(dwelling_id, from_date, to_date) FROM huge GROUP BY person_id) x" \
        "SELECT count(*) FROM (SELECT byudv.survival_agg(from_date, to_date, '2001-01-01', '2020-01-01') FROM huge GROUP BY person_id) x" \
        "SELECT count(*) FROM byudv.vacancy_flows('huge', 'huge_homes', '2005-01-01', '2015-01-01')"; do
        name=$(grep -o 'byudv[.][a-z_]*' <<<"$call" | head -n 1)
        limited o 60 "$work/limited" "$much" "$call"
        if grep -q 'still here' "$work/limited" && grep -q 53200 "$work/limited"; then
            ok "$name: $(grep -o 'ERROR: .*' "$work/limited" | head -n 1)"
        else
            not_ok "$name: $(tail -n 3 "$work/limited")"
        fi
    done
    change o 7
    met=0
    for megabytes in 1 2 4 8 16 32; do
        limited o $megabytes "$work/limited" "$refresh CALL byudv.refresh('m')"
        if grep -q 53200 "$work/limited"; then
            met=$((met + 1))
            step=$(grep -o 'Step [a-z_]* of the refresh' "$work/limited" | head -n 1) || step='before the first step'
            check "a refresh with $megabytes MB more: 53200, $step, and the session goes on" grep -q 'still here' "$work/limited"
            grep -q 'still here' "$work/limited" || cat "$work/limited"
        elif grep -q 'ERROR\|FATAL\|server closed' "$work/limited"; then
            not_ok "a refresh with $megabytes MB more: $(grep 'ERROR\|FATAL' "$work/limited" | head -n 2)"
        fi
        check "... no lock or temporary table is left" [ "$(psql -d o -c "SELECT (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory') + (SELECT count(*) FROM pg_class WHERE relpersistence = 't')")" = 0 ]
    done
    check "memory was short in $met refreshes" [ $met -ge 1 ]
    check "with memory the next refresh completes" [ -z "$(refresh o)" ]
    check "... with the rows of one that never failed" cmp -s "$work/second" <(digests o)
    kill $other
    check "another session has noticed nothing" [ "$(grep -c 'ERROR\|FATAL\|server closed' "$work/other")" = 0 ]
    check "no process of the server has ended by a signal" [ "$(as_server grep -c 'terminated by signal\|PANIC\|TRAP:' "$CLUSTER/data/log")" = 0 ]
}

[ $# -gt 0 ] || set -- temp tables folder memory
for part; do "faults_$part"; done
say "$passed passed, $failed failed"
[ $failed = 0 ]
