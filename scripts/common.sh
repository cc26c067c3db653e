# shellcheck shell=bash
# What the other scripts share: which server, who runs it, and private throw-away clusters. Sourced, never run.
#
# A cluster NAME lives in .byudv/NAME of the tree:
#   stage/   what `make install` would put into the system; the server is told to look here first
#   data/    the cluster, owned by whoever runs the server      sock/  its socket      env  how to connect, for the shell
#   memory   where the data are in memory: the folder that data/ is a link into
# It listens on its own socket only, so that other clusters, also one on port 5432, are not touched.

set -euo pipefail
umask 022 # the server may run as another user than the one who builds

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
STATE=$ROOT/.byudv

# A variable such as PGSERVICE or PGOPTIONS from the caller's session would send us to another server or change results.
for variable in "${!PG@}"; do
    case $variable in PG_CONFIG | PG_MAJOR) ;; *) unset "$variable" ;; esac
done
unset MAKEFLAGS MFLAGS MAKELEVEL variable
PATH=$PATH:/usr/sbin:/sbin # root after a plain `su` has no runuser
export LC_ALL=C.UTF-8 PGCLIENTENCODING=UTF8

say() { printf '%s\n' "$*"; }
die() {
    printf 'byudv: %s\n' "$*" >&2
    exit 1
}

find_server() { # sets PG_CONFIG, PG_BINDIR, PG_SHARE, PG_LIB, PG_XS
    PG_CONFIG=$("$ROOT/scripts/pg-config.sh") || die "no PostgreSQL with server headers was found; run: make deps"
    PG_BINDIR=$("$PG_CONFIG" --bindir)
    [ -x "$PG_BINDIR/postgres" ] || die "$PG_BINDIR has no server; run: make deps"
    PG_SHARE=$("$PG_CONFIG" --sharedir)
    PG_LIB=$("$PG_CONFIG" --pkglibdir)
    # shellcheck disable=SC2034 # for the callers
    PG_XS=$(dirname "$(dirname "$(dirname "$("$PG_CONFIG" --pgxs)")")") # …/pgxs
    export PG_CONFIG PG_BINDIR
}

# PostgreSQL refuses to run as root; root lends it the package's user.
SERVER_USER=$(id -un)
if [ "$(id -u)" = 0 ]; then SERVER_USER=postgres; fi

as_server() { # command…: run as the server's user, from a folder which that user can enter
    if [ "$(id -u)" = 0 ]; then
        (cd / && exec runuser -u "$SERVER_USER" -- "$@")
    else
        (cd / && exec "$@")
    fi
}

build() { # compiles; prints the compiler's words only when it fails. One build at a time, since tests and demo may be started together.
    mkdir -p "$STATE"
    (
        flock 9
        env -u DATA make -C "$ROOT" -j"$(nproc)" all PG_CONFIG="$PG_CONFIG" >"$STATE/build.log" 2>&1
    ) 9>"$STATE/build.lock" || {
        cat "$STATE/build.log" >&2
        die "the build failed"
    }
}

# Makes the folder of a cluster anew and prints its real path. Where the server's user cannot reach the tree (a clone under /root),
# .byudv/NAME is a link to a folder under /var/tmp.
make_home() { # name
    local home=$STATE/$1
    cluster_remove "$1"
    mkdir -p "$STATE"
    if as_server test -x "$STATE"; then
        mkdir "$home"
    else
        ln -s "$(mktemp -d "/var/tmp/byudv-$1.XXXXXX")" "$home"
        chmod 755 "$home/"
        say "User $SERVER_USER, who runs the server, cannot enter $ROOT: the cluster is in $(realpath "$home") instead." >&2
    fi
    (cd "$home" && pwd -P)
}

cluster_remove() { # name: stop it, delete it
    local home=$STATE/$1 real
    [ -e "$home" ] || [ -L "$home" ] || return 0
    if real=$(cd "$home" 2>/dev/null && pwd -P); then
        cluster_halt "$real"
        local socket=''
        [ ! -f "$real/socket" ] || socket=$(<"$real/socket")
        case $socket in /tmp/byudv-*) rm -rf "$socket" ;; esac
        local memory=''
        [ ! -f "$real/memory" ] || memory=$(<"$real/memory")
        case $memory in /dev/shm/byudv-*) rm -rf "$memory" ;; esac
        rm -rf "$real" || die "cannot remove $real; was it made by another user, for example with sudo?"
    fi
    rm -rf "$home"
}

cluster_halt() { # real path
    [ -f "$1/data/postmaster.pid" ] || return 0
    local bindir
    bindir=$(<"$1/bindir")
    as_server "$bindir/pg_ctl" stop -D "$1/data" -m immediate -s >/dev/null 2>&1 || true # immediate: the data is thrown away
}

# Where there is plenty of memory, makes a folder in it and prints its name. Tests make and drop tables by the thousand, and ext4 takes most of the time for
# that, since it does not give out an inode again within five seconds, and looks at all of these for each new file.
memory_folder() { # name
    local folder
    [ "$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1)" -ge 8000000 ] 2>/dev/null || return 1
    [ "$(sed -n 's/^MemAvailable: *\([0-9]*\) kB/\1/p' /proc/meminfo)" -ge 12000000 ] || return 1
    folder=$(mktemp -d "/dev/shm/byudv-$1.XXXXXX") || return 1
    chmod 755 "$folder"
    printf '%s\n' "$folder"
}

