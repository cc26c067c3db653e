#!/usr/bin/env bash
# make dist: what is committed as a zip for PGXN, without files of the repository's own (.gitattributes).
#   dist.sh check     make distcheck: builds and installs from that zip in a scratch folder, and compares what is installed with this tree's
# shellcheck source=scripts/common.sh
. "$(dirname "$0")/common.sh"

cd "$ROOT"
version=$(perl -MJSON::PP -0777 -ne 'print decode_json($_)->{version}' META.json)
zip=byudv-$version.zip
git archive --format=zip --prefix="byudv-$version/" -o "$zip" HEAD
[ -z "$(git status --porcelain)" ] || say "Not everything is committed; what is not is not in $zip."

files=$(git archive --prefix="byudv-$version/" HEAD | tar -t) # the same as the zip's
generated=$(grep -E '\.(o|so|d|bc|zip|deb)$|/byudv--[0-9.]*\.sql$|/\.(ci|byudv|git)|/(results|node_modules|export)/' <<<"$files" | grep -v '/test/releases/') || true
[ -z "$generated" ] || die "$zip has files that do not belong in it: $generated"
for file in META.json Makefile byudv.control LICENSE README.md CHANGELOG.md; do
    grep -qx "byudv-$version/$file" <<<"$files" || die "$zip has no $file"
done
say "$zip: $(grep -c '[^/]$' <<<"$files") files, $(du -k "$zip" | cut -f1) kB"
[ "${1:-}" = check ] || exit 0

command -v unzip >/dev/null || die "make distcheck needs unzip"
find_server
work=$STATE/dist
rm -rf "$work"
mkdir -p "$work"
unzip -q "$zip" -d "$work"
(cd "$work/byudv-$version" && scripts/lint.sh) >"$work/lint.log" || { grep -A9 '^not ok' "$work/lint.log" >&2 && die "lint finds fault with what is in $zip"; }
make -C "$work/byudv-$version" -j"$(nproc)" install DESTDIR="$work/theirs" PG_CONFIG="$PG_CONFIG" >"$work/build.log" 2>&1 || { tail -n 20 "$work/build.log" >&2 && die "$zip does not build"; }
build
stage_extension "$work/ours"
diff <(cd "$work/theirs" && find . -type f | sort) <(cd "$work/ours" && find . -type f | sort) || die "$zip installs other files than this tree"
diff -r -x '*.so' "$work/theirs" "$work/ours" || die "$zip installs other scripts than this tree"
say "It builds, and installs $(find "$work/theirs" -type f | wc -l) files as this tree does: $(cd "$work/theirs" && find . -type f -printf '%f ')"
rm -rf "$work"
