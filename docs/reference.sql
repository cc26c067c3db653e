-- Prints docs/reference.md from the catalog's comments. Run by docs/make-reference.sh, with psql -At, in a database that has the extension.

SET search_path = pg_catalog;

CREATE TEMP VIEW member AS
    SELECT d.classid, d.objid
    FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass
    WHERE e.extname = 'byudv' AND d.deptype = 'e';

CREATE TEMP VIEW function AS
    SELECT p.oid, p.proname::text AS name, obj_description(p.oid, 'pg_proc') AS comment,
        (SELECT string_agg(concat(a.name, ' ', format_type(a.type, NULL),
                ' DEFAULT ' || regexp_replace(pg_get_function_arg_default(p.oid, a.n::int), '::[a-z ]+$', '')), ', ' ORDER BY a.n)
         FROM unnest(p.proargnames[:p.pronargs], p.proargtypes::oid[]) WITH ORDINALITY AS a (name, type, n)) AS arguments,
        (SELECT array_agg(ARRAY[a.name, format_type(a.type, NULL)] ORDER BY a.n)
         FROM unnest(p.proargnames, p.proallargtypes, p.proargmodes) WITH ORDINALITY AS a (name, type, mode, n) WHERE a.mode IN ('o', 't')) AS columns,
        p.prokind, p.proretset, format_type(p.prorettype, NULL) AS result, p.provolatile, p.proisstrict, p.proparallel,
        p.prorettype = 'trigger'::regtype OR p.proname LIKE 'seed\_%' OR p.proname = 'column_expression'
            OR p.proname ~ '_agg_(step|combine|final)$' OR obj_description(p.oid, 'pg_proc') LIKE 'Used inside:%' AS is_inside
    FROM pg_proc p JOIN member m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid;

CREATE TEMP VIEW relation AS
    SELECT c.oid, c.relname::text AS name, c.relkind, obj_description(c.oid, 'pg_class') AS comment
    FROM pg_class c JOIN member m ON m.classid = 'pg_class'::regclass AND m.objid = c.oid
    WHERE c.relkind IN ('r', 'v', 'p', 'm');

SELECT concat('# Reference of byudv ', extversion, E'\n\n', 'Made by docs/make-reference.sh from the comments in the catalog: edit the comments in sql/, not this page.', E'\n\n',
    obj_description(oid, 'pg_extension') || E'.\n\n', 'All of it is in schema `byudv`. Every function may be called, and every table and view read, by everyone.', E'\n')
FROM pg_extension WHERE extname = 'byudv';

SELECT E'## Functions\n';

SELECT concat('- [`', name, '`](#byudv', name, ')') FROM function WHERE NOT is_inside GROUP BY name ORDER BY name COLLATE "C";

SELECT '';

SELECT concat('### byudv.', name, E'\n\n',
    CASE prokind WHEN 'p' THEN concat('`CALL byudv.', name, '(', arguments, E')`: a procedure.\n\n') ELSE concat(
    '`', name, '(', arguments, ')` returns ',
    CASE WHEN columns IS NOT NULL THEN CASE WHEN proretset THEN 'rows' ELSE 'one row' END WHEN proretset THEN 'rows of `' || result || '`'
        ELSE '`' || result || '`' END,
    '. ', CASE provolatile WHEN 'i' THEN 'Immutable' WHEN 's' THEN 'Stable' ELSE 'Volatile' END,
    CASE WHEN proisstrict THEN ', strict' END, CASE proparallel WHEN 's' THEN ', parallel safe' ELSE ', not parallel' END, E'.\n\n') END,
    comment, E'\n',
    CASE WHEN columns IS NOT NULL THEN
        concat(E'\n| Column | Type |\n| --- | --- |\n', (SELECT string_agg(concat('| `', columns[i][1], '` | ', columns[i][2], ' |'), E'\n' ORDER BY i)
            FROM generate_subscripts(columns, 1) i), E'\n') END)
FROM function WHERE NOT is_inside ORDER BY name COLLATE "C", arguments COLLATE "C";

SELECT E'## Tables and views\n';

SELECT concat('- [`', name, '`](#byudv', name, '-1)') FROM relation r WHERE EXISTS (SELECT FROM function f WHERE f.name = r.name AND NOT f.is_inside)
UNION ALL
SELECT concat('- [`', name, '`](#byudv', name, ')') FROM relation r WHERE NOT EXISTS (SELECT FROM function f WHERE f.name = r.name AND NOT f.is_inside)
ORDER BY 1;

SELECT '';

SELECT concat('### byudv.', r.name, E'\n\n', CASE r.relkind WHEN 'v' THEN 'View. ' WHEN 'm' THEN 'Materialized view. ' ELSE 'Table. ' END, r.comment, E'\n\n',
    (SELECT 'Key: ' || string_agg('`' || a.attname || '`', ', ' ORDER BY k.n) || E'.\n\n'
     FROM pg_index i, unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, n) JOIN pg_attribute a ON a.attnum = k.attnum
     WHERE i.indrelid = r.oid AND i.indisprimary AND a.attrelid = r.oid),
    E'| Column | Type | Default | What |\n| --- | --- | --- | --- |\n',
    (SELECT string_agg(concat('| `', a.attname, '` | ', format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN ' not null' END, ' | ',
            regexp_replace(pg_get_expr(d.adbin, d.adrelid), '::[a-z ]+$', ''), ' | ', replace(col_description(r.oid, a.attnum), '|', '\|'), ' |'), E'\n' ORDER BY a.attnum)
     FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped), E'\n')
FROM relation r ORDER BY r.name COLLATE "C";

SELECT E'## Row types\n';

SELECT concat('### byudv.', t.typname, E'\n\n', obj_description(t.oid, 'pg_type'), E'\n\n| Field | Type | What |\n| --- | --- | --- |\n',
    (SELECT string_agg(concat('| `', a.attname, '` | ', format_type(a.atttypid, a.atttypmod), ' | ', col_description(a.attrelid, a.attnum), ' |'), E'\n' ORDER BY a.attnum)
     FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped), E'\n')
FROM pg_type t JOIN member m ON m.classid = 'pg_type'::regclass AND m.objid = t.oid JOIN pg_class c ON c.oid = t.typrelid AND c.relkind = 'c'
ORDER BY t.typname COLLATE "C";

SELECT E'## Used inside\n\nNothing to call; named here so that the list is complete.\n';

SELECT concat('- `', name, '(', arguments, ')`: ', upper(left(said, 1)), substr(said, 2)) FROM function, LATERAL (SELECT regexp_replace(comment, '^Used inside: ', '')) x (said)
WHERE is_inside ORDER BY name COLLATE "C", arguments COLLATE "C";
