#!/usr/bin/env bash
# Installs what is missing, from the distribution's own packages, and says what for. Does nothing where all is there.
#   deps.sh build         compiler, PostgreSQL server and its headers: what `make demo` needs
#   deps.sh test          build, and pgTAP, pg_cron, perl, ODBC, Danish locales, sanitizers, a browser
#   deps.sh bench         build, and the programs that the measurements compare with; those are optional, so failing is not an error
#   deps.sh export        ogr2ogr, which writes Excel's own format: nothing else
#   deps.sh dashboard     node and npm, which put the page of make dashboard together: nothing else
#   deps.sh deb           what builds and tests Debian packages
#   deps.sh sanitize      what building a server with assertions needs, and valgrind: nothing else
#   deps.sh … --dry-run   only says
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

level=${1:-test}
dry=${2:-}
packages=()

need() { # package why…
    say "  needed: $1 ($(shift && echo "$*"))"
    packages+=("$1")
}
have() { command -v "$1" >/dev/null 2>&1; }
listed() { [ -n "$(apt-cache show "$1" 2>/dev/null)" ]; } # is there such a package? (one that others only name is no error either)

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif ! have sudo; then
        die "installing packages needs root and there is no sudo; as root run: make deps"
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@" # nobody there to type a password
    fi
}

apt() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 "$@"; }

# The major to install where nothing tells: the one whose server is here, else the one this project is developed with, else the newest.
choose_major() {
    local pg_config candidate
    if [ -n "${PG_CONFIG:-}" ]; then die "PG_CONFIG=$PG_CONFIG cannot build an extension (no PGXS or no server headers); unset it or install that server's development package"; fi
    if [ -n "${PG_MAJOR:-}" ]; then echo "$PG_MAJOR" && return; fi
    if pg_config=$("$ROOT/scripts/pg-config.sh" any); then "$pg_config" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/' && return; fi
    for candidate in 15 18 17 16 14; do
        if listed "postgresql-server-dev-$candidate"; then echo "$candidate" && return; fi
    done
    echo 15 # a new machine has no package lists yet; if there is none after apt-get update, apt-get will say so
}

