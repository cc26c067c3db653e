#!/usr/bin/env bash
# What no compiler checks; prints TAP.
cd "$(dirname "$0")/.." || exit
export LC_ALL=C.UTF-8
shopt -s nullglob
number=0

check() { # description command…: passes when the command prints nothing
    local description=$1 found
    shift
    number=$((number + 1))
    found=$("$@" 2>&1)
    if [ -z "$found" ]; then
        echo "ok $number - $description"
    else
        echo "not ok $number - $description"
        printf '%s\n' "${found//$'\n'/$'\n'# }" | sed '1s/^/# /'
    fi
}

# In a LATIN1 database CREATE EXTENSION fails on a typographic dash.
outside_latin1() {
    local file
    for file in byudv.control sql/*.sql sql/updates/*.sql; do
        iconv -f UTF-8 -t ISO-8859-1 "$file" 2>&1 >/dev/null | sed "s|^|$file: |"
    done
}

# The core is compiled into unit tests and fuzzers, where there is no server.
server_headers_in_core() { grep -nE '#include *[<"](postgres|fmgr|utils/|catalog/|access/|executor/|nodes/|byudv\.h|compat\.h)' src/core/*.[ch]; }

versions_disagree() {
    local control
    control=$(sed -n "s/^default_version *= *'\(.*\)'/\1/p" byudv.control)
    grep -q "\"version\": \"$control\.[0-9]*\"" META.json || echo "byudv.control says $control, META.json something else"
}

bad_json() { perl -MJSON::PP -0777 -ne 'eval { decode_json($_); 1 } or print $@' META.json; }

not_executable() {
    local file
    for file in test/run .ci/run demo/run bench/run scripts/[!c]*.sh; do
        if [ -e "$file" ] && ! [ -x "$file" ]; then echo "$file"; fi
    done
}

machine_specific_flags() { grep -nE -- '-m(arch|tune)=native' Makefile src/*.c src/core/*.c test/run; }

shell_scripts() { shellcheck -x scripts/*.sh test/run test/*.sh .ci/run; }

check "install scripts hold Latin-1 letters only" outside_latin1
check "src/core includes none of the server's headers" server_headers_in_core
check "control file and META.json name the same version" versions_disagree
check "META.json is JSON" bad_json
check "scripts are executable" not_executable
check "nothing is compiled for this machine only" machine_specific_flags
if command -v shellcheck >/dev/null; then
    check "shellcheck finds nothing" shell_scripts
else
    number=$((number + 1))
    echo "ok $number - shellcheck # SKIP not installed"
fi
echo "1..$number"
