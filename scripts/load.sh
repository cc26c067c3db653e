#!/usr/bin/env bash
# make bench-load: CLIENTS analysts (16) with connections that last ask a mixture of queries (bench/load) of the demo's municipality, alone, beside a loop of
# refreshes with changes, and, with MINUTES=60, for as long as that at RATE queries a second (3) with a refresh every PAUSE seconds (180), while the memory of
# each server process is looked at once a minute. A figure goes for one script, that is one to four queries. Fails when a query or a refresh fails, or when memory grows.
#   SECONDS_EACH=60   how long each of the first two takes        BYUDV_SEED=1   which random numbers
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

CLIENTS=${CLIENTS:-16} SECONDS_EACH=${SECONDS_EACH:-60} MINUTES=${MINUTES:-0} RATE=${RATE:-3} PAUSE=${PAUSE:-180}
export PGOPTIONS="-c client_min_messages=warning"

"$ROOT/scripts/deps.sh" build
find_server
[ -x "$PG_BINDIR/pgbench" ] || die "$PG_BINDIR has no pgbench"
build
trap 'kill $(jobs -p) 2>/dev/null; cluster_remove bench-load' EXIT
trap 'exit 130' INT TERM
cluster_create bench-load "shared_buffers = 512MB" "max_connections = $((CLIENTS + 20))" "autovacuum_naptime = 20s"
work=$CLUSTER/work
mkdir "$work"
psql() { "$PG_BINDIR/psql" -XqAt -v ON_ERROR_STOP=1 "$@"; }
"$PG_BINDIR/createdb" byudv_load
export PGDATABASE=byudv_load
psql -c 'CREATE EXTENSION byudv'
"${CC:-gcc}" -O2 -o "$work/generate" "$ROOT"/demo/municipality/*.c
"$work/generate" --out "$work/csv" >/dev/null
psql -v monitor=birkelev -v folder="$work/csv" -f "$ROOT/demo/municipality/load.sql"
psql -c "CALL byudv.refresh('birkelev')" -c 'VACUUM ANALYZE'

failed=0
scripts=()
for file in "$ROOT"/bench/load/[0-9]*.sql; do # its name begins with how often it is asked
    name=${file##*/}
    scripts+=(-f "$file@${name%%-*}")
done

percentile() { # percent: of numbers on lines, ascending
    awk -v p="$1" '{ v[NR] = $1 } END { i = int((NR * p + 99) / 100); printf "%.0f", v[i < 1 ? 1 : i] }'
}

