-- Spreadsheets and CSV files as foreign tables, by ogr_fdw, and adapters that read them. Where ogr_fdw or ogr2ogr is not installed it is skipped: with GDAL they
-- are 45 packages and 124 MB, which is too much to ask for one test. (Debian: postgresql-15-ogr-fdw, gdal-bin.) ogr_fdw gives UTF-8, whatever the database's encoding.
\set has_program `command -v ogr2ogr >/dev/null 2>&1 && echo 1 || echo 0`
SELECT (:'has_program' = '1' AND EXISTS (SELECT FROM pg_available_extensions WHERE name = 'ogr_fdw') AND current_setting('server_encoding') = 'UTF8')::int AS has_ogr \gset
\if :has_ogr
BEGIN;
SELECT plan(9);
SET LOCAL client_min_messages = warning;
SET LOCAL byudv.pseudonym_key = 'an-example-key-0123456789';
\set folder `mktemp -d /tmp/byudv-files-XXXXXX`
\setenv BYUDV_FOLDER :folder
-- as programs here write them: BOM, semicolons, CRLF, decimal comma
\! cd "$BYUDV_FOLDER" && printf '\357\273\277OMR\303\205DE;ANVENDELSE;TID;INDHOLD\r\nBallerup;Etageboliger;2023;12345\r\nHele landet;Etageboliger;2023;1650000,5\r\nBr\303\270ndby;Etageboliger;2023;..\r\n' > BOL101.csv
\! cd "$BYUDV_FOLDER" && printf 'PNR,ANNKOR,KOMKOD,VEJKOD,HUSNR,ETAGE,SIDEDOER,TILFLYDTO,FRAFLYDTO\n3102010000,,0151,0012,001A,01,tv,202001011200,202101011200\n310201-0001,A,0151,0012,001A,01,tv,202001011200,\n' > adresser.csv
\! cd "$BYUDV_FOLDER" && ogr2ogr -f XLSX Adresser.xlsx adresser.csv -nln Ark1 -oo AUTODETECT_TYPE=NO && rm adresser.csv && chmod 755 . && chmod 644 *
CREATE EXTENSION ogr_fdw;
SELECT format('CREATE SERVER file_csv FOREIGN DATA WRAPPER ogr_fdw OPTIONS (datasource %L, format %L)', :'folder' || '/BOL101.csv', 'CSV') \gexec
SELECT format('CREATE SERVER file_xlsx FOREIGN DATA WRAPPER ogr_fdw OPTIONS (datasource %L, format %L, config_options %L)', :'folder' || '/Adresser.xlsx', 'XLSX', 'OGR_XLSX_HEADERS=FORCE OGR_XLSX_FIELD_TYPES=STRING') \gexec
CREATE SCHEMA files;
IMPORT FOREIGN SCHEMA ogr_all FROM SERVER file_csv INTO files OPTIONS (launder_table_names 'false', launder_column_names 'false');
IMPORT FOREIGN SCHEMA ogr_all FROM SERVER file_xlsx INTO files OPTIONS (launder_table_names 'false', launder_column_names 'false');
SELECT columns_are('files', 'BOL101', ARRAY['fid', 'OMRÅDE', 'ANVENDELSE', 'TID', 'INDHOLD'], 'names of a CSV file as written');
SELECT columns_are('files', 'Ark1', ARRAY['fid', 'PNR', 'ANNKOR', 'KOMKOD', 'VEJKOD', 'HUSNR', 'ETAGE', 'SIDEDOER', 'TILFLYDTO', 'FRAFLYDTO'], 'names of a sheet as written');
SELECT results_eq($$SELECT "KOMKOD"::text, "HUSNR"::text, "ETAGE"::text FROM files."Ark1" LIMIT 1$$, $$VALUES ('0151', '001A', '01')$$, 'a sheet''s cells as text, with their zeros');
SELECT isnt(byudv.create_monitor('t_files', 151), NULL, 'a monitor');
SELECT results_eq($$SELECT rows_read, rows_used, rows_rejected, rows_added FROM byudv.import_statbank('t_files', 'files."BOL101"', 'dwellings')$$, $$VALUES (3::bigint, 2::bigint, 1::bigint, 2::bigint)$$, 'a table of Statistikbanken from CSV');
SELECT results_eq($$SELECT municipality, measure, value FROM t_files.indicator ORDER BY municipality$$, $$VALUES (151, 'dwellings (ANVENDELSE: Etageboliger)', 12345.0), (NULL, 'dwellings (ANVENDELSE: Etageboliger)', 1650000.5)$$, 'gives its figures');
SELECT results_eq($$SELECT row_key, reason FROM t_files.reject$$, $$VALUES ('Brøndby 2023', 'no figure')$$, 'and says what is missing');
SELECT results_eq($$SELECT rows_read, rows_used, rows_rejected, rows_added FROM byudv.import_cpr_addresses('t_files', 'files."Ark1"')$$, $$VALUES (2::bigint, 1::bigint, 1::bigint, 1::bigint)$$, 'addresses from a sheet');
SELECT results_eq($$SELECT person_id, municipality_code, from_date, to_date FROM t_files.address_period$$, $$VALUES (byudv.pseudonym('3102010000'), 151, '2020-01-01'::date, '2021-01-01'::date)$$, 'give periods');
SELECT * FROM finish();
ROLLBACK;
\! rm -rf "$BYUDV_FOLDER"
\else
SELECT '1..0 # SKIP ogr_fdw and ogr2ogr are not installed (Debian: postgresql-15-ogr-fdw, gdal-bin), or the database is not UTF8, which ogr_fdw needs';
\endif
