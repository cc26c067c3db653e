#!/bin/sh
# Makes docs/reference.md from the comments in the catalog, so that it cannot say anything else than the extension.
#   docs/make-reference.sh            prints the Markdown
#   docs/make-reference.sh --write    writes it to docs/reference.md
#   docs/make-reference.sh --check    compares it with docs/reference.md; prints TAP and the difference, exits with 1 where there is one
# Where the server is comes from the environment, as for psql: PGHOST, PGPORT, PGUSER. A database is made for it and dropped afterwards.
set -eu

folder=$(cd "$(dirname "$0")" && pwd -P)
database=byudv_reference_$$
unset PGOPTIONS PGDATABASE PGSERVICE || true
export PGCLIENTENCODING=UTF8 PGOPTIONS='-c client_min_messages=warning'

run() { psql -X -q -A -t -v ON_ERROR_STOP=1 "$@"; }

result=$(mktemp)
# shellcheck disable=SC2329 # called by the trap
finish() {
    run -d postgres -c "DROP DATABASE IF EXISTS $database" >/dev/null 2>&1 || true
    rm -f "$result"
}
trap finish EXIT
trap 'exit 130' INT TERM

run -d postgres -c "CREATE DATABASE $database TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
run -d "$database" -c 'CREATE EXTENSION byudv' -f "$folder/reference.sql" >"$result"

case ${1:-} in
    '') cat "$result" ;;
    --write) cat "$result" >"$folder/reference.md" ;;
    --check)
        echo 1..1
        if diff -u "$folder/reference.md" "$result"; then
            echo "ok 1 - docs/reference.md is what the extension says"
        else
            echo "not ok 1 - docs/reference.md is out of date; run: docs/make-reference.sh --write"
            exit 1
        fi
        ;;
    *) echo "usage: $0 [--write|--check]" >&2 && exit 2 ;;
esac
