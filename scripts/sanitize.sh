#!/usr/bin/env bash
# The tests on a PostgreSQL with assertions, and byudv compiled with the sanitizer for undefined behaviour; or some under valgrind.
#   sanitize.sh [stage…]     stages of test/run; all that need a server when none is named, one after the other. TESTS and the like are as there.
#   sanitize.sh valgrind     SQL tests with the server under valgrind, see valgrind.sh
# PostgreSQL of the major that is here is built once, from the distribution's source package, into .byudv/assert: half an hour on a busy machine, 600 MB.
# ASSERT_PG_CONFIG=/path/to/pg_config takes a server of your own instead, best one built with --enable-cassert and -DUSE_VALGRIND.
# byudv is compiled in a copy of the tree, so that the tree's own build stays as it is.
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

mkdir -p "$STATE"
find_server
major=$("$PG_CONFIG" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
home=$STATE/assert
as_server test -x "$STATE" || home=/var/tmp/byudv-assert # where the server's user cannot enter the tree
server=$home/server-$major
source=$home/source-$major
reports=$home/reports

# The distribution's sources, by a configuration of our own: that of the system has none, as a rule, and is not touched
fetch_source() { # folder
    local apt=$home/apt file version
    mkdir -p "$apt/sources" "$apt/lists/partial" "$apt/cache/archives/partial" "$1"
    for file in /etc/apt/sources.list.d/*.sources; do
        [ ! -e "$file" ] || sed 's/^Types:.*/Types: deb-src/' "$file" >"$apt/sources/${file##*/}"
    done
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
        [ ! -s "$file" ] || sed -n 's/^deb /deb-src /p' "$file" >"$apt/sources/x-$(basename "$file" .list).list"
    done
    local options=(-qq -o Dir::Etc::SourceList=/dev/null -o "Dir::Etc::SourceParts=$apt/sources" -o "Dir::State::Lists=$apt/lists" -o "Dir::Cache=$apt/cache"
        -o APT::Sandbox::User=root)
    apt-get "${options[@]}" update || say "  (apt-get update reported errors; going on)"
    # the newest first; a mirror may lack the one that its list names
    while read -r version; do
        if (cd "$1" && apt-get "${options[@]}" source --download-only "postgresql-$major=$version"); then return 0; fi
    done < <(apt-cache "${options[@]}" showsrc "postgresql-$major" | sed -n 's/^Version: //p' | sort -Vru)
    die "the source package postgresql-$major was not found; give a server of your own: ASSERT_PG_CONFIG=/path/to/pg_config"
}

build_server() {
    local downloads=$home/downloads
    say "Building PostgreSQL $major with assertions in $home; this is done once."
    "$ROOT/scripts/deps.sh" sanitize
    rm -rf "$source" "$server" "$downloads"
    fetch_source "$downloads" >"$home/build.log" 2>&1 || { cat "$home/build.log" >&2 && die "the source was not fetched"; }
    mkdir -p "$source" "$downloads/packaging"
    tar -xf "$downloads"/*.orig.tar.* -C "$source" --strip-components=1
    tar -xf "$downloads"/*.debian.tar.* -C "$downloads/packaging"
    # Debian's setting for a staging folder
    [ ! -e "$downloads/packaging/debian/patches/extension_destdir" ] || patch -d "$source" -sp1 <"$downloads/packaging/debian/patches/extension_destdir"
    (
        cd "$source" &&
            ./configure --quiet --prefix="$server" --enable-cassert --enable-debug --enable-tap-tests --with-openssl --with-icu \
                CFLAGS="-O1 -fno-omit-frame-pointer" CPPFLAGS=-DUSE_VALGRIND &&
            make -s -j"$(nproc)" && make -s install && make -s -C contrib/postgres_fdw install && make -s -C contrib/dblink install
    ) >>"$home/build.log" 2>&1 || { tail -n 30 "$home/build.log" >&2 && die "PostgreSQL was not built; see $home/build.log"; }
    # pgTAP is SQL only, so that of the package will do. pg_cron is not: its test is skipped.
    cp "$PG_SHARE"/extension/pgtap* "$("$server/bin/pg_config" --sharedir)/extension/"
    rm -rf "$downloads" "$home/apt"
    touch "$server/complete"
}

copy_tree() { # name: a clean copy of the tree, with what it had built there
    tree=$home/$1
    mkdir -p "$tree"
    find "$tree" -mindepth 1 -maxdepth 1 ! -name .byudv -exec rm -rf {} +
    tar -C "$ROOT" --exclude=./.byudv --exclude=./.git --exclude='*.o' --exclude='*.so' --exclude='*.d' -cf - . | tar -xf - -C "$tree"
    rm -f "$home/shared"
    [ ! -d "$ROOT/../shared" ] || ln -s "$(cd "$ROOT/../shared" && pwd -P)" "$home/shared"
}

run_suite() { # stage…
    copy_tree undefined
    rm -rf "$reports"
    mkdir -p "$reports"
    chmod 1777 "$reports"
    local status=0
    [ $# -gt 0 ] || set -- regress isolation pgtap tap demo browser docs # lint, unit and fuzz need no server
    # an error ends the process by a signal, which the server notices; what it was is in the report
    env PG_CONFIG="$assert_config" COPT="-fsanitize=undefined,float-cast-overflow -fno-omit-frame-pointer -O1 -Wno-error" \
        UBSAN_OPTIONS="print_stacktrace=1:halt_on_error=1:abort_on_error=1:log_path=$reports/undefined" "$tree/test/run" "$@" || status=$?
    local file
    for file in "$reports"/undefined*; do
        if [ -e "$file" ]; then
            say "$file:"
            head -n 20 "$file"
            status=1
        fi
    done
    [ $status != 0 ] || say "No undefined behaviour, no failed assertion."
    return $status
}

run_valgrind() {
    command -v valgrind >/dev/null || die "valgrind is not installed; run: scripts/deps.sh sanitize"
    export SUPPRESSIONS=$source/src/tools/valgrind.supp
    [ -e "$SUPPRESSIONS" ] || die "PostgreSQL's list of what valgrind is to overlook is not there: $SUPPRESSIONS"
    copy_tree valgrind
    PG_CONFIG=$assert_config "$tree/scripts/valgrind.sh"
}

mkdir -p "$home"
chmod 755 "$home"
assert_config=${ASSERT_PG_CONFIG:-$server/bin/pg_config}
if [ -z "${ASSERT_PG_CONFIG:-}" ] && [ ! -e "$server/complete" ]; then build_server; fi
if [ "${1:-}" = valgrind ]; then run_valgrind; else run_suite "$@"; fi
