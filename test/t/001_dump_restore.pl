# Rows of the user's own in all seven tables survive dump and restore, also where they need each other; built-in rows do not double.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ByudvTest;

my $node = new_server('main');
my $dir = $node->basedir;

my $own = own_rows();

# What all functions say, and every row
my $answers = <<'SQL';
SET search_path = '';
SELECT byudv.tenure_decision(15, 2000, 'Prøve Kronen afd. 7', 13, public_support => 99, norm => 'egen'), byudv.tenure(20, 140, NULL, NULL),
    byudv.owner_kind('Testrup ApS'), byudv.owner_kind('Testrup A/S'), byudv.owner_match('PROEVE KRONEN'), byudv.dwelling_type(120, NULL, NULL),
    byudv.dwelling_type(NULL, 120, NULL), byudv.owner_kind('Boligforeningen AAB');
SELECT * FROM byudv.tenure_norms();
SELECT 'p', t::text FROM byudv.owner_pattern t UNION ALL SELECT 'r', t::text FROM byudv.tenure_rule t UNION ALL SELECT 'u', t::text FROM byudv.use_code t
UNION ALL SELECT 'l', t::text FROM byudv.register_code t UNION ALL SELECT 't', t::text FROM byudv.tenure_code t
UNION ALL SELECT 'k', t::text FROM byudv.owner_kind_code t UNION ALL SELECT 'd', t::text FROM byudv.dwelling_type_code t ORDER BY 1, 2;
SQL

new_database($node, 'source');
$node->safe_psql('source', $own);
$node->safe_psql('source', "CREATE TABLE public.dwelling AS SELECT 'd' || i AS dwelling_id, 'AAB afd. ' || i AS owner_name FROM generate_series(1, 100) i;
    CREATE VIEW public.kinds AS SELECT byudv.owner_kind(owner_name) AS kind, count(*) FROM public.dwelling GROUP BY 1;
    CREATE TABLE public.stored (name text, kind text GENERATED ALWAYS AS (byudv.normalise_owner_name(name)) STORED);
    INSERT INTO public.stored VALUES ('A B Solvang');
    CREATE INDEX ON public.stored (byudv.normalise_owner_name(name));");
my $before = $node->safe_psql('source', $answers);
my $catalog = catalog_of($node, 'source');
like($before, qr/borg,1,high,"Ejeren er Prøve Kronen afd\. 7 æøå\."/, 'own rows decide before the dump');

sub same
{
	my ($database, $what) = @_;
	is($node->safe_psql($database, $answers), $before, "$what: rows and answers");
	is(catalog_of($node, $database), $catalog, "$what: catalogue");
	is($node->safe_psql($database, 'SELECT * FROM public.kinds'), 'social_housing|100', "$what: a view over the functions");
	is($node->safe_psql($database, 'SELECT kind FROM public.stored'), 'a/b solvang', "$what: a generated column");
	my ($code, $out, $err) = $node->psql($database, "DELETE FROM byudv.tenure_rule WHERE norm = 'register'");
	like($err, qr/cannot change or delete built-in rows/, "$what: built-in rows are protected");
	return;
}

# plain
my $dump = dump_database($node, 'source');
unlike($dump, qr/boligselskab/i, 'a dump holds no built-in row');
restore_database($node, 'plain', $dump);
same('plain', 'plain');
# a second time over, from the restored one
is(dump_database($node, 'plain') =~ s/^\\(un)?restrict.*$//mgr, $dump =~ s/^\\(un)?restrict.*$//mgr, 'the dump of the restored database is the same');

# Of the other formats
command_ok([ 'pg_dump', '-Fc', '-f', "$dir/custom", '-d', $node->connstr('source') ], 'pg_dump -Fc');
command_ok([ 'pg_dump', '-Fd', '-j2', '-f', "$dir/directory", '-d', $node->connstr('source') ], 'pg_dump -Fd -j2');
for my $format (qw(custom directory))
{
	new_database($node, $format, extension => 0);
	command_ok([ 'pg_restore', '--exit-on-error', '-d', $node->connstr($format), "$dir/$format" ], "pg_restore of a $format dump");
	same($format, $format);
}
# Several processes load the tables in any order, the biggest first, and each on its own.
# a parallel restore loads rules before the codes that they name
for my $jobs (2, 4)
{
	new_database($node, "jobs$jobs", extension => 0);
	command_ok([ 'pg_restore', '--exit-on-error', "-j$jobs", '-d', $node->connstr("jobs$jobs"), "$dir/custom" ], "pg_restore -j$jobs");
	same("jobs$jobs", "-j$jobs");
}
for my $name (qw(inserts column_inserts))
{
	restore_database($node, $name, dump_database($node, 'source', '--' . $name =~ tr{_}{-}r));
	same($name, "--$name");
}
# data only, into a database that has the extension
new_database($node, 'data');
$node->safe_psql('data', 'CREATE TABLE public.dwelling (dwelling_id text, owner_name text); CREATE TABLE public.stored (name text, kind text GENERATED ALWAYS AS (byudv.normalise_owner_name(name)) STORED)');
$node->safe_psql('data', dump_database($node, 'source', '--data-only'));
is($node->safe_psql('data', $answers), $before, '--data-only: rows and answers');

# Nothing of one's own: nothing to restore
new_database($node, 'bare');
my $bare = dump_database($node, 'bare');
restore_database($node, 'bare2', $bare);
is($node->safe_psql('bare2', "SELECT count(*) FROM byudv.tenure_rule WHERE NOT is_builtin"), '0', 'without own rows');
is(catalog_of($node, 'bare2'), $catalog, 'without own rows: catalogue');

# LATIN1, there and back
new_database($node, 'latin1', encoding => 'LATIN1');
$node->safe_psql('latin1', "SET client_encoding = 'UTF8';\n$own");
is($node->safe_psql('latin1', "SET client_encoding = 'UTF8';\n$answers"), $before, 'LATIN1 says the same');
my $latin1 = dump_database($node, 'latin1');
like($latin1, qr/client_encoding = 'LATIN1'/, 'the dump is in LATIN1');
$node->safe_psql('postgres', "CREATE DATABASE latin1_again TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
$node->safe_psql('postgres', "CREATE DATABASE latin1_to_utf8 TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
for my $database (qw(latin1_again latin1_to_utf8))
{
	$node->safe_psql($database, $latin1);
	is($node->safe_psql($database, "SET client_encoding = 'UTF8';\n$answers"), $before, "$database: rows and answers");
}
# and a dump in UTF8 into LATIN1
$node->safe_psql('postgres', "CREATE DATABASE utf8_to_latin1 TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
$node->safe_psql('utf8_to_latin1', $dump);
is($node->safe_psql('utf8_to_latin1', "SET client_encoding = 'UTF8';\n$answers"), $before, 'utf8_to_latin1: rows and answers');

$node->stop;
done_testing();
