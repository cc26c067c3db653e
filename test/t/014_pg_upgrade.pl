# pg_upgrade from an older major of PostgreSQL, with rules of one's own, stored summaries, and monitors with and without changes that no refresh has seen.
# Needs server and headers of an older major beside the one under test; test/run builds the extension for both.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ByudvTest;
use SmallTown;

my $bindir = $ENV{BYUDV_OLDER_BINDIR};
plan skip_all => 'no server with headers of an older major of PostgreSQL beside this one' unless $bindir;
# Without Debian's extension_destdir, pg_upgrade looks for libraries in the server's own folder only.
plan skip_all => 'pg_upgrade of this version does not see the staging folder, and byudv is not installed'
  unless $ENV{BYUDV_CONF} =~ /^extension_destdir/m || -e `pg_config --pkglibdir` =~ s/\n//r . '/byudv.so';

my $settings = "autovacuum = off\njit = off\n";
my $old = PostgreSQL::Test::Cluster->new('old', install_path => $bindir =~ s{/bin$}{}r);
$old->init(extra => [ '--locale=C', '--encoding=UTF8' ]);
$old->append_conf('postgresql.conf', "$ENV{BYUDV_OLDER_CONF}\n$settings");
$old->start;
my $version = $old->safe_psql('postgres', 'SHOW server_version_num');
my $quiet = "SET client_min_messages = warning;\n";

# ---- What there is before
new_database($old, 'a');
make_town($old, 'a');
$old->safe_psql('a', $quiet . <<'SQL');
INSERT INTO byudv.tenure_code (code, label_da, label_en, sort_order) VALUES ('borg', 'Borg æøå', 'Castle', 5);
INSERT INTO byudv.owner_kind_code (code, label_da, label_en) VALUES ('kongelig', 'Kongelig', 'Royal');
INSERT INTO byudv.dwelling_type_code (code, label_da, label_en) VALUES ('slot', 'Slot', 'Castle');
INSERT INTO byudv.register_code (list, code, label_da, label_en) VALUES ('owner_code', '15', 'Kongehuset', 'The royal family'), ('norm', 'egen', 'Vores egen', 'Our own');
INSERT INTO byudv.use_code (domain, code, label_da, dwelling_type) VALUES ('building', 2000, 'Slot', 'slot');
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind, organisation) VALUES ('Prøve Kronen', 'phrase', 'kongelig', 'Kronen "og" \slottet'), ('testejendomme', 'word', 'company', NULL);
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, owner_codes, use_classes, owner_kinds, tenure, certainty, reason) VALUES
    ('egen', 1, 1, '{15,NULL}', '{slot}', '{kongelig,NULL}', 'borg', 'high', 'Ejeren er {owner} æøå.'), ('corrected', 32, 32, '{20}', NULL, NULL, 'borg', 'low', 'Erstattet.');
CREATE TABLE kept (k int PRIMARY KEY, s byudv.survival, c byudv.competing_risks);
INSERT INTO kept SELECT i % 3, byudv.survival_agg(i % 40, i % 40 + 1 + i % 97, i % 3 = 0), byudv.competing_risks_agg(i % 40, i % 40 + 1 + i % 97, i % 65) FROM generate_series(1, 5000) i GROUP BY 1;
INSERT INTO kept VALUES (10, 's1', 'c1'), (11, NULL, NULL);
INSERT INTO kept SELECT 12, byudv.survival_agg(i % 7, i * 13 + 7, i % 2 = 0), byudv.competing_risks_agg(i % 7, i * 13 + 7, i % 5) FROM generate_series(1, 100000) i;
CREATE INDEX kept_s ON kept (byudv.survival_hash(s));
CREATE TABLE named (name text, plain text GENERATED ALWAYS AS (byudv.normalise_owner_name(name)) STORED);
INSERT INTO named SELECT 'A B Solvang ' || i FROM generate_series(1, 2000) i;
CREATE INDEX named_plain ON named (byudv.normalise_owner_name(name));
CREATE VIEW kinds AS SELECT byudv.owner_kind(name) AS kind, count(*) FROM named GROUP BY 1;
CREATE ROLE reader;
SQL
# nord is refreshed and left; syd has changes that no refresh has seen, and a view in the place of an input
$old->safe_psql('a', new_monitor('nord') . "CALL byudv.refresh('nord'); SELECT byudv.grant_reader('nord', 'reader');");
$old->safe_psql('a', new_monitor('syd') . <<'SQL');
INSERT INTO syd.tenure_override (dwelling_id, tenure, note) VALUES (40, 'borg', 'Decided by hand');
DROP TABLE syd.indicator;
CREATE VIEW syd.indicator AS SELECT * FROM town.indicator;
CALL byudv.refresh('syd');
DELETE FROM syd.address_period WHERE person_id = 500020;
UPDATE syd.person SET died_on = '2019-01-01' WHERE person_id = 500021;
INSERT INTO syd.tenure_override (dwelling_id, tenure, note) VALUES (43, 'borg', 'Decided by hand');
SQL
# and a database that is not in UTF8
new_database($old, 'latin1', encoding => 'LATIN1');
$old->safe_psql('latin1', "SET client_encoding = 'UTF8'; INSERT INTO byudv.owner_pattern (pattern, match, owner_kind) VALUES ('Prøve Kronen', 'phrase', 'church')");

