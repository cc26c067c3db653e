# Mutated values of every type of the extension, and arrays of them: text by cast and COPY, binary by COPY: changed, cut, doubled, with wrong lengths. Each is
# refused as a user's mistake or is a valid value, which then is asked everything. BYUDV_VALUES says how many, BYUDV_SEED which ones.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ByudvTest;

my $values = $ENV{BYUDV_VALUES} || 2000;
my $seed = $ENV{BYUDV_SEED} || 1;

my $node = new_server('main', conf => "jit = off\nlog_statement = none\nlog_line_prefix = '%m [%p] %e '\nlog_min_error_statement = panic\n");
new_database($node, 'a');
my $folder = PostgreSQL::Test::Utils::tempdir();
$node->safe_psql('a', <<'SQL');
CREATE SCHEMA mutated;
CREATE TABLE mutated.type AS
    SELECT row_number() OVER (ORDER BY t.typname COLLATE "C")::int AS id, t.oid AS type, t.typname::text AS name, '{}'::bytea[] AS texts, '{}'::bytea[] AS files
    FROM pg_type t LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A' LEFT JOIN pg_class c ON c.oid = coalesce(e.typrelid, t.typrelid)
    WHERE t.typnamespace = 'byudv'::regnamespace AND coalesce(c.relkind, 'c') = 'c';
CREATE TABLE mutated.sample (survival byudv.survival, competing_risks byudv.competing_risks, residence byudv.residence, occupancy byudv.occupancy,
    _survival byudv.survival[], _competing_risks byudv.competing_risks[], _residence byudv.residence[], _occupancy byudv.occupancy[]);
INSERT INTO mutated.sample (survival, competing_risks) VALUES ('s1', 'c1'), ('s1 5e2x1 30c2x4', 'c1 5e2x1:1 30c2x3:4'), ('s1 o3 8c1x2 2147483647x9223372036854', 'c1 o1 7x1:1x2:2x64:3 9c1');
INSERT INTO mutated.sample (survival, competing_risks) SELECT byudv.survival_agg(i % 40, i % 40 + 1 + i % 97, i % 3 = 0), byudv.competing_risks_agg(i % 40, i % 40 + 1 + i % 97, i % 65) FROM generate_series(1, 300) i;
INSERT INTO mutated.sample (_residence, _occupancy) SELECT byudv.residence_agg(i % 4, date '2020-01-01' + 9 * i, date '2020-01-15' + 9 * i), byudv.occupancy_agg(i, date '2020-01-01' + 9 * i, date '2020-01-15' + 9 * i) FROM generate_series(1, 6) i;
UPDATE mutated.sample SET residence = _residence[1], occupancy = _occupancy[1], _survival = ARRAY[survival, NULL, survival], _competing_risks = ARRAY[competing_risks, NULL];

CREATE FUNCTION mutated.changed(value bytea) RETURNS bytea LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    n int;
    place int;
    is_file boolean := substr(value, 1, 6) = 'PGCOPY'::bytea;
    -- lengths and counts that lie
    number bytea := ('\x' || (ARRAY['ffffffff', 'fffffffe', '00000000', '7fffffff', '80000000', '3fffffff', '00000001', '0000000f', '00010000', '0000ffff'])[1 + floor(random() * 10)::int])::bytea;
