# Monitors over time: dumped and restored, without the extension and with it again, damaged and mended, renamed, on a standby; and who may do what with nord.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ByudvTest;
use SmallTown;

my $key = 'an-example-key-0123456789';
my $node = new_server('primary', init => [ allows_streaming => 1 ], conf => "autovacuum = off\njit = off\nlog_statement = none\n");
new_database($node, 'a');
make_town($node, 'a');
my $quiet = "SET client_min_messages = warning;\n";

# What a statement says, errors with their code, as a role
sub said
{
	my ($database, $role, $sql) = @_;
	my ($code, $out, $err) = $node->psql($database, "\\set VERBOSITY verbose\n$sql", extra_params => $role ? [ '-U', $role ] : [], on_error_stop => 0);
	return $out . $err;
}

# All that a monitor consists of, without its name
sub catalog_of_monitor
{
	my ($database, $monitor) = @_;
	my $catalog = $node->safe_psql($database, <<"SQL");
SET search_path = '$monitor';
SELECT c.relname, c.relkind, obj_description(c.oid) FROM pg_class c WHERE c.relnamespace = '$monitor'::regnamespace AND c.relkind <> 'i' ORDER BY 1;
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(f.adbin, f.adrelid), col_description(c.oid, a.attnum)
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped LEFT JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
 WHERE c.relnamespace = '$monitor'::regnamespace AND c.relkind = 'r' ORDER BY 1, 2;
SELECT c.relname, k.contype, pg_get_constraintdef(k.oid) FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE c.relnamespace = '$monitor'::regnamespace ORDER BY 1, 2, 3;
SELECT c.relname, substring(pg_get_indexdef(i.indexrelid) FROM 'USING .*'), i.indisunique FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace = '$monitor'::regnamespace ORDER BY 1, 2;
SELECT c.relname, t.tgenabled, pg_get_triggerdef(t.oid), obj_description(t.oid, 'pg_trigger') FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relnamespace = '$monitor'::regnamespace ORDER BY 1, 3;
SQL
	return $catalog =~ s/\b\Q$monitor\E\b/MONITOR/gr;
}

sub contents { return join '', map { "SELECT '$_', count(*), sum(hashtextextended(t::text, 0)::numeric) FROM $_[0].$_ t;\n" } @INPUT, @RESULT, 'setting' }

# ---- Two side by side, dumped and restored
$node->safe_psql('a', new_monitor('nord') . "CALL byudv.refresh('nord');" . new_monitor('syd') . "UPDATE syd.setting SET municipality = 157; CALL byudv.refresh('syd');");
my $results = $node->safe_psql('a', digests('nord'));
my %before = map { $_ => $node->safe_psql('a', contents($_)) } qw(nord syd);
isnt($before{nord}, $before{syd}, 'two monitors have results of their own');
my $catalog = catalog_of_monitor('a', 'nord');
is(catalog_of_monitor('a', 'syd'), $catalog, 'and are alike');
restore_database($node, 'b', dump_database($node, 'a'));
$node->safe_psql('b', 'ANALYZE');    # where nothing is known of sizes a refresh computes whole tables; before 18 a restore brings them, too, by making indexes
for my $monitor (qw(nord syd))
{
	is($node->safe_psql('b', contents($monitor)), $before{$monitor}, "$monitor restored: same content");
	is(catalog_of_monitor('b', $monitor), $catalog, '... same catalogue');
	like(said('b', '', "CALL byudv.refresh('$monitor');"), qr/monitor $monitor: nothing has changed since the last refresh/, '... nothing to refresh');
}
is($node->safe_psql('b', "SELECT count(*) FROM byudv.monitors() m CROSS JOIN byudv.monitor_tables() t WHERE t.role = 'input' AND byudv.is_tracked((m.monitor || '.' || t.table_name)::regclass)"), 2 * @INPUT,
	'triggers watch each input');
my $change = "DELETE FROM nord.address_period WHERE person_id = 500020; UPDATE nord.person SET died_on = '2019-01-01' WHERE person_id = 500021;";
$node->safe_psql($_, "$quiet $change CALL byudv.refresh('nord');") for qw(a b);
isnt($node->safe_psql('b', contents('nord')), $before{nord}, 'a change is picked up');
is($node->safe_psql('b', contents('nord')), $node->safe_psql('a', contents('nord')), '... as in the original');
like($node->safe_psql('b', "SELECT scope FROM nord.run_log WHERE step = 'residence' ORDER BY run_id DESC LIMIT 1"), qr/^\d+$/, '... by its keys');
is($node->safe_psql('b', contents('syd')), $before{syd}, '... and the other is as it was');