my $answers = <<'SQL';
SET search_path = '';
SELECT byudv.tenure_decision(15, 2000, 'Prøve Kronen afd. 7', NULL, norm => 'egen'), byudv.tenure(20, 140, NULL, NULL), byudv.owner_match('PROEVE KRONEN'), byudv.owner_kind('Boligforeningen AAB');
SELECT 'p', t::text FROM byudv.owner_pattern t UNION ALL SELECT 'r', t::text FROM byudv.tenure_rule t UNION ALL SELECT 'u', t::text FROM byudv.use_code t
UNION ALL SELECT 'l', t::text FROM byudv.register_code t UNION ALL SELECT 't', t::text FROM byudv.tenure_code t
UNION ALL SELECT 'k', t::text FROM byudv.owner_kind_code t UNION ALL SELECT 'd', t::text FROM byudv.dwelling_type_code t ORDER BY 1, 2;
SELECT k, s, c, byudv.survival_send(s), byudv.survival_median(s), byudv.turnover_rate(s), byudv.any_cause(c) FROM public.kept ORDER BY k;
SELECT byudv.log_rank(VARIADIC array_agg(s ORDER BY k)) FROM public.kept WHERE k < 3;
SELECT * FROM public.named ORDER BY name;
SELECT * FROM public.kinds;
SQL
my %monitor = map { my $m = $_; $m => digests($m) . ";\n" . join '', map { "SELECT '$_', count(*), sum(hashtextextended(t::text, 0)::numeric) FROM $m.$_ t;\n" } @INPUT, qw(setting state change pending run_log) } qw(nord syd);
my $latin1 = "SET client_encoding = 'UTF8'; SELECT byudv.owner_kind('PRØVE KRONEN'), byudv.label('dwelling_type', 'detached')";

