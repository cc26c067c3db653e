# Registers that reach a monitor by logical replication: what is inserted, updated, deleted and truncated at the publisher arrives, is seen although no trigger fires for
# it, and the refreshes of both have the same rows. As docs/replication.md says.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ByudvTest;
use SmallTown;

my $conf = "autovacuum = off\njit = off\nwal_retrieve_retry_interval = 200ms\n";
my $publisher = new_server('publisher', init => [ allows_streaming => 'logical' ], conf => $conf);
my $subscriber = new_server('subscriber', conf => $conf);
new_database($_, 'a') for $publisher, $subscriber;
make_town($publisher, 'a');
my $quiet = "SET client_min_messages = warning;\n";
my $refresh = "$quiet CALL byudv.refresh('m');";
$publisher->safe_psql('a', new_monitor('m') . $refresh);
$subscriber->safe_psql('a', "$quiet SELECT byudv.create_monitor('m', 151); UPDATE m.setting SET as_of = '2024-01-01', study_from = '2014-01-01', proxy_more_than = 5;");

# Tables without a key send whole rows
my @without_key = split /\n/, $publisher->safe_psql('a', "SELECT table_name FROM byudv.monitor_tables() WHERE role = 'input' AND key IS NULL");
$publisher->safe_psql('a', join '', map { "ALTER TABLE m.$_ REPLICA IDENTITY FULL;" } @without_key);
$publisher->safe_psql('a', 'CREATE PUBLICATION registers FOR TABLE ' . join(', ', map { "m.$_" } @INPUT));
$subscriber->safe_psql('a', sprintf "$quiet CREATE SUBSCRIPTION registers CONNECTION '%s' PUBLICATION registers", $publisher->connstr('a') =~ s/'/''/gr);
$subscriber->poll_query_until('a', "SELECT count(*) = @{[ scalar @INPUT ]} AND bool_and(srsubstate IN ('r', 's')) FROM pg_subscription_rel") or die 'no first copy';

# Tables whose rows differ, counting how often each is there
sub differences
{
	my @different;
	for my $table (@INPUT, @RESULT)
	{
		my ($here, $there) = map { $_->safe_psql('a', "SELECT t::text COLLATE \"C\" FROM m.$table t ORDER BY 1") } $publisher, $subscriber;
		push @different, $table if $here ne $there;
	}
	return "@different";
}

sub arrived { return $publisher->wait_for_catchup('registers') }
sub outcome { return $subscriber->safe_psql('a', "SELECT outcome FROM m.run_log WHERE step = 'refresh' ORDER BY run_id DESC LIMIT 1") }

arrived();
is($subscriber->safe_psql('a', "SELECT count(*) FROM byudv.monitor_tables() WHERE role = 'input' AND byudv.is_tracked(('m.' || table_name)::regclass)"), '0', 'no trigger watches what a subscription brings');
unlike($subscriber->safe_psql('a', "SELECT * FROM byudv.check_monitor('m')"), qr/wrong|missing/, '... which is no fault');
$subscriber->safe_psql('a', $refresh);
is(differences(), '', 'the first copy: same rows, same results');
$subscriber->safe_psql('a', $refresh);
is(outcome(), 'unchanged', '... which is noticed');

# All kinds of changes, in tables with and without key, of a key itself, of rows that are there twice
my $before = $publisher->safe_psql('a', digests('m'));
$publisher->safe_psql('a', <<'SQL' . $refresh);
BEGIN;
INSERT INTO m.person (person_id, born_on) VALUES (700001, '1990-05-05');
INSERT INTO m.address_period VALUES (700001, 12, 151, NULL, '2021-03-01', NULL), (700001, 12, 151, NULL, '2021-03-01', NULL);
COMMIT;
UPDATE m.address_period SET to_date = to_date + 9 WHERE person_id % 4 = 0;
UPDATE m.person SET person_id = person_id + 1000000 WHERE person_id % 200 = 7;
UPDATE m.dwelling SET unit_use = 150 WHERE dwelling_id % 9 = 4;
DELETE FROM m.address_period WHERE person_id % 31 = 5;
DELETE FROM m.address_period a USING (SELECT max(ctid) AS c FROM m.address_period GROUP BY address_period.* HAVING count(*) > 1) x WHERE a.ctid = x.c;
DELETE FROM m.building WHERE building_id = 11;
DELETE FROM m.tenure_override WHERE dwelling_id = 61;
UPDATE m.ownership SET owner_code = 41, owner_name = 'A/B Testgaarden' WHERE property_id % 5 = 1;
BEGIN; DELETE FROM m.person; ROLLBACK;
SQL
isnt($publisher->safe_psql('a', digests('m')), $before, 'the changes change results');
arrived();
$subscriber->safe_psql('a', $refresh);
is(outcome(), 'done', 'changes are seen');
is(differences(), '', 'inserts, updates, deletes: same rows, same results');

# TRUNCATE, of one and of several, and what is loaded anew arrives while a refresh goes on: the next one has it
my ($out, $err) = ('', '');
my $session = IPC::Run::start([ 'psql', '-XqAt', '-d', $subscriber->connstr('a'), '-c', $quiet, '-c', "CALL byudv.refresh('m', true)" ], '>', \$out, '2>', \$err, IPC::Run::timeout(180));
$publisher->safe_psql('a', <<'SQL' . $refresh);
TRUNCATE m.household_type, m.person_attribute;
INSERT INTO m.household_type SELECT person_id, 'single', born_on, NULL FROM m.person;
BEGIN; CREATE TEMPORARY TABLE kept AS SELECT * FROM m.address_period WHERE person_id % 17 > 0; TRUNCATE m.address_period; INSERT INTO m.address_period SELECT * FROM kept; COMMIT;
TRUNCATE m.plan_dwelling;
SQL
$session->finish;
is($err, '', 'a refresh goes on while changes arrive');
arrived();
$subscriber->safe_psql('a', $refresh);
is($subscriber->safe_psql('a', 'SELECT count(*) FROM m.person_attribute'), '0', 'TRUNCATE arrives');
is(differences(), '', '... same rows, same results');

# Without the subscription triggers watch again, and what they have missed is looked for once
$subscriber->safe_psql('a', "$quiet DROP SUBSCRIPTION registers; UPDATE m.person SET died_on = '2020-02-02' WHERE person_id = 500021;");
is($subscriber->safe_psql('a', "SELECT count(*) FROM byudv.monitor_tables() WHERE role = 'input' AND byudv.is_tracked(('m.' || table_name)::regclass)"), scalar(@INPUT), 'the subscription gone, triggers watch again');
$publisher->safe_psql('a', "UPDATE m.person SET died_on = '2020-02-02' WHERE person_id = 500021; $refresh");
$subscriber->safe_psql('a', $refresh);
is(differences(), '', '... same rows, same results');
is($publisher->safe_psql('a', 'SELECT count(*) FROM pg_replication_slots'), '0', 'no slot is left');

$subscriber->stop;
$publisher->stop;
done_testing();