BEGIN
    FOR i IN 1 .. 1 + floor(random() * random() * 5)::int LOOP
        n := length(value);
        -- the first 19 bytes of a binary file are the server's business, mostly
        place := CASE WHEN is_file AND n > 25 AND random() < 0.95 THEN 21 + floor(random() * (n - 20))::int ELSE 1 + floor(random() * n)::int END;
        value := CASE floor(random() * CASE WHEN is_file THEN 8 ELSE 6 END)::int
            WHEN 0 THEN substr(value, 1, place - 1)
            WHEN 1 THEN substr(value, 1, place - 1) || substr(value, place + 1 + floor(random() * 4)::int)
            WHEN 2 THEN substr(value, 1, place) || substr(value, greatest(place - 8, 1))
            WHEN 3 THEN substr(value, 1, place - 1) || (CASE WHEN is_file THEN set_byte('\x00', 0, floor(random() * 256)::int) ELSE convert_to(substr(E'0123456789 scoexn:-+.,(){}"\\\\æ', 1 + floor(random() * 28)::int, 1), 'UTF8') END) || substr(value, place + floor(random() * 2)::int)
            WHEN 4 THEN CASE WHEN n = 0 THEN value ELSE set_bit(value, floor(random() * 8)::int + 8 * least(place - 1, n - 1), 1 - get_bit(value, floor(random() * 8)::int + 8 * least(place - 1, n - 1))) END
            WHEN 5 THEN CASE WHEN is_file THEN substr(value, 1, place - 1) || number || substr(value, place)
                ELSE substr(value, 1, place - 1) || convert_to((ARRAY['9223372036854775807', '4294967296', '2147483648', '99999999999999999999', '0', '00'])[1 + floor(random() * 6)::int], 'UTF8') || substr(value, place) END
            ELSE substr(value, 1, place - 1) || number || substr(value, place + 4) END;
    END LOOP;
    RETURN value;
END
$$;

-- What is taken must print, come back as the same, and answer.
CREATE FUNCTION mutated.run(calls int, folder text, OUT what text, OUT state text, OUT n bigint, OUT bad text) RETURNS SETOF record LANGUAGE plpgsql AS $$
DECLARE
    t mutated.type;
    types mutated.type[] := (SELECT array_agg(x ORDER BY x.id) FROM mutated.type x);
    value bytea;
    message text;
    file text := folder || '/value';
    way text;
    same boolean;
    ended text[] := '{}';
    found_bad text[] := '{}';
    large oid;
BEGIN
    FOR i IN 1 .. calls LOOP
        t := types[1 + i % cardinality(types)];
        way := (ARRAY['cast', 'COPY', 'COPY BINARY', 'COPY BINARY'])[1 + floor(random() * 4)::int];
        value := mutated.changed(CASE way WHEN 'COPY BINARY' THEN t.files[1 + floor(random() * cardinality(t.files))::int] ELSE t.texts[1 + floor(random() * cardinality(t.texts))::int] END);
        message := NULL;
        BEGIN
            EXECUTE format('DELETE FROM mutated.%I', t.name);
            IF way = 'cast' THEN
                EXECUTE format('INSERT INTO mutated.%I SELECT $1::%s', t.name, format_type(t.type, NULL)) USING convert_from(value, 'UTF8');
            ELSE
                large := lo_from_bytea(0, value || CASE way WHEN 'COPY' THEN '\x0a'::bytea ELSE ''::bytea END);
                PERFORM lo_export(large, file), lo_unlink(large);
                EXECUTE format('COPY mutated.%I FROM %L (FORMAT %s)', t.name, file, CASE way WHEN 'COPY' THEN 'text' ELSE 'binary' END);
            END IF;
            state := 'taken';
        EXCEPTION WHEN query_canceled OR assert_failure OR OTHERS THEN
            GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT;
        END;
        IF state = 'taken' THEN
            BEGIN
                EXECUTE format('SELECT bool_and(v::text::%s::text = v::text) FROM mutated.%I', format_type(t.type, NULL), t.name) INTO same;
                IF NOT same THEN state := 'XX999'; message := 'another value comes back'; END IF;
                IF t.name = 'survival' THEN
                    PERFORM byudv.survival_curve(v), byudv.survival_median(v), byudv.turnover_rate(v), byudv.survival_counts(v), byudv.log_rank(v, v), byudv.survival_at(v, 7), byudv.conditional_survival(v, 6),
                        byudv.survival_start(v, 2) FROM mutated.survival;
                ELSIF t.name = 'competing_risks' THEN
                    PERFORM byudv.cumulative_incidence(v), byudv.any_cause(v), byudv.cause_specific(v, 2), byudv.incidence_at(v, 8), byudv.conditional_incidence(v, 3) FROM mutated.competing_risks;
                END IF;
            EXCEPTION WHEN query_canceled OR assert_failure OR OTHERS THEN
                GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT;
                state := 'XX' || state; -- what is taken must answer
            END;
        END IF;
        ended := ended || (way || '|' || state);
        IF state LIKE 'XX%' OR state NOT IN ('taken') AND state !~ '^(22|54|0A|08P01|42804)' THEN found_bad := found_bad || format('%s %s, %s of %s: %s', state, message, way, t.name, value); END IF;
    END LOOP;
    RETURN QUERY SELECT split_part(e, '|', 1), split_part(e, '|', 2), count(*), NULL::text FROM unnest(ended) e GROUP BY 1, 2 ORDER BY 1, 3 DESC;
    RETURN QUERY SELECT NULL::text, NULL::text, 1::bigint, left(b, 2000) FROM unnest(found_bad) b;
