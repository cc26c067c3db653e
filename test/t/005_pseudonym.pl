# Keys and CPR numbers stay out of the server's log, and a key is taken from nowhere that others can read.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ByudvTest;

my $key = 'an-example-key-0123456789';
my $folder = PostgreSQL::Test::Utils::tempdir();
append_to_file("$folder/key", "$key\n");
chmod 0600, "$folder/key";

my $node = new_server('main', conf => "log_statement = none\nlog_min_error_statement = error\nlog_error_verbosity = verbose\nmax_parallel_workers_per_gather = 2\n");
new_database($node, 'a');
$node->safe_psql('a', "CREATE ROLE importer LOGIN; CREATE ROLE analyst LOGIN; ALTER ROLE importer SET byudv.pseudonym_key_file = '$folder/key'");
$node->safe_psql('a', 'CREATE TABLE raw (cpr text) WITH (parallel_workers = 2); GRANT ALL ON raw TO PUBLIC');

# A key of one role's
my $ask = 'SELECT byudv.pseudonym_key_fingerprint()';
is($node->safe_psql('a', $ask, extra_params => [ '-U', 'importer' ]), '03759e34', 'the role that has the file has the key');
my ($code, $out, $err) = $node->psql('a', $ask, extra_params => [ '-U', 'analyst' ]);
like($err, qr/no key for pseudonyms is set/, 'another role has none');
($code, $out, $err) = $node->psql('a', "SET byudv.pseudonym_key_file = '$folder/key'; $ask", extra_params => [ '-U', 'analyst' ], on_error_stop => 0);
unlike($out, qr/03759e34/, 'and cannot take it');
($code, $out, $err) = $node->psql('a', "ALTER ROLE analyst SET byudv.pseudonym_key_file = '$folder/key'", extra_params => [ '-U', 'analyst' ]);
isnt($code, 0, 'also not for its next session');
is($node->safe_psql('a', $ask, extra_params => [ '-U', 'analyst' ], connstr => $node->connstr('a') . " options='-c byudv.pseudonym_key=$key'"),
	'03759e34', 'connection options give a key for one session');
is($node->safe_psql('a', "SET byudv.pseudonym_key = '$key'; $ask; SHOW byudv.pseudonym_key"), "03759e34\n(hidden)", 'set before the library is loaded');

# What goes wrong is in the log without the number, the statement and the context
for my $statement ("SELECT byudv.pseudonym('3202019907')", "DO \$\$BEGIN PERFORM byudv.pseudonym('3202019907'); END\$\$",
	"DO \$\$BEGIN EXECUTE 'SELECT byudv.pseudonym(''3202019907'')'; END\$\$", "INSERT INTO raw SELECT '1' WHERE byudv.pseudonym('32 02019907') > 0",
	"INSERT INTO raw VALUES ('3202019907'); SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SELECT count(byudv.pseudonym(cpr)) FROM raw")
{
	($code, $out, $err) = $node->psql('a', $statement, extra_params => [ '-U', 'importer' ]);
	like($err, qr/invalid CPR number/, 'refused');
	unlike($err, qr/9907/, '... and not shown');
}
($code, $out, $err) = $node->psql('a', "SET byudv.pseudonym_key = 'short-9907'; SELECT byudv.pseudonym('3102010000')");
like($err, qr/It has 10 characters; at least 16 are needed/, 'a short key');
unlike($err, qr/9907/, '... and not shown');
unlike(slurp_file($node->logfile), qr/9907/, 'neither is in the log');

# Where others could read it, a key is refused: by a session that has the library, or by the first call
for my $where ('ROLE importer', 'DATABASE a')
{
	($code, $out, $err) = $node->psql('a', "LOAD 'byudv'; ALTER $where SET byudv.pseudonym_key = '$key'");
	like($err, qr/byudv\.pseudonym_key is taken from the session only/, "ALTER $where");
	unlike($err, qr/$key/, '... and not shown');
	$node->safe_psql('a', "ALTER $where SET byudv.pseudonym_key = '$key'");
	($code, $out, $err) = $node->psql('a', $ask, extra_params => [ '-U', 'importer' ]);
	like($err, qr/WARNING: +byudv\.pseudonym_key is taken from the session only/, 'set while nobody looked, it is not taken');
	is($out, '03759e34', '... and the file is');
	unlike($err, qr/$key/, '... and the key not shown');
	$node->safe_psql('a', "ALTER $where RESET byudv.pseudonym_key");
}
$node->append_conf('postgresql.conf', "byudv.pseudonym_key = '$key'");
$node->restart;
($code, $out, $err) = $node->psql('a', $ask, extra_params => [ '-U', 'analyst' ]);
like($err, qr/WARNING: +byudv\.pseudonym_key is taken from the session only.*no key for pseudonyms is set/s, 'nor is one in postgresql.conf');
unlike($err, qr/$key/, '... which is not shown');
$node->append_conf('postgresql.conf', "byudv.pseudonym_key = ''\nbyudv.pseudonym_key_file = '$folder/key'");
$node->restart;
is($node->safe_psql('a', $ask, extra_params => [ '-U', 'analyst' ]), '03759e34', 'a file there is for all');

unlike($node->safe_psql('a', "SELECT string_agg(c::text, ' ') FROM pg_db_role_setting c"), qr/$key/, 'no key is left in the catalogue');
$node->stop;
done_testing();
