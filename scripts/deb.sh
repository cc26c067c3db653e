#!/usr/bin/env bash
# make deb: Debian packages of what is committed, in .byudv/deb, then a test of them in a clean system.
# The packages are built in a copy, for the PostgreSQL versions of this Debian. The test needs root and debootstrap: it makes a bare system of the same Debian (kept in
# .byudv/deb/base.tar for the next time), installs the packages there with apt, and looks at what they do, and what is left when they are removed. It prints a line a check,
# and "N passed, N failed". SMOKE=no leaves it out.
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

work=$STATE/deb
"$ROOT/scripts/deps.sh" deb
version=$(sed -n '1s/^byudv (\(.*\)).*/\1/p' "$ROOT/debian/changelog")
upstream=${version%-*}
git -C "$ROOT" rev-parse --verify -q HEAD >/dev/null || die "make deb packs what is committed, so it needs a clone of the project. In an unpacked release: dpkg-buildpackage -b"
[ -z "$(git -C "$ROOT" status --porcelain)" ] || say "Not everything is committed; what is not is not in the packages."

# ---- build
mkdir -p "$work"
rm -rf "$work"/build "$work"/*byudv*
mkdir "$work/build"
tree=$work/build/byudv-$upstream
git -C "$ROOT" archive --prefix="byudv-$upstream/" HEAD . ':(exclude)debian' | gzip -n >"$work/build/byudv_$upstream.orig.tar.gz"
tar -xzf "$work/build/byudv_$upstream.orig.tar.gz" -C "$work/build"
git -C "$ROOT" archive HEAD debian | tar -x -C "$tree"
say "Building byudv $version; the log is .byudv/deb/build.log"
if ! (cd "$tree" && pg_buildext updatecontrol && dpkg-buildpackage -us -uc) >"$work/build.log" 2>&1; then
    tail -n 30 "$work/build.log" >&2
    die "the package was not built"
fi
rm -rf "$tree"
mv "$work"/build/* "$work"
rmdir "$work/build"
(cd "$work" && ls -1 ./*"_$version"_*.deb)

# ---- what lintian says
if command -v lintian >/dev/null; then
    # the one that is left out is for uploads into Debian
    lintian --allow-root --fail-on error,warning --suppress-tags initial-upload-closes-no-bugs "$work/byudv_${version}_$(dpkg --print-architecture).changes" || die "lintian finds fault with the packages"
    say "lintian finds neither error nor warning."
else
    say "SKIP lintian: not installed"
fi

# ---- test
skip_smoke() {
    say "SKIP smoke test: $*"
    exit 0
}
[ "${SMOKE:-yes}" = yes ] || skip_smoke "SMOKE=$SMOKE"
[ "$(id -u)" = 0 ] || skip_smoke "it needs root"
command -v debootstrap >/dev/null || skip_smoke "debootstrap is not installed"
unshare --mount --pid --ipc --fork true 2>/dev/null || skip_smoke "this machine does not let a process have mounts of its own"
# shellcheck source=/dev/null
suite=$(. /etc/os-release && [ "${ID:-}" = debian ] && printf '%s' "${VERSION_CODENAME:-}") || true
[ -n "$suite" ] || skip_smoke "this is not a Debian release"
# shellcheck disable=SC2016 # apt's own variable
mirror=$(apt-get indextargets --format '$(REPO_URI)' "Codename: $suite" 'Component: main' | head -n 1)
[ -n "$mirror" ] || skip_smoke "apt knows no source of $suite"

if [ ! -e "$work/base-$suite.tar" ]; then
    say "Making a bare system of $suite, once; the log is .byudv/deb/base.log"
    rm -rf "$work/base"
    debootstrap --variant=minbase "$suite" "$work/base" "$mirror" >"$work/base.log" 2>&1 || { tail -n 5 "$work/base.log" >&2 && skip_smoke "debootstrap failed"; }
    tar -cf "$work/base-$suite.tar.tmp" -C "$work/base" .
    mv "$work/base-$suite.tar.tmp" "$work/base-$suite.tar"
    rm -rf "$work/base"
fi
system=$work/system
rm -rf "$system"
mkdir "$system"
tar -xf "$work/base-$suite.tar" -C "$system"
# It fetches from where this machine does, and does not start services by itself
rm -rf "$system"/etc/apt/sources.list*
cp -r /etc/apt/sources.list* "$system/etc/apt/" # with updates
cp -L /etc/resolv.conf /etc/hosts "$system/etc/"
apt-config dump Acquire >"$system/etc/apt/apt.conf.d/90sources"
printf '#!/bin/sh\nexit 101\n' >"$system/usr/sbin/policy-rc.d"
chmod 755 "$system/usr/sbin/policy-rc.d"
mkdir -p "$system/packages" "$work/archives"
cp "$work"/*.deb "$ROOT/debian/tests/smoke.sql" "$ROOT/test/deb-in-system.sh" "$system/packages/"
cp "$work"/archives/*.deb "$system/var/cache/apt/archives/" 2>/dev/null || true
say "Testing the packages in a bare system; the log is .byudv/deb/smoke.log"
# In name spaces of its own: when it ends nothing of it runs or is mounted any more
status=0
unshare --mount --pid --ipc --fork --kill-child --root="$system" --mount-proc /bin/bash /packages/deb-in-system.sh 2>"$work/smoke.log" || status=$?
cp "$system"/var/cache/apt/archives/*.deb "$work/archives/" 2>/dev/null || true
if [ $status = 0 ]; then rm -rf "$system"; else tail -n 20 "$work/smoke.log" >&2; fi
exit $status