# Of long texts only the lines that differ are worth reading
sub same_lines
{
	my ($got, $expected, $name) = @_;
	my (%count, @differ);
	$count{$_}++ for split /\n/, $expected;
	for my $line (split /\n/, $got) { push @differ, "+ $line" if --$count{$line} < 0 }
	push @differ, map { "- $_" } grep { $count{$_} > 0 } sort keys %count;
	ok($got eq $expected, $name) or diag(join "\n", @differ ? @differ[ 0 .. ($#differ < 60 ? $#differ : 60) ] : 'the order of lines');
	return;
}

my %before = (
	answers => $old->safe_psql('a', $answers), nord => $old->safe_psql('a', $monitor{nord}), syd => $old->safe_psql('a', $monitor{syd}),
	latin1 => $old->safe_psql('latin1', $latin1), dump => dump_database($old, 'a'));
like($before{answers}, qr/borg,1,high,"Ejeren er Prøve Kronen afd\. 7 æøå\."/, 'own rules decide before');
is($old->safe_psql('a', 'SELECT count(*) > 0 FROM syd.change'), 't', 'a monitor has changes before it');
$old->stop;

# ---- pg_upgrade
my $new = PostgreSQL::Test::Cluster->new('new');
# from version 18 initdb makes checksums; both clusters must have them, or neither
my ($help) = run_command([ 'initdb', '--help' ]);
$new->init(extra => [ '--locale=C', '--encoding=UTF8', $help =~ /--no-data-checksums/ ? '--no-data-checksums' : () ]);
$new->append_conf('postgresql.conf', "$ENV{BYUDV_CONF}\n$settings");
chdir PostgreSQL::Test::Utils::tempdir() or die; # it writes scripts
my @upgrade = ('pg_upgrade', '--no-sync', '-d', $old->data_dir, '-D', $new->data_dir, '-b', $bindir, '-B', $new->config_data('--bindir'), '-s', $new->host, '-p', $old->port, '-P', $new->port);
my ($checked) = run_command([ @upgrade, '--check' ]);
like($checked, qr/Clusters are compatible/, 'pg_upgrade --check') or diag($checked);
my ($said, $errors) = run_command(\@upgrade);
like($said, qr/Upgrade Complete/, 'pg_upgrade') or diag($said, $errors), BAIL_OUT('nothing to look at');
$new->start;
cmp_ok($new->safe_psql('postgres', 'SHOW server_version_num'), '>', $version, 'the server is a newer one');

# ---- What there is afterwards
same_lines($new->safe_psql('a', $answers), $before{answers}, 'rules, codes, patterns, summaries, and what they say');
is($new->safe_psql('latin1', $latin1), $before{latin1}, '... in LATIN1');
same_lines($new->safe_psql('a', $monitor{$_}), $before{$_}, "$_: inputs, results, log and what is pending") for qw(nord syd);
# Servers print views and list members of extensions each in their own way: compare with what is fresh, and restored, in this one.
new_database($new, 'fresh');
same_lines(catalog_of($new, 'a'), catalog_of($new, 'fresh'), 'the catalogue of the extension');
restore_database($new, 'restored', $before{dump});
my ($dump, $restored) = map { dump_database($new, $_) =~ s/^\\(un)?restrict.*$//mgr } qw(a restored);
same_lines($dump, $restored, 'the dump, as that of the older server restored');
is($new->safe_psql('restored', $answers), $before{answers}, '... which has the same answers');
is($new->safe_psql('restored', "$quiet CALL byudv.refresh('nord'); SELECT outcome FROM nord.run_log WHERE step = 'refresh' ORDER BY run_id DESC LIMIT 1"), 'unchanged', '... and nothing to refresh');
my ($code, undef, $error) = $new->psql('a', "DELETE FROM byudv.tenure_rule WHERE norm = 'register'");
like($error, qr/cannot change or delete built-in rows/, 'built-in rows are protected');
is($new->safe_psql('a', "SELECT byudv.tenure(20, 140, NULL, NULL); DELETE FROM byudv.tenure_rule WHERE tenure = 'borg' AND norm = 'corrected'; SELECT byudv.tenure(20, 140, NULL, NULL)") =~ s/\n/ /r, 'borg social',
	'a change of rules is in force at once');
$new->safe_psql('a', "INSERT INTO byudv.tenure_rule (norm, rule_id, priority, owner_codes, tenure, certainty, reason) VALUES ('corrected', 32, 32, '{20}', 'borg', 'low', 'Erstattet.')");
is($new->safe_psql('a', "SET enable_seqscan = off; SELECT count(*) FROM named WHERE byudv.normalise_owner_name(name) = 'a/b solvang 7'"), 1, 'an index over a function');
is($new->safe_psql('a', 'SELECT bool_and(s OPERATOR(byudv.=) s::text::byudv.survival AND c OPERATOR(byudv.=) c::text::byudv.competing_risks) FROM kept'), 't', 'stored summaries equal new ones');

# ---- Refreshes go on; by keys where statistics say how much there is, which pg_upgrade takes along from version 18 on
$new->safe_psql('a', 'ANALYZE');
my $outcome = "SELECT outcome FROM %s.run_log WHERE step = 'refresh' ORDER BY run_id DESC LIMIT 1";
is($new->safe_psql('a', "$quiet CALL byudv.refresh('nord'); " . sprintf $outcome, 'nord'), 'unchanged', 'nothing to refresh where nothing has changed');
is($new->safe_psql('a', "$quiet CALL byudv.refresh('syd'); " . sprintf $outcome, 'syd'), 'done', 'what was changed before is refreshed');
like($new->safe_psql('a', "SELECT scope FROM syd.run_log WHERE step = 'residence' ORDER BY run_id DESC LIMIT 1"), qr/^\d+$/, '... by its keys');
is($new->safe_psql('a', "SELECT tenure FROM syd.dwelling_class WHERE dwelling_id IN (40, 43)"), "borg\nborg", '... and decisions by hand hold');
$new->safe_psql('a', "$quiet DELETE FROM nord.address_period WHERE person_id = 500030; INSERT INTO town.indicator VALUES ('own', 151, NULL, NULL, 2024, 'residents', 'persons', 'made up', 7);");
is($new->safe_psql('a', "$quiet CALL byudv.refresh('$_'); " . sprintf $outcome, $_), 'done', "$_: a change after it is seen") for qw(nord syd);
for my $monitor (qw(nord syd))
{
	$new->safe_psql('a', "$quiet CALL byudv.refresh('$monitor', true);");
	is($new->safe_psql('a', "SELECT rows_added, rows_removed FROM $monitor.run_log WHERE step = 'refresh' ORDER BY run_id DESC LIMIT 1"), '0|0', "$monitor: a full refresh finds the same");
	unlike($new->safe_psql('a', "SELECT * FROM byudv.check_monitor('$monitor')"), qr/missing/, '... and nothing is missing');
}
is($new->safe_psql('a', 'SET ROLE reader; SELECT count(*) > 0 FROM nord.bi_stock_tenure'), 't', 'readers may read');
$new->stop;
done_testing();
