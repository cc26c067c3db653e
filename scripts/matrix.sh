#!/usr/bin/env bash
# make test-matrix: all tests on each major of PostgreSQL, each as on a bare machine. As root.
#   MAJORS="17 18"        which; otherwise 15, 17 and 18
#   STAGES, TESTS         what of it, as for make test
#   MATRIX_DIR=folder     where the systems are kept from run to run; otherwise .byudv/matrix of the tree
#   MIRROR=url            where debootstrap fetches them from; otherwise where it does by itself
# A major which this system or its packages have is tested in this system. For another, debootstrap puts the Debian release that has it into a folder,
# once. With it comes an older major, to upgrade from. The tests run in a copy of the tree as it is here, without what git ignores, so that no build
# meets another. Mounts and processes are in namespaces of their own: they end with this program, also when it is killed.
# shellcheck disable=SC2317,SC2329 # functions that are called by name
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

MATRIX=${MATRIX_DIR:-$STATE/matrix}
unset PG_CONFIG # make has found one, but each major has its own
OLD=15 # to upgrade from

release_of() { # major: the Debian release that has it
    case $1 in
        15) echo bookworm ;;
        17) echo trixie ;;
        18) echo forky ;;
        *) die "no Debian release has PostgreSQL $1; there are 15, 17 and 18" ;;
    esac
}

in_this_system() { # major
    PG_MAJOR=$1 "$ROOT/scripts/pg-config.sh" >/dev/null || [ -n "$(apt-cache show "postgresql-server-dev-$1" 2>/dev/null)" ]
}

make_system() { # release
    [ ! -d "$MATRIX/$1" ] || return 0
    command -v debootstrap >/dev/null || die "debootstrap is needed; run: apt-get install debootstrap"
    local script='' new=$MATRIX/$1.new
    # All releases are made alike; a debootstrap that is older than the release does not know its name.
    [ -e "/usr/share/debootstrap/scripts/$1" ] || script=/usr/share/debootstrap/scripts/sid
    say "Putting Debian $1 into $MATRIX/$1 ..."
    rm -rf "$new"
    debootstrap --variant=minbase "$1" "$new" "${MIRROR:-}" "$script" >"$MATRIX/$1.log" 2>&1 ||
        { tail -n 20 "$MATRIX/$1.log" >&2 && die "debootstrap failed; all it said is in $MATRIX/$1.log"; }
    printf '#!/bin/sh\nexit 101\n' >"$new/usr/sbin/policy-rc.d" # no services
    chmod 755 "$new/usr/sbin/policy-rc.d"
    echo force-unsafe-io >"$new/etc/dpkg/dpkg.cfg.d/unsafe-io"
    mkdir -p "$new/etc/postgresql-common/createcluster.d"
    echo 'create_main_cluster = false' >"$new/etc/postgresql-common/createcluster.d/none.conf"
    mv "$new" "$MATRIX/$1"
}

copy_tree() { # folder
    rm -rf "$1"
    mkdir -p "$1"
    (cd "$ROOT" && git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
        [ ! -e "$file" ] || printf '%s\0' "$file" # a deleted file is listed until that is committed
    done | tar -cf - --null -T -) | tar -C "$1" --no-same-owner -xf -
}

version_in() { # place folder major
    if [ "$1" = in_place ]; then PG_MAJOR=$3 find_server && "$PG_CONFIG" --version; else chroot "$2" "/usr/lib/postgresql/$3/bin/pg_config" --version; fi || echo "PostgreSQL $3"
}

# ---- Inside the namespaces