# Creates and starts a cluster with the extension staged. Afterwards PGHOST, PGPORT, PGUSER and PGDATABASE=postgres are exported.
cluster_create() { # name [line of postgresql.conf]…
    local name=$1 home stage socket log
    shift
    if [ "$(id -u)" = 0 ] && ! id "$SERVER_USER" >/dev/null 2>&1; then die "root needs a user postgres to run the server; run: make deps"; fi
    home=$(make_home "$name")
    stage=$home/stage
    log=$home/data/log
    mkdir "$stage" "$home/sock"
    if [ "${IN_MEMORY:-}" = yes ] && memory_folder "$name" >"$home/memory"; then
        mkdir "$(<"$home/memory")/data"
        ln -s "$(<"$home/memory")/data" "$home/data"
    else
        rm -f "$home/memory"
        mkdir "$home/data"
    fi
    socket=$home/sock
    if [ ${#socket} -gt 85 ]; then # a socket's whole path may have 107 bytes; isolation tests and psql add to the folder's
        rmdir "$socket"
        socket=$(mktemp -d /tmp/byudv-XXXXXX)
    fi
    printf '%s\n' "$socket" >"$home/socket"
    printf '%s\n' "$PG_BINDIR" >"$home/bindir"
    if [ "$(id -u)" = 0 ]; then chown "$SERVER_USER" "$home/data" "$socket"; fi
    chmod 700 "$home/data" "$socket" # authentication is trust, so only the owner may come near the socket

    stage_extension "$stage"
    [ -z "${WITH_DANISH:-}" ] || danish_locales "$home/locale"
    as_server "$PG_BINDIR/initdb" -D "$home/data" -U postgres -A trust -E UTF8 --locale=C -N >"$home/initdb.log" 2>&1 ||
        { cat "$home/initdb.log" >&2 && die "initdb failed"; }
    {
        printf '%s\n' "listen_addresses = ''" "port = 5432" "unix_socket_directories = '${socket//\'/\'\'}'" \
            "fsync = off" "synchronous_commit = off" "full_page_writes = off" "lc_messages = 'C'" "timezone = 'UTC'" \
            "log_destination = 'stderr'" "logging_collector = off" "log_line_prefix = '%m [%p] %d '"
        search_settings "${stage//\'/\'\'}"
        [ $# = 0 ] || printf '%s\n' "$@"
    } | as_server tee -a "$home/data/postgresql.conf" >/dev/null

    as_server env ${LOCALES:+LOCPATH="$LOCALES"} "$PG_BINDIR/pg_ctl" start -D "$home/data" -l "$log" -s -w -t 120 >/dev/null 2>&1 ||
        { as_server cat "$log" >&2 && die "the server did not start"; }
    export PGHOST=$socket PGPORT=5432 PGUSER=postgres PGDATABASE=postgres
    # shellcheck disable=SC2034 # for the callers
    CLUSTER=$home
    check_loaded "$stage"
}

# Danish sorting for the server, made privately: nothing is added to the system's locales. Sets LOCALES, unless the system has them already
# and no sources to make them of.
danish_locales() { # folder
    local charset
    LOCALES=''
    [ -e /usr/share/i18n/locales/da_DK ] || return 0
    mkdir -p "$1"
    for charset in UTF-8 ISO-8859-1; do
        localedef -i da_DK -f "$charset" "$1/da_DK.$charset" >/dev/null 2>&1 || die "localedef could not make da_DK.$charset"
    done
    LOCALES=$1
}

stage_extension() { # folder
    env -u DATA make -C "$ROOT" install DESTDIR="$1" PG_CONFIG="$PG_CONFIG" >>"$STATE/build.log" 2>&1 ||
        { cat "$STATE/build.log" >&2 && die "staging the extension failed"; }
}

# How a server is told to look into the staging folder first. Debian's has extension_destdir: a prefix of its own share folder and of $libdir.
# From version 18 PostgreSQL has a search path for control files.
search_settings() { # stage, quoted for postgresql.conf
    local known
    known=$("$PG_BINDIR/postgres" --describe-config | cut -f1)
    if grep -qx extension_destdir <<<"$known"; then
        printf "extension_destdir = '%s'\n" "$1"
    elif grep -qx extension_control_path <<<"$known"; then
        printf "extension_control_path = '%s%s:\$system'\n" "$1" "$PG_SHARE"
    else
        return 0
    fi
    printf "dynamic_library_path = '%s%s:\$libdir'\n" "$1" "$PG_LIB"
}

# A library that an earlier `make install` left in the system must not be the one that gets tested: look at what a backend has mapped.
check_loaded() { # stage
    local mapped
    [ -r /proc/self/maps ] || return 0
    # as the extension's functions do: from version 18, LOAD looks elsewhere
    mapped=$("$PG_BINDIR/psql" -XqAt -c "CREATE FUNCTION pg_temp.probe(text) RETURNS text LANGUAGE c AS '\$libdir/byudv', 'byudv_normalise_owner_name'" -c \
        "SELECT DISTINCT substring(line FROM '/.*') FROM regexp_split_to_table(pg_read_file('/proc/self/maps'), E'\n') AS line WHERE line ~ '/byudv[.]so'" 2>&1) || true
    case $mapped in
        "$1"/*) ;;
        /*) say "This server has no setting for a staging folder: the extension that is tested is the installed $mapped. After a change run: make install" >&2 ;;
        *) die "the server cannot load the extension: $mapped
This server has no setting for a staging folder (Debian's has extension_destdir). Run: make install" ;;
    esac
}
