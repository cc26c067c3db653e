#!/usr/bin/env bash
# make help
cd "$(dirname "$0")/.." || exit
cat <<'TEXT'
byudv, a PostgreSQL extension

  make demo                try it: a private, throw-away server in this folder, the extension, a made-up municipality, a report
  make demo SEED=2         another municipality                  make demo DATA=folder   an extract of the register as CSV files
  make psql                psql on the demo's database           make demo-stop   stop and delete it

  make export              the BI views as CSV and .xlsx files for Excel: MONITOR=birkelev OUT=export FORMATS="csv xlsx", database as for psql (PGDATABASE ...)
  make dashboard           figures of a monitor as one web page, in Danish, which fetches nothing: MONITOR=birkelev OUT=birkelev.html, database likewise

  make                     compile                               make install     into PostgreSQL, as root: sudo make install
  make test                every test, on private servers        make test STAGES="unit regress" TESTS="classify"
  make lint | unit | fuzz | regress | isolation | pgtap | tap    one stage of it (STAGES knows docs as well); FUZZ_SECONDS=60 to fuzz longer
  make test-matrix         every test on PostgreSQL 15, 17 and 18, in Debian releases that have them (as root): MAJORS="17 18"
  make test-sanitize       every test on a server with assertions, byudv with the undefined-behaviour sanitizer
  make test-valgrind       some tests under valgrind              make test-faults   no room on disk, no memory (as root)
  make random              random calls of everything: CALLS=1000000 SEED=7
  make bench               measurements against other ways of doing the same
  make bench-load          sixteen clients beside a refresh: MINUTES=60

  make deps                install what is missing to build and test (apt-get; demo, test and bench do it themselves)
  make deps-bench          install what bench compares with
  make installcheck        the regression tests against an installed extension on a running server
  make clean | distclean   remove what was built | and the private servers
  make dist | distcheck    a zip for PGXN | and build and install from it
  make deb                 Debian packages of what is committed, in .byudv/deb, and a test of them in a bare system (as root)

Variables: PG_CONFIG=/path/to/pg_config or PG_MAJOR=15 choose the server, with_llvm=yes builds bitcode for JIT.
TEXT
echo
if found=$(scripts/pg-config.sh); then
    echo "PostgreSQL here: $("$found" --version) ($found)"
elif [ -n "${PG_CONFIG:-}" ]; then
    echo "PG_CONFIG=$PG_CONFIG cannot build an extension: no such program, or without PGXS or the server's headers."
else
    echo "No PostgreSQL with server headers was found here${PG_MAJOR:+ for PG_MAJOR=$PG_MAJOR}. 'make deps' installs it; 'make demo' and 'make test' do that by themselves."
fi