# ---- Without the extension, and with it again
like(said('b', '', 'DROP EXTENSION byudv;'), qr/2BP01: cannot drop extension byudv because other objects depend on it/, 'the extension does not go while there are monitors');
my $content = $node->safe_psql('b', contents('nord'));
$node->safe_psql('b', "$quiet DROP EXTENSION byudv CASCADE;");
is($node->safe_psql('b', contents('nord')), $content, 'without the extension all data are there');
$node->safe_psql('b', "UPDATE nord.dwelling SET unit_use = 150 WHERE dwelling_id = 7; DELETE FROM nord.address_period WHERE person_id = 500030;");
$node->safe_psql('b', 'CREATE EXTENSION byudv');
like(said('b', '', "SELECT byudv.upgrade_monitor('nord'), byudv.upgrade_monitor('syd');"), qr/Monitor nord is up to date.*what was missing is there again/, 'the extension again, and the monitors with it');
is(catalog_of_monitor('b', 'nord'), $catalog, 'they have their triggers');
$node->safe_psql('b', "$quiet CALL byudv.refresh('nord');");
is($node->safe_psql('b', "SELECT outcome FROM nord.run_log WHERE step = 'refresh' ORDER BY run_id DESC LIMIT 1"), 'done', 'what was changed in the meantime is seen');
$node->safe_psql('b', "$quiet CALL byudv.refresh('nord', true);");
is($node->safe_psql('b', "SELECT rows_added, rows_removed FROM nord.run_log WHERE step = 'refresh' ORDER BY run_id DESC LIMIT 1"), '0|0', '... all of it');

# ---- Damaged and mended
$node->safe_psql('b', <<'SQL');
SET client_min_messages = warning;
DROP TRIGGER byudv_update ON syd.person;
ALTER TABLE syd.building DISABLE TRIGGER byudv_insert;
ALTER TABLE syd.ownership ENABLE TRIGGER byudv_delete;
ALTER TABLE syd.dwelling DROP COLUMN address_key;
ALTER TABLE syd.move DROP COLUMN to_home_id;
DROP INDEX syd.residence_dwelling_id_idx, syd.address_period_person_id_idx;
COMMENT ON TABLE syd.area IS NULL;
COMMENT ON COLUMN syd.person.born_on IS 'wrong';
DROP TABLE syd.indicator, syd.occupancy;
UPDATE syd.person SET died_on = '2020-02-02' WHERE person_id % 50 = 0;
SQL
like(said('b', '', "SELECT * FROM byudv.check_monitor('syd');"), qr/dwelling\|missing\|Columns are missing: address_key\.\|SELECT byudv\.upgrade_monitor\('syd'\) adds them.*indicator\|missing\|The table is gone/s,
	'check_monitor says what is missing');
$node->safe_psql('b', "$quiet SELECT byudv.upgrade_monitor('syd'); CALL byudv.refresh('syd');");
is(catalog_of_monitor('b', 'syd'), $catalog, 'upgrade_monitor makes again what was lost');
$node->safe_psql('b', "$quiet CALL byudv.refresh('syd', true);");
is($node->safe_psql('b', "SELECT rows_added, rows_removed FROM syd.run_log WHERE step = 'refresh' ORDER BY run_id DESC LIMIT 1"), '0|0', '... with what was in it');
unlike($node->safe_psql('b', "SELECT * FROM byudv.check_monitor('syd')"), qr/missing/, '... and nothing is missing');
like(said('b', '', "UPDATE syd.state SET layout = 99; CALL byudv.refresh('syd');"), qr/monitor "syd" was made by another version.*HINT:  Update the extension/s, 'a monitor of a newer version is left alone');
$node->safe_psql('b', "UPDATE syd.state SET layout = 0");
like(said('b', '', "CALL byudv.refresh('syd');"), qr/55000: monitor "syd" was made by another version.*HINT:  SELECT byudv\.upgrade_monitor\('syd'\);/s, 'one of an older version asks to be brought up to date');
like(said('b', '', "SELECT byudv.upgrade_monitor('syd');"), qr/is brought from layout 0 to \d+/, '... and is');
$node->safe_psql('b', "$quiet CALL byudv.refresh('syd');");

