#!/usr/bin/env bash
# make bench: a private server set up for measuring, and bench/run on it. Exits with bench/run's status.
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

[ -x "$ROOT/bench/run" ] || die "bench/run is missing"
"$ROOT/scripts/deps.sh" build
"$ROOT/scripts/deps.sh" bench || say "Not everything to compare with could be installed; what is missing is skipped."
find_server
build
trap 'cluster_remove bench' EXIT
trap 'exit 130' INT TERM

# A quarter of the memory, 2 GB at most
shared=$(awk '/^MemTotal/ { mb = int($2 / 4096); print mb < 2048 ? mb : 2048 }' /proc/meminfo)
cluster_create bench "shared_buffers = ${shared}MB" "work_mem = 256MB" "maintenance_work_mem = 1GB" "wal_level = minimal" "max_wal_senders = 0" \
    "max_wal_size = 16GB" "checkpoint_timeout = 1h" "max_worker_processes = 8" "max_parallel_workers = 8"
"$PG_BINDIR/createdb" byudv_bench
export PGDATABASE=byudv_bench
export BENCH_DIR=$STATE/bench-scratch # stays, so that what was downloaded or generated is there the next time
mkdir -p "$BENCH_DIR"
status=0
"$ROOT/bench/run" || status=$?
exit $status
