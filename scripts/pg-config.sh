#!/usr/bin/env bash
# Prints the pg_config to build with, or nothing and exit 1. The Makefile and every script ask here, so that all of them use the same server.
#   pg-config.sh          one that can build an extension (PGXS and the server's headers)
#   pg-config.sh any      the same choice, but a server without headers will do
# Order: PG_CONFIG when given; else the newest major under /usr/lib/postgresql (PG_MAJOR: that one alone); else the one in PATH.
# A pg_config in PATH comes last because on Debian it may be libpq-dev's, which has no PGXS, or belong to another major than the server.
set -u
need=${1:-headers}

usable() { # pg_config: does it have what was asked for?
    [ -x "$1" ] || return 1
    [ "$need" = any ] && [ -x "$("$1" --bindir)/postgres" ] && return 0
    [ -f "$("$1" --pgxs 2>/dev/null)" ] && [ -f "$("$1" --includedir-server)/postgres.h" ]
}

right_major() { # pg_config: is it the major that was asked for?
    [ -z "${PG_MAJOR:-}" ] || case $("$1" --version 2>/dev/null) in "PostgreSQL $PG_MAJOR"[!0-9]*) true ;; *) false ;; esac
}

if [ -n "${PG_CONFIG:-}" ]; then
    given=$(command -v -- "$PG_CONFIG") && usable "$given" && printf '%s\n' "$given"
    exit
fi

for major in ${PG_MAJOR:-18 17 16 15 14}; do
    candidate=/usr/lib/postgresql/$major/bin/pg_config
    usable "$candidate" && printf '%s\n' "$candidate" && exit
done

candidate=$(command -v pg_config) && usable "$candidate" && right_major "$candidate" && printf '%s\n' "$candidate"