# Latencies are pgbench's of the whole script, with the time for which it was late where there is a rate. A line of a log: client number us script second us [late us]
figures() { # name seconds
    cat "$work/$1".log.* >"$work/$1.all"
    awk '{ print $3 / 1000 }' "$work/$1.all" | sort -n >"$work/$1.ms"
    printf '%-18s %6d queries, %6.1f a second, latency average %.0f ms, median %s, p95 %s, p99 %s, longest %s\n' "$1" "$(wc -l <"$work/$1.ms")" \
        "$(awk -v s="$2" 'END { print NR / s }' "$work/$1.ms")" "$(awk '{ t += $1 } END { print t / NR }' "$work/$1.ms")" \
        "$(percentile 50 <"$work/$1.ms")" "$(percentile 95 <"$work/$1.ms")" "$(percentile 99 <"$work/$1.ms")" "$(tail -n 1 "$work/$1.ms")"
    local number=0 file
    for file in "$ROOT"/bench/load/[0-9]*.sql; do
        file=${file##*/[0-9]*-} file=${file%.sql}
        awk -v n=$number '$4 == n { print $3 / 1000 }' "$work/$1.all" | sort -n >"$work/one.ms"
        [ ! -s "$work/one.ms" ] || printf '    %-14s %6d, average %.0f ms, p95 %s, p99 %s\n' "$file" "$(wc -l <"$work/one.ms")" \
            "$(awk '{ t += $1 } END { print t / NR }' "$work/one.ms")" "$(percentile 95 <"$work/one.ms")" "$(percentile 99 <"$work/one.ms")"
        number=$((number + 1))
    done
}

analysts() { # name seconds [option of pgbench]…
    local name=$1 seconds=$2
    shift 2
    (cd "$work" && PGAPPNAME=analyst "$PG_BINDIR/pgbench" -n -c "$CLIENTS" -j 2 -T "$seconds" -l --log-prefix="$name.log" --random-seed="${BYUDV_SEED:-1}" "$@" "${scripts[@]}") >"$work/$name.out" 2>&1 ||
        { failed=1 && say "$name: FAILED" && grep -iE 'error|abort|fatal' "$work/$name.out" | head -n 20; }
    figures "$name" "$seconds"
}

refreshes() { # name seconds pause
    local runs
    runs=$(psql -c "SELECT coalesce(max(run_id), 0) FROM birkelev.run_log")
    PGAPPNAME=refresher "$PG_BINDIR/pgbench" -n -c 1 -T "$2" -D pause="$3" --random-seed="${BYUDV_SEED:-1}" -f "$ROOT/bench/load/refresh.sql" >"$work/$1.refresh" 2>&1 || echo "$1" >>"$work/refresh-failed"
    psql -c "SELECT format('    %s refreshes, %s s on average, the longest %s s', count(*), round(avg(s), 1), round(max(s), 1))
        FROM (SELECT extract(epoch FROM finished_at - started_at) AS s FROM birkelev.run_log WHERE step = 'refresh' AND run_id > $runs AND outcome = 'done') x" >"$work/$1.runs"
}

# Memory of a process that is its own (RssAnon: no shared buffers, no program), of those that wait for their client, once a minute
sample() { # minutes
    local minute pid application kb
    for ((minute = 1; minute <= $1; minute++)); do
        sleep 60
        while IFS='|' read -r pid application; do
            kb=$(awk '/^RssAnon/ { print $2 }' "/proc/$pid/status" 2>/dev/null) || continue
            [ -z "$kb" ] || echo "$minute $application $pid $kb"
        done < <(psql -c "SELECT pid, application_name FROM pg_stat_activity WHERE application_name IN ('analyst', 'refresher') AND state = 'idle'") >>"$work/memory"
        # what PostgreSQL itself counts is in the log, to tell growth of its caches from that of ours
        if [ "$minute" = $(($1 / 4)) ] || [ "$minute" = $(($1 - 1)) ]; then
            psql -c "SELECT pg_log_backend_memory_contexts(pid) FROM pg_stat_activity WHERE application_name IN ('analyst', 'refresher')" >/dev/null
        fi
    done
}

# After a quarter of the time every cache has what it will have. A line by least squares through each process's samples; flat is less than 2 MB an hour.
# Judged from half an hour on.
judge_memory() { # minutes
    awk -v minutes="$1" '
        { id = $2 " " $3; if (!(id in app)) { first[id] = $4; app[id] = $2 } last[id] = $4; if ($4 > most[id]) most[id] = $4 }
        $1 > minutes / 4 { n[id]++; sx[id] += $1; sy[id] += $4; sxx[id] += $1 * $1; sxy[id] += $1 * $4; if (!(id in warm)) warm[id] = $4 }
        END {
            for (id in app) if (n[id] > 2) {
                a = app[id]; slope = 60 * (n[id] * sxy[id] - sx[id] * sy[id]) / (n[id] * sxx[id] - sx[id] * sx[id])
                k[a]++; f[a] += first[id]; w[a] += warm[id]; l[a] += last[id]; s[a] += slope
                if (!(a in worst) || slope > worst[a]) worst[a] = slope
                if (most[id] > top[a]) top[a] = most[id]
            }
            for (a in k) {
                short = minutes < 30 # caches still fill, and an hour cannot be told from some minutes
                flat = s[a] / k[a] < 2048
                printf "    memory of %d %s: first sample %.0f kB, after the warm-up %.0f, last %.0f, most %.0f; %+.0f kB an hour, the worst %+.0f: %s\n", k[a], a, f[a] / k[a], w[a] / k[a], l[a] / k[a],
                    top[a], s[a] / k[a], worst[a], short ? "too short a time to judge" : flat ? "flat" : "GROWS"
                if (!short && !flat) bad = 1
            }
            exit bad
        }' "$work/memory" || failed=1
}

beside() { # name seconds pause [option of pgbench]…: analysts and refreshes at the same time
    local name=$1 seconds=$2 pause=$3
    shift 3
    refreshes "$name" "$seconds" "$pause" &
    local refresher=$!
    analysts "$name" "$seconds" "$@"
    wait $refresher
    cat "$work/$name.runs"
    [ ! -f "$work/refresh-failed" ] || { failed=1 && say "$name: a refresh FAILED" && cat "$work/$name.refresh"; }
}

say "$(date +%Y-%m-%d), $(nproc) processors, load before $(cut -d' ' -f1 /proc/loadavg), $("$PG_BINDIR/postgres" --version), $CLIENTS clients"
if [ "$MINUTES" -gt 0 ]; then
    sample "$MINUTES" &
    sampler=$!
    beside long $((MINUTES * 60)) "$PAUSE" -R "$RATE"
    wait $sampler
    judge_memory "$MINUTES"
fi
if [ "$SECONDS_EACH" -gt 0 ]; then
    analysts alone "$SECONDS_EACH"
    beside refreshing "$SECONDS_EACH" 0
fi

# What all those refreshes have arrived at is what one from nothing has
before=$(psql -c "SELECT sum(hashtextextended(r::text, 0)::numeric) FROM (SELECT t::text FROM birkelev.person_count t UNION ALL SELECT t::text FROM birkelev.residence t UNION ALL SELECT t::text FROM birkelev.dwelling_class t) r")
psql -c "CALL byudv.refresh('birkelev', true)"
after=$(psql -c "SELECT sum(hashtextextended(r::text, 0)::numeric) FROM (SELECT t::text FROM birkelev.person_count t UNION ALL SELECT t::text FROM birkelev.residence t UNION ALL SELECT t::text FROM birkelev.dwelling_class t) r")
[ "$before" = "$after" ] || { failed=1 && say "FAILED: a full refresh gives other results"; }
if as_server grep -E 'PANIC|terminated by signal|TRAP:|tupdesc|leak|ERROR' "$CLUSTER/data/log"; then failed=1; fi
cp "$work/memory" "$CLUSTER/data/log" "$STATE/" 2>/dev/null || true
[ $failed = 0 ] && say "no error"
exit $failed