END
$$;
SQL
# Valid forms of each type: as text, as a file of COPY BINARY
for (split /\n/, $node->safe_psql('a', 'SELECT id, name, format_type(type, NULL) FROM mutated.type'))
{
	my ($id, $name, $type) = split /\|/;
	$node->safe_psql('a', "CREATE TABLE mutated.$name (v $type)");
	my $file = "$folder/$name";
	$node->safe_psql('a', <<"SQL");
UPDATE mutated.type SET texts = (SELECT array_agg(convert_to(x.v, 'UTF8') ORDER BY x.v COLLATE "C") FROM (SELECT DISTINCT $name\::text AS v FROM mutated.sample WHERE $name IS NOT NULL) x) WHERE id = $id;
INSERT INTO mutated.$name SELECT $name FROM mutated.sample WHERE $name IS NOT NULL;
COPY mutated.$name TO '$file' (FORMAT binary);
UPDATE mutated.type SET files = files || pg_read_binary_file('$file') WHERE id = $id;
COPY (SELECT v FROM mutated.$name LIMIT 1 OFFSET 1) TO '$file' (FORMAT binary);
UPDATE mutated.type SET files = files || pg_read_binary_file('$file') WHERE id = $id;
SQL
}
is($node->safe_psql('a', "SELECT string_agg(name, ' ' ORDER BY name COLLATE \"C\") FROM mutated.type WHERE texts IS NULL OR cardinality(files) < 2"), '', 'a sample of every type');

my (%ended, %states, @bad);
my ($done, $number, $died) = (0, 0, 0);
while ($done < $values && !$died)
{
	$number++;
	my ($stdout, $stderr);
	$node->psql('a', sprintf("SELECT setseed(%.9f) \\g /dev/null\nSELECT * FROM mutated.run(500, '%s');", ($seed * 7919 + $number) % 1_000_003 / 1_000_003, $folder), stdout => \$stdout, stderr => \$stderr);
	$died = 1 if $stdout eq '';
	diag($stderr) if $stderr;
	for (split /\n/, $stdout)
	{
		if (/^(.+)\|(\w+)\|(\d+)\|/) { $ended{$1} += $3; $states{$2} += $3; $done += $3; }
		elsif (/^\|\|1\|(.*)/) { push @bad, $1; }
	}
}
my @ways = sort { $states{$b} <=> $states{$a} } keys %states;
note("result: $done values with seed $seed, $states{taken} taken, the others refused with " . (@ways - 1) . ' codes' . ($ENV{BYUDV_VALUES} ? ': ' . join(', ', (map { "$ended{$_} by $_" } sort keys %ended), map { "$_ $states{$_}" } grep { $_ ne 'taken' } @ways) : ''));
ok(!$died, 'the server lives');
is(scalar(@bad), 0, 'each is refused as a user\'s mistake, or valid') or diag(join "\n", splice @bad, 0, 20);
cmp_ok($states{taken} // 0, '>', $done / 20, 'some are valid');
is(join("\n", grep { /TRAP|PANIC|terminated by signal|leak|still referenced|unrecognized|cache lookup/ } split /\n/, slurp_file($node->logfile)), '', 'the server log has no crash, no leak');
done_testing();