in_system() { # folder major
    local system=$1 major=$2 home=$1/srv
    mount --bind /dev "$system/dev"
    mount --bind /dev/pts "$system/dev/pts"
    mount -t tmpfs -o mode=1777 tmpfs "$system/dev/shm"
    mount -t tmpfs -o mode=1777 tmpfs "$system/tmp"
    mount -t proc proc "$system/proc"
    mount --bind -o ro /sys "$system/sys"
    if [ -d "$ROOT/../shared/data" ]; then
        mkdir -p "$home/shared/data"
        mount --bind -o ro "$ROOT/../shared/data" "$home/shared/data"
    fi
    cp -L /etc/resolv.conf "$system/etc/"
    # what this system trusts, which may be a proxy of one's own
    [ ! -e /etc/ssl/certs/ca-certificates.crt ] || { mkdir -p "$system/etc/ssl/certs" && cp -L /etc/ssl/certs/ca-certificates.crt "$system/etc/ssl/certs/"; }
    inside() { env -u TMPDIR HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin PG_MAJOR="$major" DEBIAN_FRONTEND=noninteractive chroot "$system" "$@" </dev/null; }
    if ! [ -e "$system/usr/include/postgresql/$OLD/server/postgres.h" ]; then
        inside /srv/byudv/scripts/deps.sh test # first, so that nothing of it comes from the older release
        say "Installing PostgreSQL $OLD, to upgrade from ..."
        sed "s/\<${system##*/}\>/$(release_of "$OLD")/" "$system/etc/apt/sources.list" >"$system/etc/apt/sources.list.d/old.list"
        printf '%s\n' 'Package: *' "Pin: release n=$(release_of "$OLD")" 'Pin-Priority: 100' >"$system/etc/apt/preferences.d/old"
        { inside apt-get -qq update; inside apt-get -qq install --yes --no-install-recommends make "postgresql-$OLD" "postgresql-server-dev-$OLD"; } >"$system/tmp/log" 2>&1 ||
            tail -n 20 "$system/tmp/log"
        rm "$system/etc/apt/sources.list.d/old.list" "$system/etc/apt/preferences.d/old"
    fi
    # from 18 on, pg_upgrade looks for libraries in the server's own folder only
    [ "$major" -lt 18 ] || inside make -s -C /srv/byudv install >"$system/tmp/log" 2>&1 || cat "$system/tmp/log"
    inside /srv/byudv/.ci/run
}

in_place() { # folder major
    [ ! -d "$ROOT/../shared" ] || ln -sfn "$(cd "$ROOT/../shared" && pwd -P)" "$1/srv/shared"
    env PG_MAJOR="$2" "$1/srv/byudv/.ci/run" </dev/null
}

case ${1:-} in in_*) "$@"; exit ;; esac

# ---- One after the other

[ "$(id -u)" = 0 ] || die "chroot and mount need root; run: sudo make test-matrix"
mkdir -p "$MATRIX"
exec 9>"$MATRIX/lock"
flock -n 9 || die "another run uses $MATRIX"
unshare --mount --pid --ipc --fork true 2>/dev/null || die "this machine lets nobody make namespaces (unshare); in a container, start it privileged"

child=''
finish() { [ -z "$child" ] || kill -KILL "$child" 2>/dev/null || true; } # and with it all that it started
trap finish EXIT
trap 'exit 130' INT TERM

all_majors() {
    local lines=() passed=0 failed=0 major release place system log status line ok bad
    for major in ${MAJORS:-15 17 18}; do
        if in_this_system "$major"; then
            place=in_place system=$MATRIX/this-$major
        else
            release=$(release_of "$major")
            make_system "$release"
            place=in_system system=$MATRIX/$release
        fi
        copy_tree "$system/srv/byudv"
        log=$MATRIX/$major.log
        say "PostgreSQL $major: $([ $place = in_place ] && echo "this system" || echo "Debian $release"), in $system ($(du -shx "$system" | cut -f1)); log: $log"
        : >"$log"
        unshare --mount --pid --ipc --fork --kill-child --mount-proc "$0" $place "$system" "$major" >"$log" 2>&1 9>&- &
        child=$!
        tail -n +1 -f --pid=$child "$log" 9>&- &
        status=0
        wait $child || status=$? # a signal ends a wait, but not a program in the foreground
        child=''
        wait
        line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$log" | tail -n 1) || true
        if [ -z "$line" ]; then
            line="0 passed, 1 failed: it ended early, with status $status"
        elif [ $status != 0 ] && [[ $line == *" 0 failed"* ]]; then
            line="${line/ 0 failed/ 1 failed}: status $status"
        fi
        lines+=("$(version_in $place "$system" "$major"): $line")
        read -r ok _ bad _ <<<"$line"
        passed=$((passed + ok)) failed=$((failed + bad))
    done
    printf '%s\n' "${lines[@]}" "$passed passed, $failed failed"
    [ $failed = 0 ] && [ $passed -gt 0 ]
}
all_majors; exit # read whole, since this script may be edited in the hour that a run takes
