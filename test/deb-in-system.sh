#!/bin/bash
# The packages in a bare system, where /packages has them and smoke.sql: installed, used, removed, installed again, purged. Run by scripts/deb.sh as root inside of that system;
# results on standard output, all else on standard error.
set -u
export LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive HOME=/root
passed=0 failed=0

check() { # name command…: passes when the command does
    local name=$1
    shift
    if "$@" >&2; then
        passed=$((passed + 1))
        echo "ok      $name"
    else
        failed=$((failed + 1))
        echo "not ok  $name"
    fi
}
apt() { apt-get -qq -o Dpkg::Use-Pty=0 -o APT::Keep-Downloaded-Packages=true "$@" >&2; }
psql() { runuser -u postgres -- env PGOPTIONS='-c lc_messages=C' psql -XqAt -v ON_ERROR_STOP=1 "$@" 2>&1; }
says() { # pattern database query
    local said
    said=$(psql -d "$2" -c "$3")
    printf '%s\n' "$said" >&2
    grep -qE -- "$1" <<<"$said"
}
left() { # the package's files that are still there, but for folders that others have too
    local file
    while read -r file; do
        if [ -e "$file" ] && ! [ -d "$file" ]; then echo "$file"; fi
    done </packages/files
    find / -xdev \( -path /packages -o -path /proc -o -path /var/lib/apt -o -path /var/cache/apt -o -path /var/log -o -path /var/lib/postgresql \) -prune -o -name '*byudv*' -print
}
nothing_left() {
    local found
    found=$(left)
    printf '%s' "$found" >&2
    [ -z "$found" ]
}

cd /packages || exit 1
apt update || apt update
package=$(dpkg-deb -f postgresql-[0-9]*-byudv_*.deb Package)
major=${package#postgresql-}
major=${major%-byudv}

check "apt installs $package and byudv-doc, with what they need" apt install --yes --no-install-recommends "./$package"_*.deb ./byudv-doc_*.deb
dpkg -L "$package" byudv-doc >/packages/files
check "library, control file, scripts, documents are there" test -e "/usr/lib/postgresql/$major/lib/byudv.so" -a -e "/usr/share/postgresql/$major/extension/byudv.control" \
    -a -e "/usr/share/postgresql/$major/extension/byudv--1.0--1.1.sql" -a -e /usr/share/doc/byudv-doc/docs/install.md -a -e "/usr/share/doc/$package/copyright"
check "as they were packed" dpkg --verify "$package" byudv-doc

[ -e "/etc/postgresql/$major/main" ] || pg_createcluster "$major" main >&2
check "a server starts" pg_ctlcluster "$major" main start -- -o "-c listen_addresses=''"
for database in used kept; do psql -d postgres -c "CREATE DATABASE $database TEMPLATE template0 ENCODING 'UTF8'" >&2; done
answers=$(psql -d used -f /packages/smoke.sql)
while read -r line; do
    case $line in
        "ok "*) check "${line#ok }" true ;;
        *) check "$line" false ;;
    esac
done <<<"$answers"
check "smoke.sql came to its end" grep -q '^ok version' <<<"$answers"
psql -d kept -c "CREATE EXTENSION byudv" -c "CREATE TABLE stay AS SELECT byudv.survival_agg(0, i, true) AS s FROM generate_series(1, 9) i" >&2
check "an update from this version has nothing to do" says 'already installed' kept "ALTER EXTENSION byudv UPDATE"
psql -d used -c "DROP SCHEMA smoke CASCADE" >&2
check "DROP EXTENSION" psql -d used -c "DROP EXTENSION byudv"
check "leaves nothing in the database but the empty schema" says '^0$' used "SELECT (SELECT count(*) FROM pg_class WHERE relnamespace = 'byudv'::regnamespace) + (SELECT count(*) FROM pg_proc WHERE pronamespace = 'byudv'::regnamespace)"
check "which can be dropped" psql -d used -c "DROP SCHEMA byudv"

check "apt removes the packages" apt remove --yes "$package" byudv-doc
check "which leaves no file" nothing_left
for query in "SELECT byudv.tenure(10, 140, 'AAB', NULL)" "SELECT s FROM stay" "INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('x', 'word', 'church')"; do
    # shellcheck disable=SC2016 # a pattern
    check "a database that had the extension says what is missing: $query" says 'could not access file "\$libdir/byudv": No such file or directory' kept "$query"
done
check "its tables can be read" says '^[1-9][0-9]*$' kept "SELECT count(*) FROM byudv.tenure_rule"
check "CREATE EXTENSION elsewhere says that it is not installed" says 'byudv.*is not available|could not open extension control file' used "CREATE EXTENSION byudv"
check "the server has not crashed" test "$(grep -cE 'PANIC|terminated by signal' "/var/log/postgresql/postgresql-$major-main.log")" = 0
check "the packages once more" apt install --yes --no-install-recommends "./$package"_*.deb ./byudv-doc_*.deb
check "the database works again as it was" says '^social\|9\|5' kept "SELECT byudv.tenure(10, 140, 'AAB', NULL), n.events, m.estimate FROM stay, byudv.survival_counts(s) n, byudv.survival_median(s) m"
check "apt purges them" apt purge --yes "$package" byudv-doc
check "which leaves no file" nothing_left
check "DROP EXTENSION without them" psql -d kept -c "DROP EXTENSION byudv CASCADE"
pg_ctlcluster "$major" main stop -m immediate >&2
echo "$passed passed, $failed failed"
[ $failed = 0 ]