# ---- Renamed
my $named = '"Ny Kommune; æ"';
$node->safe_psql('b', "ALTER SCHEMA syd RENAME TO $named; DELETE FROM $named.address_period WHERE person_id = 500040;");
$node->safe_psql('b', "$quiet CALL byudv.refresh('Ny Kommune; æ');");
is($node->safe_psql('b', "SELECT outcome, rows_removed > 0 FROM $named.run_log WHERE step = 'refresh' ORDER BY run_id DESC LIMIT 1"), 'done|t', 'a renamed monitor is refreshed under its new name');
$node->safe_psql('b', "$quiet CALL byudv.refresh('Ny Kommune; æ', true);");
is($node->safe_psql('b', "SELECT rows_added, rows_removed FROM $named.run_log WHERE step = 'refresh' ORDER BY run_id DESC LIMIT 1"), '0|0', '... in full');
like(said('b', '', "CALL byudv.refresh('syd');"), qr/3F000: there is no monitor "syd".*There are: .*nord.*HINT:  SELECT byudv\.create_monitor\('syd', 151\)/s, 'the old name is not known');

# ---- Not inside a transaction
for my $inside ("BEGIN;\nCALL byudv.refresh('nord');\nROLLBACK;", "BEGIN; SAVEPOINT s;\nCALL byudv.refresh('nord');\nROLLBACK;")
{
	like(said('b', '', $inside), qr/25001: a refresh cannot run inside a transaction.*HINT:  Send CALL byudv\.refresh\('nord'\) as a statement of its own/s, 'a refresh inside a transaction is refused');
}
is($node->safe_psql('b', "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"), '0', 'no lock is left');

