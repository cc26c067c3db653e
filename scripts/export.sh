#!/usr/bin/env bash
# make export: the BI views of a monitor as files for Excel.
#   MONITOR=name           the monitor; default birkelev, the one of make demo
#   OUT=folder             where the files go; default export
#   FORMATS="csv xlsx"     which files: NAME.csv a view, and MONITOR.xlsx (with _ for each /) with a sheet a view; default both
# Where the database is comes from the environment, as for psql: PGHOST, PGPORT, PGUSER, PGDATABASE or PGSERVICE. Where none of these is set, it is that of
# make demo. Only the views are read, so a reader of the monitor can do it. xlsx needs ogr2ogr of GDAL, which is installed when it is missing (120 MB).
set -euo pipefail
cd "$(dirname "$0")/.."

die() {
    printf 'byudv: %s\n' "$*" >&2
    exit 1
}

if [ -z "${PGHOST:-}${PGPORT:-}${PGUSER:-}${PGDATABASE:-}${PGSERVICE:-}" ]; then
    [ -f .byudv/demo/env ] || die "which database? Set PGDATABASE and the like, or run: make demo"
    # shellcheck source=/dev/null
    . .byudv/demo/env
    PATH=$PG_BINDIR:$PATH
fi
monitor=${MONITOR:-birkelev}
out=${OUT:-export}
formats=${FORMATS:-csv xlsx}
for format in $formats; do
    case $format in csv | xlsx) ;; *) die "FORMATS=$formats: there are csv and xlsx" ;; esac
done
unset PGOPTIONS
export PGCLIENTENCODING=UTF8 PGTZ=UTC
# Names are looked up where only the server's own functions are; in public, others might have put theirs
query() { psql -XqAt -v ON_ERROR_STOP=1 -v monitor="$monitor" -c 'SET search_path = pg_catalog, pg_temp' -f -; }

# Views that the caller may read, so that a reader of some of them gets those
views=$(query <<'SQL'
SELECT v.view_name FROM byudv.monitor_views() v JOIN pg_class c ON c.relname = v.view_name JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = :'monitor'
WHERE has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') ORDER BY v.ordinal
SQL
)
[ -n "$views" ] || die "there are no views in monitor \"$monitor\" that you may read"
# They become commands of psql and names of files, so whatever another database calls byudv.monitor_views() is not believed
! grep -qvxE '[a-z0-9_]+' <<<"$views" || die "the database names views that cannot be: is that byudv?"
mkdir -p -- "$out"
work=$(mktemp -d "$out/.export-XXXXXX")
trap 'rm -rf "$work"' EXIT

# All files from one snapshot, so that they agree; a byte order mark tells Excel that they are UTF-8
write_csv() {
    {
        echo 'BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY;'
        for view in $views; do
            printf '\\o %s.csv\n\\qecho -n \xef\xbb\xbf\n' "$view"
            printf "SELECT line FROM byudv.danish_csv(:'monitor', '%s') line;\n" "$view"
        done
    } | (cd "$work" && query)
    mv -- "$work"/*.csv "$out"
    echo "$out/*.csv: $(wc -w <<<"$views") views"
}

# A sheet a view. GDAL gets the views, their Danish headers and the order of their rows from a list of layers, and the types from the server.
write_xlsx() {
    command -v ogr2ogr >/dev/null || scripts/deps.sh export
    query >"$work/layers.vrt" <<'SQL'
SELECT '<OGRVRTDataSource>';
SELECT format('<OGRVRTLayer name="%s"><SrcDataSource>PG:</SrcDataSource><SrcSQL>%s</SrcSQL><GeometryType>wkbNone</GeometryType></OGRVRTLayer>', v.view_name,
    replace(replace(replace(format('SELECT %s FROM %I.%I ORDER BY %s', string_agg(format('%I AS %I', k.column_name, k.label_da), ', ' ORDER BY k.ordinal), :'monitor', v.view_name,
        (SELECT string_agg(quote_ident(x), ', ' ORDER BY n) FROM unnest(string_to_array(v.key, ', ')) WITH ORDINALITY y (x, n))), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'))
FROM byudv.monitor_views() v JOIN byudv.monitor_view_columns() k USING (view_name) JOIN pg_class c ON c.relname = v.view_name JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = :'monitor'
WHERE has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
GROUP BY v.ordinal, v.view_name, v.key ORDER BY v.ordinal;
SELECT '</OGRVRTDataSource>';
SQL
    ogr2ogr -f XLSX "$work/all.xlsx" "$work/layers.vrt" || die "ogr2ogr failed"
    local file=$out/${monitor//\//_}.xlsx
    mv -- "$work/all.xlsx" "$file"
    echo "$file: $(wc -w <<<"$views") sheets"
}

for format in $formats; do "write_$format"; done
