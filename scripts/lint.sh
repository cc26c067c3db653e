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
    grep -q "^## \[$control\] - " CHANGELOG.md || echo "byudv.control says $control, CHANGELOG.md has no such version"
    case $(sed -n '1s/^byudv (\(.*\)-[^-]*).*/\1/p' debian/changelog) in "$control" | "$control".*) ;; *) echo "byudv.control says $control, debian/changelog something else" ;; esac
}

# What the PGXN Meta Spec 1.0.0 asks for
bad_meta() {
    perl -MJSON::PP -0777 -ne '
        my $meta = eval { decode_json($_) } or print($@), exit;
        sub say_if { print "$_[1]\n" if $_[0] }
        sub text { defined $_[0] && !ref $_[0] && $_[0] =~ /\S/ }
        my $version = qr/^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-?[A-Za-z][-0-9A-Za-z]*)?$/;
        my %licenses = map { $_ => 1 } qw(agpl_3 apache_1_1 apache_2_0 artistic_1 artistic_2 bsd freebsd gfdl_1_2 gfdl_1_3 gpl_1 gpl_2 gpl_3 lgpl_2_1 lgpl_3_0 mit mozilla_1_0 mozilla_1_1
            openssl perl_5 postgresql qpl_1_0 ssleay sun zlib open_source restricted unrestricted unknown);
        my %keys = map { $_ => 1 } qw(name version abstract maintainer license provides meta-spec description generated_by tags no_index prereqs release_status resources);
        say_if(!defined $meta->{$_}, "$_ is missing") for qw(name version abstract maintainer license provides meta-spec);
        say_if(!$keys{$_} && !/^x_/i, "$_ is no key of the specification") for sort keys %$meta;
        say_if(!text($meta->{$_}), "$_ is no text") for grep { exists $meta->{$_} } qw(name version abstract description generated_by release_status);
        say_if($meta->{name} !~ m{^[^\s/\\]{2,}$}, "name has a character that it may not have");
        say_if($meta->{version} !~ $version, "version is no semantic version");
        say_if((grep { !text($_) } ref $meta->{maintainer} ? @{ $meta->{maintainer} } : $meta->{maintainer}) > 0, "a maintainer is no text");
        say_if((grep { !$licenses{$_} } ref $meta->{license} eq "ARRAY" ? @{ $meta->{license} } : $meta->{license}) > 0, "license is not known") unless ref $meta->{license} eq "HASH";
        say_if(!keys %{ $meta->{provides} }, "provides names no extension");
        for my $name (sort keys %{ $meta->{provides} }) {
            my $extension = $meta->{provides}{$name};
            say_if(!text($extension->{file}) || !-e $extension->{file}, "provides $name: there is no file $extension->{file}");
            say_if(defined $extension->{docfile} && !-e $extension->{docfile}, "provides $name: there is no docfile $extension->{docfile}");
            say_if($extension->{version} !~ $version, "provides $name: version is no semantic version");
            say_if($extension->{version} ne $meta->{version}, "provides $name: version is not that of the distribution");
        }
        say_if($meta->{"meta-spec"}{version} !~ /^1\.0\.\d+$/, "meta-spec is not 1.0");
        for my $phase (sort keys %{ $meta->{prereqs} || {} }) {
            say_if($phase !~ /^(configure|build|test|runtime|develop|x_.*)$/i, "prereqs: there is no phase $phase");
            for my $relation (sort keys %{ $meta->{prereqs}{$phase} }) {
                say_if($relation !~ /^(requires|recommends|suggests|conflicts|x_.*)$/i, "prereqs $phase: there is no relation $relation");
                my $needed = $meta->{prereqs}{$phase}{$relation};
                for my $name (sort keys %$needed) {
                    say_if((grep { !/^(0|\s*([<>=!]=?)?\s*\d+\.\d+\.\d+\S*\s*)$/ } split /,/, $needed->{$name}) > 0, "prereqs $phase $relation $name: $needed->{$name} is no range of versions");
                }
            }
        }
        say_if((grep { !text($_) || length > 255 } @{ $meta->{tags} || [] }) > 0, "a tag is no short text");
        my $status = $meta->{release_status} || "stable";
        say_if($status !~ /^(stable|testing|unstable)$/, "release_status $status is not known");
        say_if($status eq "stable" && $meta->{version} =~ /[A-Za-z]/, "a version with a suffix is not stable");
    ' META.json 2>&1
}