# ---- Who may do what
new_database($node, 'c');
make_town($node, 'c');
$node->safe_psql('c', <<'SQL');
CREATE ROLE maker LOGIN; CREATE ROLE given LOGIN; CREATE ROLE reader LOGIN; CREATE ROLE stranger LOGIN; CREATE ROLE writer LOGIN; CREATE ROLE team; CREATE ROLE member LOGIN IN ROLE team;
GRANT CREATE ON DATABASE c TO maker; CREATE SCHEMA h AUTHORIZATION given; CREATE SCHEMA team AUTHORIZATION team;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
SQL
for my $case ([ maker => 'm' ], [ given => 'h' ], [ member => 'team' ])
{
	my ($role, $monitor) = @$case;
	# as owner of the whole; the town's 1500 persons are enough
	is(said('c', $role, new_monitor($monitor) . "CALL byudv.refresh('$monitor');") =~ s/^Monitor \w+ is made.*$//mr =~ s/\s//gr, '', "$role, no superuser, makes a monitor, loads and refreshes it");
	is($node->safe_psql('c', digests($monitor)), $results, '... with the results that a superuser gets');
	like(said('c', $role, "SELECT byudv.upgrade_monitor('$monitor');"), qr/is up to date/, '... brings it up to date');
	like(said('c', $role, "SELECT * FROM byudv.check_monitor('$monitor');"), qr/address_period\|ok\|Changes are noted by triggers/, '... checks it');
	like(said('c', $role, "SELECT byudv.schedule_refresh('$monitor');"), qr/55000: pg_cron is not in this database.*HINT: .*cron\.schedule_in_database\('byudv refresh $monitor', '0 3 \* \* \*', 'CALL byudv\.refresh\(''$monitor''\)', 'c'\)/s,
		'... is told how to schedule it');
	like(said('c', $role, "SELECT byudv.unschedule_refresh('$monitor');"), qr/^f$/m, '... has no schedule');
	is(said('c', $role, "UPDATE $monitor.person SET died_on = '2021-01-01' WHERE person_id = 500050; $quiet CALL byudv.refresh('$monitor');") =~ s/\s//gr, '', '... and refreshes again');
	is($node->safe_psql('c', "SELECT DISTINCT run_by FROM $monitor.run_log"), $role, '... and is in the log');
}
is($node->safe_psql('c', "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'h'"), 'given', 'tables belong to who made them');
like(said('c', 'given', "SELECT byudv.create_monitor('x');"), qr/42501: permission denied for database c/, 'a schema needs the right to make it');
like(said('c', 'given', "SELECT byudv.create_monitor('m');"), qr/42501: permission denied for schema "m".*It belongs to role maker, and you are given/s, 'a name that is taken');

$node->safe_psql('c', 'GRANT USAGE ON SCHEMA m TO reader; GRANT SELECT ON m.dwelling_class, m.run_log TO reader; GRANT USAGE ON SCHEMA m TO writer;
	GRANT INSERT ON m.change TO writer; ' . join('', map { "GRANT SELECT, INSERT, UPDATE, DELETE ON m.$_ TO writer;" } @INPUT), extra_params => [ '-U', 'maker' ]);
like(said('c', 'reader', 'SELECT count(*) > 300 FROM m.dwelling_class; SELECT count(*) > 0 FROM m.run_log;'), qr/^t\nt\n*$/, 'a reader reads what is granted');
my @others = grep { $_ ne 'dwelling_class' } @INPUT, @RESULT, qw(setting state change pending reject);
is(scalar(() = said('c', 'reader', join "\n", map { "TABLE m.$_;" } @others) =~ /42501: permission denied for table/g), scalar(@others), '... and nothing else');
for my $role (qw(reader stranger writer))
{
	like(said('c', $role, "CALL byudv.refresh('m');"), qr/42501: permission denied for monitor "m".*DETAIL:  It belongs to role maker, and you are $role\..*HINT:  Its owner, or a member/s, "a $role cannot refresh");
	like(said('c', $role, "SELECT * FROM byudv.check_monitor('m');"), qr/42501: permission denied for monitor "m"/, '... nor check');
	like(said('c', $role, "SELECT byudv.upgrade_monitor('m');"), qr/42501: (permission denied for monitor "m"|permission denied for (table|schema)|must be owner)/, '... nor bring it up to date');
	like(said('c', $role, "SELECT byudv.schedule_refresh('m');"), qr/42501: permission denied for monitor "m"/, '... nor schedule it');
	like(said('c', $role, "SELECT monitor, owner, layout FROM byudv.monitors();"), qr/^m\|maker\|$/m, '... sees that there is one');
}
like(said('c', 'stranger', 'TABLE m.dwelling_class;'), qr/42501: permission denied for schema m/, 'a stranger reads nothing');
is(said('c', 'reader', "SELECT byudv.is_tracked('m.dwelling_class'), byudv.is_tracked(NULL);") =~ s/\s//gr, 'f|', 'is_tracked answers those who are no superusers');
is(said('c', 'writer', "SELECT byudv.is_tracked('m.person');") =~ s/\s//gr, 't', '... about inputs, too');
is(said('c', 'writer', "INSERT INTO m.person (person_id, born_on) VALUES (1, '2000-01-01'); UPDATE m.person SET born_on = '2000-01-02' WHERE person_id = 1; INSERT INTO m.address_period VALUES (1, 5, 151, NULL, '2020-01-01', NULL);
	DELETE FROM m.address_period WHERE person_id = 500060;") =~ s/\s//gr, '', 'a writer loads');
like(said('c', 'writer', 'TABLE m.change;'), qr/permission denied for table change/, '... and need not see what is noted');
$node->safe_psql('c', "$quiet CALL byudv.refresh('m');", extra_params => [ '-U', 'maker' ]);
is($node->safe_psql('c', 'SELECT count(*) FROM m.residence WHERE person_id IN (1, 500060)'), '1', '... and the owner refreshes it');
like(said('c', 'writer', 'TRUNCATE m.person;'), qr/42501: permission denied for table person/, 'TRUNCATE needs a right of its own');

# ---- The key of pseudonyms shows nowhere
my $cpr = '010101';
$node->safe_psql('c', "ALTER ROLE maker SET log_statement = 'all'; ALTER ROLE maker SET log_min_duration_statement = 0; CREATE TABLE m.raw (cpr text); ALTER TABLE m.raw OWNER TO maker;");
my $folder = PostgreSQL::Test::Utils::tempdir();
append_to_file("$folder/cpr", join '', map { sprintf "%s%04d\n", $cpr, 9000 + $_ } 1 .. 200);
append_to_file("$folder/key", "$key\n");
chmod 0600, "$folder/key";
my $as_maker = [ '-U', 'maker' ];
my $load = "INSERT INTO m.person (person_id, born_on) SELECT byudv.pseudonym(cpr), '2001-01-01' FROM m.raw ON CONFLICT DO NOTHING;
	INSERT INTO m.address_period SELECT byudv.pseudonym(cpr), 8, 151, NULL, '2022-01-01', NULL FROM m.raw WHERE cpr LIKE '%7';
	INSERT INTO m.reject (source, row_key, reason) VALUES ('test', byudv.pseudonym('${cpr}9001')::text, 'Prøve.'); CALL byudv.refresh('m');";
$node->safe_psql('c', "\\copy m.raw FROM '$folder/cpr'", extra_params => $as_maker);
my $by_option = $node->connstr('c') . " options='-c byudv.pseudonym_key=$key'";
$node->safe_psql('c', "$quiet SELECT byudv.pseudonym('${cpr}9002'); $load", extra_params => $as_maker, connstr => $by_option);
my $residents = $node->safe_psql('c', "SELECT count(*) FROM m.residence WHERE dwelling_id = 8 AND from_date = '2022-01-01'");
is($residents, '20', 'loaded by pseudonyms, the key given by the connection');
# a session that goes on while others look; then one whose key is in a file, and one that fails
my ($in, $out) = ("SELECT byudv.pseudonym_key_fingerprint();\n", '');
my $session = IPC::Run::start([ 'psql', '-XqAt', '-U', 'maker', '-d', $by_option ], '<', \$in, '>', \$out, IPC::Run::timeout(60));
$session->pump until $out =~ /\n/;
unlike($node->safe_psql('c', "SELECT string_agg(a::text, ' ') FROM pg_stat_activity a"), qr/\Q$key\E/, 'the key is not in pg_stat_activity');
$in .= "\\q\n";
$session->finish;
$node->safe_psql('c', "ALTER ROLE maker SET byudv.pseudonym_key_file = '$folder/key'");
$node->safe_psql('c', "$quiet DELETE FROM m.address_period WHERE dwelling_id = 8; $load", extra_params => $as_maker);
is($node->safe_psql('c', "SELECT count(*) FROM m.residence WHERE dwelling_id = 8 AND from_date = '2022-01-01'"), '20', '... the same persons, the key in a file');
like(said('c', 'maker', "ALTER TABLE m.person RENAME died_on TO died; DELETE FROM m.person WHERE person_id = byudv.pseudonym('${cpr}9003');\nCALL byudv.refresh('m');"), qr/died_on/, 'a refresh that fails');
is(said('c', 'maker', "ALTER TABLE m.person RENAME died TO died_on; $quiet CALL byudv.refresh('m');"), '', '... and one that mends it');
my $log = slurp_file($node->logfile);
like($log, qr/statement: .*CALL byudv\.refresh\('m'\)/, 'the log has the statements');
unlike($log, qr/\Q$key\E/, '... without the key');
unlike($node->safe_psql('c', "SELECT string_agg(l::text, ' ') FROM m.run_log l") . $node->safe_psql('c', "SELECT string_agg(r::text, ' ') FROM m.reject r") . $node->safe_psql('c', 'TABLE m.state'), qr/\Q$key\E|${cpr}9/,
	'neither the key nor a number is in the bookkeeping');
$node->safe_psql('c', 'DROP TABLE m.raw', extra_params => $as_maker);
my $dump = dump_database($node, 'c');
like($dump, qr/COPY m\.run_log/, 'a dump has all of it');
unlike($dump, qr/\Q$key\E|${cpr}9/, '... without the key and the numbers');

# ---- On a standby
$node->backup('backup');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($node, 'backup', has_streaming => 1);
$standby->start;
$node->safe_psql('a', "$quiet DELETE FROM nord.address_period WHERE person_id = 500070; CALL byudv.refresh('nord');");
$node->wait_for_catchup($standby, 'replay', $node->lsn('insert'));
is($standby->safe_psql('a', contents('nord')), $node->safe_psql('a', contents('nord')), 'a standby has the results');
is($standby->safe_psql('a', "SELECT * FROM byudv.check_monitor('nord')"), $node->safe_psql('a', "SELECT * FROM byudv.check_monitor('nord')"), '... and checks a monitor');
my ($code, undef, $err) = $standby->psql('a', "CALL byudv.refresh('nord')");
like($err, qr/read-only transaction|during recovery/, '... and refreshes none');
$standby->stop;
$node->stop;
done_testing();
