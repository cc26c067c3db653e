#!/usr/bin/env bash
# make dashboard: a page with figures of a monitor, in Danish: one file that fetches nothing when it is opened.
#   MONITOR=name           the monitor; default birkelev, the one of make demo
#   OUT=file               where the page goes; default MONITOR.html, with _ for each /
# Where the database is comes from the environment, as for psql: PGHOST, PGPORT, PGUSER, PGDATABASE or PGSERVICE. Where none of these is set, it is that of
# make demo. Only the views are read, so a reader of the monitor can do it.
#   dashboard.sh packages  only fetches what dashboard/package-lock.json names, also what the page is tested with
set -euo pipefail
cd "$(dirname "$0")/.."
packages=.byudv/dashboard

die() {
    printf 'byudv: %s\n' "$*" >&2
    exit 1
}

fetch_packages() { # [option of npm ci]… ; nothing where they are there
    if cmp -s dashboard/package-lock.json "$packages/package-lock.json" && [ -d "$packages/node_modules/vega" ] && { [ $# -gt 0 ] || [ -d "$packages/node_modules/puppeteer-core" ]; }; then return; fi
    if ! command -v node >/dev/null || ! command -v npm >/dev/null; then scripts/deps.sh dashboard; fi
    mkdir -p "$packages"
    cp dashboard/package.json dashboard/package-lock.json "$packages"
    if ! (cd "$packages" && npm ci --no-audit --no-fund --loglevel=error "$@" >npm.log 2>&1 </dev/null); then
        rm -rf "$packages/node_modules"
        sed 's/^/  /' "$packages/npm.log" >&2
        die "npm could not fetch the packages of dashboard/package-lock.json"
    fi
}

if [ "${1:-}" = packages ]; then
    fetch_packages
    exit
fi
if [ -z "${PGHOST:-}${PGPORT:-}${PGUSER:-}${PGDATABASE:-}${PGSERVICE:-}" ]; then
    [ -f .byudv/demo/env ] || die "which database? Set PGDATABASE and the like, or run: make demo"
    # shellcheck source=/dev/null
    . .byudv/demo/env
    PATH=$PG_BINDIR:$PATH
fi
monitor=${MONITOR:-birkelev}
unset PGOPTIONS
export PGCLIENTENCODING=UTF8
fetch_packages --omit=dev
data=$(mktemp)
trap 'rm -f "$data"' EXIT
psql -XqAt -v ON_ERROR_STOP=1 -v monitor="$monitor" >"$data" <<<"SELECT byudv.dashboard_data(:'monitor')"
node dashboard/build.mjs "$data" "$packages" "${OUT:-${monitor//\//_}.html}"