# Each release has its script, as it was, and a way from it to this version; nobody loads one by hand.
release_unfinished() {
    local control script from to file
    control=$(sed -n "s/^default_version *= *'\(.*\)'/\1/p" byudv.control)
    sed -n 's/^## \[\([0-9.]*\)\] - [0-9].*/\1/p' CHANGELOG.md | while read -r released; do
        [ "$released" = "$control" ] || [ -e "test/releases/byudv--$released.sql" ] || echo "CHANGELOG.md has $released released: test/releases/byudv--$released.sql is missing"
    done
    (cd test/releases && sha256sum --check --quiet SHA256SUMS 2>&1)
    for script in test/releases/byudv--*.sql; do
        from=${script##*/byudv--} from=${from%.sql}
        grep -q "  byudv--$from.sql$" test/releases/SHA256SUMS || echo "test/releases/SHA256SUMS does not have byudv--$from.sql"
        if [ "$from" = "$control" ]; then
            cmp <(sed 1,2d "$script") <(cat sql/[0-9]*.sql)
            continue
        fi
        while [ "$from" != "$control" ]; do
            for to in sql/updates/byudv--"$from"--*.sql ""; do break; done
            [ -n "$to" ] || { echo "sql/updates has no script that leads from $from to $control" && break; }
            from=${to##*--} from=${from%.sql}
        done
    done
    for file in test/releases/byudv--*.sql; do
        sed -n 2p "$file" | grep -qxF '\echo Use "CREATE EXTENSION byudv" to load this file. \quit' || echo "$file: line 2 does not keep psql from loading it"
    done
    for file in sql/updates/*.sql; do
        sed -n 2p "$file" | grep -qxF '\echo Use "ALTER EXTENSION byudv UPDATE" to load this file. \quit' || echo "$file: line 2 does not keep psql from loading it"
    done
}

not_executable() {
    local file
    for file in test/run .ci/run demo/run bench/run scripts/[!c]*.sh debian/rules debian/tests/smoke; do
        if [ -e "$file" ] && ! [ -x "$file" ]; then echo "$file"; fi
    done
}

generated_files() { git ls-files 2>/dev/null | grep -E '^byudv--[0-9.]*\.sql$|\.(o|so|d|bc|zip|deb)$'; }

machine_specific_flags() { grep -nE -- '-m(arch|tune)=native' Makefile src/*.c src/core/*.c test/run; }

# The picture and the page on how it is built name tables, functions, steps and files. Steps that are not drawn are missing too.
architecture_drifts() {
    local name picture=docs/pictures/architecture.svg
    sed -n 's/.*class="name"[^>]*>\([^ <]*\).*/\1/p' $picture | while read -r name; do
        case $name in
            */*) compgen -G "$name" >/dev/null || echo "$picture: no $name" ;;
            *) grep -qw -- "$name" sql/[0-9]*.sql || echo "$picture: no $name in sql/" ;;
        esac
    done
    sed -n '/FUNCTION byudv.refresh_steps(/,/COMMENT/p' sql/[0-9]*.sql | grep -o "'[a-z_]*'" | tr -d "'" | while read -r name; do
        grep -q ">$name<" $picture || echo "$picture: step $name is not drawn"
    done
    grep -oE '(src|sql|test|scripts)/[][a-z0-9*_./-]*|byudv[.][a-z_]+' docs/architecture.md | sed 's/[.]$//' | while read -r name; do
        case $name in
            byudv.*) grep -qw -- "$name" sql/[0-9]*.sql || echo "docs/architecture.md: no $name in sql/" ;;
            *) compgen -G "$name" >/dev/null || echo "docs/architecture.md: no $name" ;;
        esac
    done
}

shell_scripts() { shellcheck -x scripts/*.sh test/run test/*.sh debian/tests/smoke .ci/ru[n]; }

check "install scripts hold Latin-1 letters only" outside_latin1
check "src/core includes none of the server's headers" server_headers_in_core
check "control file, META.json and the changelogs name the same version" versions_disagree
check "META.json is what PGXN asks for" bad_meta
check "releases are as they were, and lead to this version" release_unfinished
check "scripts are executable" not_executable
check "nothing is compiled for this machine only" machine_specific_flags
check "nothing that is generated is committed" generated_files
check "what docs/architecture.md names is there" architecture_drifts
if command -v shellcheck >/dev/null; then
    check "shellcheck finds nothing" shell_scripts
else
    number=$((number + 1))
    echo "ok $number - shellcheck # SKIP not installed"
fi
echo "1..$number"
