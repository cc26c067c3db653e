# Distributed tables of Citus, where it is installed: aggregates on the workers, the rules of the user's on each of them, and functions that read relations.
# test/t/018_shards.pl has the same with foreign tables, and a stand-in for what Citus does with an aggregate.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ByudvTest;

my $conf = "listen_addresses = '127.0.0.1'\njit = off\n";
my $coordinator = new_server('coordinator', conf => $conf);
if ($coordinator->safe_psql('postgres', "SELECT count(*) FROM pg_available_extensions WHERE name = 'citus'") eq '0')
{
	$coordinator->stop;
	plan skip_all => 'the extension citus is not installed';
}
my @nodes = ($coordinator, map { new_server("worker$_", conf => $conf) } 1 .. 2);
for my $node (@nodes)
{
	$node->append_conf('postgresql.conf', "shared_preload_libraries = 'citus'\ncitus.node_conninfo = 'sslmode=prefer'\nmax_prepared_transactions = 100\n");
	$node->restart;
	new_database($node, 'a', extension => 0);
	$node->safe_psql('a', 'CREATE EXTENSION citus');
}
$coordinator->safe_psql('a', "SELECT citus_set_coordinator_host('127.0.0.1', " . $coordinator->port . ')');
$coordinator->safe_psql('a', "SELECT citus_add_node('127.0.0.1', " . $_->port . ')') for @nodes[ 1, 2 ];
# Citus brings the extension to the workers
$coordinator->safe_psql('a', 'CREATE EXTENSION byudv');
is($_->safe_psql('a', "SELECT extversion FROM pg_extension WHERE extname = 'byudv'"), $coordinator->safe_psql('a', "SELECT extversion FROM pg_extension WHERE extname = 'byudv'"), $_->name . ' has byudv')
  for @nodes[ 1, 2 ];

$coordinator->safe_psql('a', <<'SQL');
CREATE SCHEMA one;
SELECT setseed(0.18);
CREATE TABLE one.address_period AS SELECT p::bigint AS person_id, CASE WHEN random() < 0.9 THEN 1 + (random() * 999)::bigint END AS dwelling_id, f AS from_date,
    CASE WHEN random() < 0.85 THEN f + (random() * 1500)::int END AS to_date
FROM generate_series(1, 2000) p, generate_series(1, 4) i, LATERAL (SELECT date '2005-01-01' + (i * 1000 + random() * 1200)::int WHERE p + i > 0) x (f);
CREATE TABLE one.residence AS SELECT * FROM byudv.residences('one.address_period');
CREATE TABLE one.dwelling AS SELECT d::bigint AS dwelling_id, 140 AS unit_use, '1'::text AS unit_kind, 140 AS building_use, 10 AS owner_code,
    (ARRAY['Testrup Borg', 'Boligforeningen AAB', 'Jens Hansen'])[1 + d % 3] AS owner_name, NULL::int AS defect_insurance, NULL::date AS available_from, NULL::date AS demolished_on
FROM generate_series(1, 1000) d;
CREATE TABLE address_period (LIKE one.address_period);
CREATE TABLE residence (LIKE one.residence);
CREATE TABLE dwelling (LIKE one.dwelling);
SELECT create_distributed_table('address_period', 'person_id');
SELECT create_distributed_table('residence', 'person_id');
SELECT create_distributed_table('dwelling', 'dwelling_id');
INSERT INTO address_period SELECT * FROM one.address_period;
INSERT INTO residence SELECT * FROM one.residence;
INSERT INTO dwelling SELECT * FROM one.dwelling;
SQL

# The same query on the distributed tables and on those of the coordinator
sub same
{
	my ($query, $what) = @_;
	my ($far, $one) = map { $coordinator->safe_psql('a', "SET search_path = $_; $query") } qw(public one);
	is($far, $one, $what);
	cmp_ok(length($one), '>', 20, "$what: some");
	return;
}
my $window = "date '2010-01-01', date '2020-01-01'";
same('SELECT a.person_id, r.* FROM (SELECT person_id, byudv.residence_agg(dwelling_id, from_date, to_date) AS r FROM address_period GROUP BY person_id) a, unnest(a.r) r ORDER BY 1, 3',
	'residence_agg() by the distribution column');
same("SELECT year, s::text, c::text FROM (SELECT extract(year FROM from_date)::int AS year, byudv.survival_agg(from_date, to_date, $window) AS s,
	byudv.competing_risks_agg(from_date, to_date, 1 + (dwelling_id % 3)::int, $window) AS c FROM residence GROUP BY 1) x ORDER BY 1", 'survival_agg() and competing_risks_agg() by another');
same('SELECT dwelling_id, byudv.occupancy_agg(person_id, from_date, to_date)::text FROM residence WHERE dwelling_id IS NOT NULL GROUP BY 1 ORDER BY 1', 'occupancy_agg() by another');
like($coordinator->safe_psql('a', "EXPLAIN (VERBOSE, COSTS OFF) SELECT dwelling_id % 7, byudv.survival_agg(from_date, to_date, $window) FROM residence GROUP BY 1"),
	qr/worker_(binary_)?partial_agg/, 'the workers send states');
same("SELECT * FROM byudv.moves('residence', NULL, 'address_period', '2010-01-01', '2020-01-01') ORDER BY 1, 3, 6", 'moves read distributed tables');
same("SELECT * FROM byudv.vacancy_flows('residence', 'dwelling', '2010-01-01', '2020-01-01') ORDER BY 1, 6, 7", 'vacancy flows too');

# Rules
$coordinator->safe_psql('a', "INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('testrup borg', 'prefix', 'church')");
is($coordinator->safe_psql('a', 'SELECT count(*), sum(own_rows) FROM byudv.citus_sync_rules()'), '2|2', 'rules go to both workers');
same("SELECT byudv.owner_kind(owner_name), byudv.tenure(owner_code, building_use, owner_name, defect_insurance), count(*) FROM dwelling GROUP BY 1, 2 ORDER BY 1, 2", 'workers decide by them');
my ($code, $out, $err) = $nodes[1]->psql('a', 'SELECT * FROM byudv.citus_sync_rules()');
like($err, qr/rules are brought to the workers from the coordinator/, 'not from a worker');
$nodes[2]->stop('fast');
($code, $out, $err) = $coordinator->psql('a', 'SELECT * FROM byudv.citus_sync_rules()');
isnt($code, 0, 'a worker that is down is an error');
$_->stop for @nodes[ 0, 1 ];
done_testing();