# find_missing fills packages. Files are looked for, not packages: what was built from source counts as well.
find_missing() {
    packages=()
    local pg_config major bindir
    if [ "$level" = export ]; then
        have ogr2ogr || need gdal-bin "writes .xlsx files; about 120 MB"
        return 0
    fi
    if [ "$level" = dashboard ]; then
        find_missing_node "puts the page of make dashboard together"
        return 0
    fi
    if [ "$level" = deb ]; then
        have git || need git "the packages are made of what is committed"
        have dh || need debhelper "builds packages"
        have pg_buildext || need postgresql-server-dev-all "builds them for each PostgreSQL of this Debian"
        have dpkg-buildpackage || need dpkg-dev "the same"
        have lintian || need lintian "finds errors in packages"
        if [ "$(id -u)" = 0 ]; then have debootstrap || need debootstrap "a bare system to test them in"; fi
        return 0
    fi
    if [ "$level" = sanitize ]; then
        find_missing_sanitize
        return 0
    fi
    have "${CC:-gcc}" || need gcc "compiler"
    [ -e /usr/include/stdlib.h ] || need libc6-dev "C library headers"
    if pg_config=$("$ROOT/scripts/pg-config.sh"); then
        major=$("$pg_config" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
    else
        major=$(choose_major)
        need "postgresql-server-dev-$major" "PostgreSQL's headers and PGXS"
        pg_config=/usr/lib/postgresql/$major/bin/pg_config
    fi
    bindir=${pg_config%/*}
    [ ! -x "$pg_config" ] || bindir=$("$pg_config" --bindir)
    [ -x "$bindir/postgres" ] || need "postgresql-$major" "PostgreSQL server"
    [ "$level" != test ] || find_missing_test "$pg_config" "$major"
    [ "$level" != bench ] || find_missing_bench
}

find_missing_test() { # pg_config major
    local share=/usr/share/postgresql/$2 clang
    [ ! -x "$1" ] || share=$("$1" --sharedir)
    [ -e "$share/extension/pgtap.control" ] || need "postgresql-$2-pgtap" "SQL unit tests"
    if [ ! -e "$share/extension/pg_cron.control" ] && listed "postgresql-$2-cron"; then need "postgresql-$2-cron" "refreshes on a schedule"; fi
    perl -MTAP::Parser -MTime::HiRes -e 1 2>/dev/null || need perl "reads test output"
    perl -MIPC::Run -e 1 2>/dev/null || need libipc-run-perl "tests that start servers"
    if perl -MDBD::ODBC -e 1 2>/dev/null || listed libdbd-odbc-perl; then # not in every release
        perl -MDBD::ODBC -e 1 2>/dev/null || need libdbd-odbc-perl "reads the views as BI tools do"
        odbcinst -q -d -n 'PostgreSQL Unicode' >/dev/null 2>&1 || need odbc-postgresql "the same"
    fi
    [ -e /usr/include/glpk.h ] || need libglpk-dev "tries to compute what the views hide"
    { [ -e /usr/share/i18n/locales/da_DK ] && have localedef; } || need locales "Danish sorting"
    find_missing_node "puts the page of make dashboard together"
    have chromium || need chromium "opens that page"
    # The run-time library for fuzzing, of the clang that the headers' package brings along. Without it gcc runs the same harness with random input.
    if ! "$ROOT/scripts/fuzz-cc.sh" >/dev/null 2>&1; then
        clang=$(apt-cache depends "postgresql-server-dev-$2" 2>/dev/null | sed -n 's/.*Depends: clang-\([0-9]*\)$/\1/p') || true
        if [ -n "$clang" ] && listed "libclang-rt-$clang-dev"; then
            have "clang-$clang" || need "clang-$clang" "fuzzing"
            need "libclang-rt-$clang-dev" "fuzzing"
        fi
    fi
}

find_missing_node() { # what for
    have node || need nodejs "$1"
    have npm || need npm "$1"
}

find_missing_sanitize() { # for configure; bison and flex are not, since the source comes with what they make
    local header
    have valgrind || need valgrind "finds reads of what was never written"
    for header in openssl/ssl.h:libssl-dev unicode/ucol.h:libicu-dev zlib.h:zlib1g-dev readline/readline.h:libreadline-dev; do
        [ -e "/usr/include/${header%%:*}" ] || ls /usr/include/*/"${header%%:*}" >/dev/null 2>&1 || need "${header##*:}" "a PostgreSQL with assertions"
    done
    have patch || need patch "the same"
    have bzip2 || need bzip2 "the same"
    have xz || need xz-utils "the same"
}

find_missing_bench() {
    find_missing_node "DuckDB, to compare with"
    have Rscript || need r-base-core "runs R, to compare with"
    { have Rscript && Rscript -e 'library(survival)' >/dev/null 2>&1; } || need r-cran-survival "R's survival package, to compare with"
}

# Debian creates and starts a cluster on port 5432 when a server package is first installed. Nobody asked for that here.
NO_MAIN=/etc/postgresql-common/createcluster.d/byudv-no-main-cluster.conf
without_main_cluster() { # command…
    as_root mkdir -p "${NO_MAIN%/*}"
    echo 'create_main_cluster = false' | as_root tee "$NO_MAIN" >/dev/null
    local status=0
    "$@" || status=$?
    as_root rm -f "$NO_MAIN" # only for our own installation
    return $status
}

find_missing >/dev/null
[ ${#packages[@]} -gt 0 ] || exit 0

have apt-get || {
    find_missing
    die "this machine has no apt-get; install the above by hand, or set PG_CONFIG to a server of your own"
}
if [ "$dry" = --dry-run ]; then find_missing && exit 0; fi

say "Some packages are missing; they are installed with apt-get$([ "$(id -u)" = 0 ] || echo ' (through sudo)'):"
as_root true || die "sudo refused. As root run: make deps"
# The package lists may be old or, on a new machine, not there at all. One unreachable source is no reason to stop.
apt update || say "  (apt-get update reported errors; going on)"
find_missing
installing=(apt install --yes --no-install-recommends "${packages[@]}")
case " ${packages[*]} " in
    *" postgresql-"[0-9]*) without_main_cluster "${installing[@]}" ;;
    *) "${installing[@]}" ;;
esac >"${BYUDV_APT_LOG:=$(mktemp)}" 2>&1 || {
    tail -n 20 "$BYUDV_APT_LOG" >&2
    die "apt-get failed; its whole output is in $BYUDV_APT_LOG"
}
rm -f "$BYUDV_APT_LOG"
find_missing >/dev/null
[ ${#packages[@]} = 0 ] || die "still missing after apt-get: ${packages[*]}"
say "  installed."
