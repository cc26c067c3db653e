# Stored summaries, small and large, through dumps, COPY, a crash and a restart.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ByudvTest;

my $node = new_server('main');
new_database($node, 'a');
$node->safe_psql('a', <<'SQL');
CREATE TABLE kept (k int PRIMARY KEY, s byudv.survival, c byudv.competing_risks);
INSERT INTO kept SELECT i % 3, byudv.survival_agg(i % 40, i % 40 + 1 + i % 97, i % 3 = 0), byudv.competing_risks_agg(i % 40, i % 40 + 1 + i % 97, i % 65) FROM generate_series(1, 5000) i GROUP BY 1;
INSERT INTO kept VALUES (10, 's1', 'c1'), (11, NULL, NULL);
INSERT INTO kept SELECT 12, byudv.survival_agg(i % 7, i * 13 + 7, i % 2 = 0), byudv.competing_risks_agg(i % 7, i * 13 + 7, i % 5) FROM generate_series(1, 300000) i;
SQL
my $content = "SELECT k, md5(s::text), md5(c::text), md5(byudv.survival_send(s)), md5(byudv.competing_risks_send(c)) FROM kept ORDER BY k";
my $expected = $node->safe_psql('a', $content);
cmp_ok($node->safe_psql('a', 'SELECT length(byudv.survival_send(s)) FROM kept WHERE k = 12'), '>', 500_000, 'one summary has more than half a megabyte');

is($node->safe_psql(restore_database($node, 'b', dump_database($node, 'a')), $content), $expected, 'plain dump');
my $folder = PostgreSQL::Test::Utils::tempdir();
command_ok([ 'pg_dump', '-Fd', '-j2', '-f', "$folder/dump", '-d', $node->connstr('a') ], 'dump in parallel');
new_database($node, 'd', extension => 0);
command_ok([ 'pg_restore', '-j2', '-d', $node->connstr('d'), "$folder/dump" ], 'restored in parallel');
is($node->safe_psql('d', $content), $expected, 'the same');
for my $format ('text', 'csv', 'binary')
{
	is($node->safe_psql('a', "BEGIN; COPY kept TO '$folder/kept.$format' (FORMAT $format); TRUNCATE kept; COPY kept FROM '$folder/kept.$format' (FORMAT $format); $content; ROLLBACK"),
		$expected, "COPY, $format");
}
$node->stop('immediate');
$node->start;
is($node->safe_psql('a', $content), $expected, 'after a crash');
$node->restart;
is($node->safe_psql('a', $content), $expected, 'after a restart');
is($node->safe_psql('a', 'CREATE TABLE parts (s byudv.survival) PARTITION BY HASH (s); CREATE TABLE part PARTITION OF parts FOR VALUES WITH (MODULUS 1, REMAINDER 0);
	INSERT INTO parts SELECT s FROM kept WHERE s IS NOT NULL; SELECT count(*) FROM (SELECT DISTINCT s FROM (SELECT s FROM parts UNION ALL SELECT s FROM parts) x) y'), '5', 'hashed');

# Mutated text forms reach the types only as valid summaries
my $outcome = $node->safe_psql('a', <<'SQL');
DO $$
DECLARE
    bases text[] := ARRAY['s1 5x1 8c1x2', 's1 o3 5e2x1 30c2x4', 's1 0c1x1 1x1 2147483647x9223372036854775000', 'c1 5e2x1:1 30c2x3:4', 'c1 o1 7x1:1x2:2x64:3 9c1'];
    letters text := '0123456789 scoex:-+.';
    base text;
    form text;
    place int;
    accepted int := 0;
    refused int := 0;
    s byudv.survival;
    c byudv.competing_risks;
BEGIN
    PERFORM setseed(0.42);
    FOR i IN 1 .. 20000 LOOP
        base := bases[1 + i % 5];
        place := 1 + floor(random() * length(base))::int;
        form := overlay(base PLACING CASE i % 3 WHEN 0 THEN '' ELSE substr(letters, 1 + floor(random() * length(letters))::int, 1) END FROM place FOR i % 2);
        BEGIN
            IF base LIKE 's%' THEN
                s := form::byudv.survival;
                ASSERT s::text::byudv.survival OPERATOR(byudv.=) s AND s::text = form;
                PERFORM byudv.survival_curve(s), byudv.survival_median(s), byudv.turnover_rate(s), byudv.survival_counts(s), byudv.log_rank(s, s), byudv.survival_at(s, 7),
                    byudv.conditional_survival(s, 6), byudv.survival_start(s, 2);
            ELSE
                c := form::byudv.competing_risks;
                ASSERT c::text = form;
                PERFORM byudv.cumulative_incidence(c), byudv.any_cause(c), byudv.cause_specific(c, 2), byudv.incidence_at(c, 8);
            END IF;
            accepted := accepted + 1;
        EXCEPTION WHEN invalid_text_representation OR numeric_value_out_of_range OR feature_not_supported THEN
            refused := refused + 1;
        END;
    END LOOP;
    IF accepted < 500 OR refused < 500 THEN RAISE EXCEPTION 'accepted %, refused %', accepted, refused; END IF;
END
$$;
SELECT 'survived';
SQL
is($outcome, 'survived', '20,000 mutated texts are refused or valid');
done_testing();
