# A hot standby answers whatever reads: each function of the extension is called there with arguments of a small town, and each view read, and all say what the
# primary says. What writes is refused as read-only (25006). A function that is in neither list, or in both, fails the test: say here what a new one does.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ByudvTest;
use SmallTown;

my $node = new_server('primary', init => [ allows_streaming => 1 ], conf => "autovacuum = off\njit = off\n");
new_database($node, 'a');
make_town($node, 'a');
# What some of the functions read: summaries, flows, transitions, events, sources of adapters, and address records that need more than the least memory
$node->safe_psql('a', new_monitor('m') . <<'SQL');
CALL byudv.refresh('m');
CREATE SCHEMA seen;
CREATE TABLE seen.stay AS SELECT c.tenure, byudv.survival_agg(o.from_date, o.to_date, '2014-01-01', '2024-01-01') AS s FROM m.occupancy o JOIN m.dwelling_class c USING (dwelling_id) GROUP BY c.tenure;
CREATE TABLE seen.ending AS SELECT r.person_id % 3 AS part, byudv.competing_risks_agg(r.from_date, r.to_date, CASE v.departure WHEN 'internal' THEN 1 WHEN 'died' THEN 3 ELSE 2 END, '2014-01-01', '2024-01-01') AS c
    FROM m.residence r LEFT JOIN m.move v ON v.person_id = r.person_id AND v.left_on = r.to_date WHERE r.dwelling_id IS NOT NULL GROUP BY 1;
CREATE TABLE seen.flow AS SELECT * FROM byudv.vacancy_flows('m.residence', 'm.dwelling', '2014-01-01', '2024-01-01');
CREATE VIEW seen.transition AS SELECT 'home' AS from_stratum, CASE WHEN outcome = 'vacated' THEN 'home' END AS to_stratum, count(*) AS n FROM seen.flow WHERE movers > 0 GROUP BY 2;
CREATE VIEW seen.event AS SELECT 2023 AS slice, (dwelling_id % 9)::int AS area, (dwelling_id % 4)::int AS kind FROM m.residence WHERE dwelling_id IS NOT NULL;
CREATE VIEW seen.many AS SELECT i % 60000 AS person_id, (i * 7) % 30000 AS dwelling_id, date '2000-01-01' + i % 8000 AS from_date, date '2000-01-01' + i % 8000 + i % 900 AS to_date FROM generate_series(1, 240000) i;
CREATE TABLE seen.home (person_id bigint, dwelling_id bigint, from_date date, to_date date, records int);
CREATE TABLE seen.source (id text);
CREATE VIEW seen.dwelling AS SELECT d.dwelling_id, d.unit_use, d.unit_kind, b.building_use, b.defect_insurance, b.built_year, 10 AS owner_code, 'A/B Lupinhaven ' || d.building_id AS owner_name FROM m.dwelling d JOIN m.building b USING (building_id);
CREATE TABLE seen.organisation (name text, lbf_number text);
CREATE ROLE reader;
SQL

# What reads, each with arguments. Functions without arguments and those of the two types are not listed: they are called below.
my $norm = "10, 140, 'AAB AFD 55', NULL";
my %reads = (
	# classification
	'dwelling_type(integer,integer,text)' => "SELECT byudv.dwelling_type(140, 140, '1')",
	'explain_dwelling_type(integer,integer,text)' => "SELECT byudv.explain_dwelling_type(140, 140, '1')",
	'classify_dwellings(regclass,regclass,regclass,date)' => "SELECT * FROM byudv.classify_dwellings('seen.dwelling') ORDER BY 1",
	'tenure(integer,integer,text,integer,integer,boolean,text,integer,boolean,text)' => "SELECT byudv.tenure($norm)",
	'tenure_decision(integer,integer,text,integer,integer,boolean,text,integer,boolean,text)' => "SELECT * FROM byudv.tenure_decision($norm)",
	'explain_tenure(integer,integer,text,integer,integer,boolean,text,integer,boolean,text)' => "SELECT * FROM byudv.explain_tenure($norm)",
	'owner_kind(text)' => "SELECT byudv.owner_kind('A/B Lupinhaven')",
	'owner_organisation(text)' => "SELECT byudv.owner_organisation('AAB AFD 55')",
	'owner_match(text)' => "SELECT * FROM byudv.owner_match('AAB AFD 55')",
	'owner_matches(text)' => "SELECT * FROM byudv.owner_matches('AAB AFD 55')",
	'normalise_owner_name(text)' => "SELECT byudv.normalise_owner_name('Boligforeningen AAB Afd. 55 v/ Jensen')",
	'owner_occupied(integer)' => 'SELECT byudv.owner_occupied(2)',
	'label(text,text,text)' => "SELECT byudv.label('tenure', 'social')",
	# durations
	'any_cause(competing_risks)' => 'SELECT byudv.any_cause(c) FROM seen.ending',
	'cause_specific(competing_risks,integer)' => 'SELECT byudv.cause_specific(c, 1) FROM seen.ending',
	'conditional_incidence(competing_risks,integer)' => 'SELECT byudv.conditional_incidence(c, 365) FROM seen.ending',
	'conditional_survival(survival,integer)' => 'SELECT byudv.conditional_survival(s, 365) FROM seen.stay',
	'cumulative_incidence(competing_risks,double precision,integer)' => 'SELECT i.* FROM seen.ending, byudv.cumulative_incidence(c) i',
	'incidence_at(competing_risks,integer,double precision)' => 'SELECT i.* FROM seen.ending, byudv.incidence_at(c, 1826) i',
	'log_rank(survival[])' => 'SELECT * FROM byudv.log_rank(VARIADIC (SELECT array_agg(s ORDER BY tenure) FROM seen.stay))',
	'log_rank_groups(survival[])' => 'SELECT * FROM byudv.log_rank_groups(VARIADIC (SELECT array_agg(s ORDER BY tenure) FROM seen.stay))',
	'observation(date,date,date,date)' => "SELECT * FROM byudv.observation('2012-05-01', '2017-03-01', '2016-01-01', '2026-01-01')",
	'exposure(date,date,date,date,integer[])' => "SELECT * FROM byudv.exposure('2012-05-01', '2017-03-01')",
	'restricted_mean(survival,integer,double precision)' => 'SELECT x.* FROM seen.stay, byudv.restricted_mean(s, 730) x',
	'survival_at(survival,integer)' => 'SELECT byudv.survival_at(s, 365) FROM seen.stay',
	'survival_counts(survival)' => 'SELECT x.* FROM seen.stay, byudv.survival_counts(s) x',
	'survival_curve(survival,double precision,text,integer)' => 'SELECT x.* FROM seen.stay, byudv.survival_curve(s) x',
	'survival_estimate(survival,integer,double precision,text)' => 'SELECT x.* FROM seen.stay, byudv.survival_estimate(s, 365) x',
	'survival_median(survival)' => 'SELECT x.* FROM seen.stay, byudv.survival_median(s) x',
	'survival_quantile(survival,double precision,double precision,text)' => 'SELECT x.* FROM seen.stay, byudv.survival_quantile(s, 0.25) x',
	'survival_start(survival,integer)' => 'SELECT byudv.survival_start(s, 5) FROM seen.stay',
	'turnover_rate(survival,double precision,double precision)' => 'SELECT x.* FROM seen.stay, byudv.turnover_rate(s) x',
	'survival_agg(integer,boolean)' => 'SELECT byudv.survival_agg(o.to_date - o.from_date, true) FROM m.occupancy o',
	'survival_agg(integer,integer,boolean)' => 'SELECT byudv.survival_agg(3, 3 + residents, true) FROM m.occupancy o',
	'survival_agg(integer,integer,boolean,bigint)' => 'SELECT byudv.survival_agg(3, 3 + residents, true, 2) FROM m.occupancy o',
	'survival_agg(date,date,date,date)' => "SELECT byudv.survival_agg(from_date, to_date, '2014-01-01', '2024-01-01') FROM m.occupancy o",
	'rollup(survival)' => 'SELECT byudv.rollup(s) FROM seen.stay',
	'competing_risks_agg(integer,integer)' => 'SELECT byudv.competing_risks_agg(residents, 1) FROM m.occupancy',
	'competing_risks_agg(integer,integer,integer)' => 'SELECT byudv.competing_risks_agg(3, 3 + residents, 1) FROM m.occupancy',
	'competing_risks_agg(integer,integer,integer,bigint)' => 'SELECT byudv.competing_risks_agg(3, 3 + residents, 1, 2) FROM m.occupancy',
	'competing_risks_agg(date,date,integer,date,date)' => "SELECT byudv.competing_risks_agg(from_date, to_date, 1, '2014-01-01', '2024-01-01') FROM m.occupancy",
	'rollup(competing_risks)' => 'SELECT byudv.rollup(c) FROM seen.ending',
	# comparisons
	'chi_square_p(double precision,integer)' => 'SELECT byudv.chi_square_p(6.63)',
	'compare_rates(double precision,double precision,double precision,double precision,double precision,double precision)' => 'SELECT * FROM byudv.compare_rates(260, 1000, 130, 1000)',
	'compare_shares(double precision,double precision,double precision,double precision,double precision,double precision)' => 'SELECT * FROM byudv.compare_shares(640, 1000, 300, 1000)',
	'event_rate(bigint,double precision,double precision)' => 'SELECT * FROM byudv.event_rate(12, 80)',
	'share_limits(double precision,double precision,double precision,double precision)' => 'SELECT * FROM byudv.share_limits(12, 80)',
	'prediction_limit(double precision,double precision,integer,boolean)' => 'SELECT byudv.prediction_limit(12, 5, 8, true)',
	# moves and chains
	'residences(regclass,integer)' => "SELECT * FROM byudv.residences('m.address_period') ORDER BY 1, 3",
	'residence_rejects(regclass)' => "SELECT * FROM byudv.residence_rejects('m.address_period')",
	'residence_agg(bigint,date,date)' => 'SELECT person_id, byudv.residence_agg(dwelling_id, from_date, to_date) FROM m.address_period GROUP BY 1 ORDER BY 1',
	'residence_agg(bigint,date,date,integer)' => 'SELECT person_id, byudv.residence_agg(dwelling_id, from_date, to_date, 30) FROM m.address_period GROUP BY 1 ORDER BY 1',
	'occupancies(regclass,integer)' => "SELECT * FROM byudv.occupancies('m.residence') ORDER BY 1, 2",
	'occupancy_agg(bigint,date,date)' => 'SELECT dwelling_id, byudv.occupancy_agg(person_id, from_date, to_date) FROM m.residence GROUP BY 1 ORDER BY 1',
	'occupancy_agg(bigint,date,date,integer)' => 'SELECT dwelling_id, byudv.occupancy_agg(person_id, from_date, to_date, 10) FROM m.residence GROUP BY 1 ORDER BY 1',
	'moves(regclass,regclass,regclass,date,date,integer,integer)' => "SELECT * FROM byudv.moves('m.residence', 'm.person', 'm.address_period', '2014-01-01', '2024-01-01') ORDER BY 1, 3, 6",
	'vacancy_flows(regclass,regclass,date,date,integer,integer,integer,integer,integer,regclass)' => "SELECT * FROM byudv.vacancy_flows('m.residence', 'm.dwelling', '2014-01-01', '2024-01-01') ORDER BY 1, 6, 7",
	'vacancy_chains(regclass,integer,double precision,bigint[])' => "SELECT * FROM byudv.vacancy_chains('seen.flow') ORDER BY 1, 2, 3, 7",
	'chain_lengths(regclass)' => "SELECT * FROM byudv.chain_lengths('seen.transition')",
	'chain_multipliers(regclass)' => "SELECT * FROM byudv.chain_multipliers('seen.transition')",
	'protected_counts(regclass,text[],regclass,integer)' => "SELECT * FROM byudv.protected_counts('seen.event', ARRAY['area*kind'], NULL) ORDER BY 1, 2, 3, 4, 5",
	# monitors and views
	'check_monitor(text)' => "SELECT * FROM byudv.check_monitor('m')",
	'monitor_parameters(text)' => "SELECT byudv.monitor_parameters('m')",
	'require_monitor(text)' => "SELECT 'none', byudv.require_monitor('m')",
	'may_act_for(oid)' => "SELECT byudv.may_act_for('reader'::regrole)",
	'refuse_superuser(text,oid)' => "SELECT 'none', byudv.refuse_superuser('m', 'postgres'::regrole)",
	'is_tracked(regclass)' => "SELECT byudv.is_tracked('m.dwelling')",
	'refresh_pending(text,text)' => "SELECT byudv.refresh_pending('m', 'stock')",
	'refresh_lock_key(text)' => "SELECT 1 < number FROM byudv.refresh_lock_key('m')",
	'made_by(text)' => "SELECT byudv.made_by('chain')",
	'step_parameters(text)' => "SELECT byudv.step_parameters('move')",
	'own_rules()' => 'SELECT byudv.own_rules()',
	'own_measure(text)' => "SELECT byudv.own_measure(names[1]) FROM byudv.indicator_measures()",
	'area_profile(text,text,integer)' => "SELECT * FROM byudv.area_profile('m', 'Kvarter 2')",
	'new_build_profile(text,text,text,integer,integer)' => "SELECT * FROM byudv.new_build_profile('m', 'apartment', 'social', 75, 100)",
	'dashboard_data(text)' => "SELECT byudv.dashboard_data('m')",
	'danish_csv(text,text)' => "SELECT byudv.danish_csv('m', view_name) FROM byudv.monitor_views() WHERE view_name IN ('bi_stock', 'bi_turnover')",
	'help(text)' => "SELECT * FROM byudv.help('durations')",
	'age_band(integer)' => 'SELECT byudv.age_band(35)',
	'age_on(date,date)' => "SELECT byudv.age_on('1990-07-01', '2026-01-01')",
	'size_band(integer)' => 'SELECT byudv.size_band(82)',
	'bi_key(text)' => "SELECT byudv.bi_key('kvarter')",
	'danish_csv_text(text)' => q{SELECT byudv.danish_csv_text('a;"b"')},
	'danish_decimal(numeric,integer)' => 'SELECT byudv.danish_decimal(3.14159, 2)',
	'danish_number(bigint)' => 'SELECT byudv.danish_number(6514)',
	# what adapters read with
	'address_key(text,text,text,text,text)' => "SELECT byudv.address_key('0101', '0123', '001A', '02', 'tv')",
	'register_date(text)' => "SELECT byudv.register_date('202304011200')",
	'register_key(text)' => "SELECT byudv.register_key('0a3f50b7-9eff-32b8-e044-0003ba298018')",
	'cpr_birth_year(text)' => "SELECT byudv.cpr_birth_year('3102010000')",
	'parse_danish_date(text)' => "SELECT byudv.parse_danish_date('31-12-2023')",
	'parse_danish_date(text,text)' => "SELECT byudv.parse_danish_date('31-12-2023', 'day')",
	'parse_danish_number(text)' => "SELECT byudv.parse_danish_number('1.234,5')",
	'parse_danish_number(text,text)' => "SELECT byudv.parse_danish_number('1.234,5', 'area')",
	'pseudonym(text)' => "SELECT byudv.pseudonym('3102010000')",
	'column_expression(regclass,text,text,regtype,text[],text)' => "SELECT byudv.column_expression('m.person', 'p', 'born_on', 'date', ARRAY['born_on'])",
	'source_column(regclass,text)' => "SELECT column_name FROM byudv.source_column('m.person', 'BORN_ON')",
	'require_relations(text[],regclass[])' => "SELECT 'none', byudv.require_relations(ARRAY['persons'], ARRAY['m.person'::regclass])",
	# VOLATILE, yet nothing is written: the lock of a refresh is in memory; who has no schedule has none to end (pg_cron, which writes, is not here)
	'refresh_lock(integer,integer)' => 'SELECT byudv.refresh_lock(1, 2)',
	'refresh_unlock()' => "SELECT 'none', byudv.refresh_unlock()",
	'unschedule_refresh(text)' => "SELECT byudv.unschedule_refresh('m')");

# What writes, each with arguments with which it would on the primary
my $five = join ', ', ("'seen.source'") x 3;
my %writes = (
	# the user's
	'refresh(text,boolean)' => "CALL byudv.refresh('m')",
	'create_monitor(text,integer)' => "SELECT byudv.create_monitor('n', 151)",
	'upgrade_monitor(text)' => "SELECT byudv.upgrade_monitor('m')",
	'grant_reader(text,name)' => "SELECT byudv.grant_reader('m', 'reader')",
	'revoke_reader(text,name)' => "SELECT byudv.revoke_reader('m', 'reader')",
	'build_residences(regclass,regclass,integer)' => "SELECT byudv.build_residences('m.address_period', 'seen.home')",
	'import_bbr(text,regclass,regclass,regclass,regclass,regclass,regclass,regclass,regclass,regclass,boolean,boolean)' => "SELECT byudv.import_bbr('m', $five)",
	'import_bbr_ois(text,regclass,regclass,regclass,regclass,boolean,boolean)' => "SELECT byudv.import_bbr_ois('m', $five)",
	'import_lois(text,regclass,regclass,regclass,boolean,boolean)' => "SELECT byudv.import_lois('m', $five)",
	'import_cpr_addresses(text,regclass,regclass,text,boolean)' => "SELECT byudv.import_cpr_addresses('m', 'seen.source')",
	'import_cpr_persons(text,regclass,regclass,text,boolean)' => "SELECT byudv.import_cpr_persons('m', 'seen.source')",
	'import_statbank(text,regclass,text,text,text,text,text,text,text,boolean)' => "SELECT byudv.import_statbank('m', 'seen.source', 'Folketal')",
	'import_lbf_organisations(regclass,text)' => "SELECT byudv.import_lbf_organisations('seen.organisation')",
	# of adapters
	'import_old_layout(text,text,regclass,regclass,regclass,regclass,regclass,boolean,boolean)' => "SELECT byudv.import_old_layout('m', 'import_lois', $five, NULL, NULL, false, false)",
	'import_stock(text,text,boolean,text[],text[])' => "SELECT byudv.import_stock('m', 'import_lois', false, '{}', '{}')",
	'lock_inputs(text,text[])' => "SELECT byudv.lock_inputs('m', ARRAY['person'])",
	'stage_source(regclass,text,text,text[],text,text[],text)' => "SELECT byudv.stage_source('m.person', 'persons', 'byudv_stage', ARRAY['person_id text'], 'NULL')",
	'stage_rejects(text,text,text,text,text[])' => "SELECT byudv.stage_rejects('import_lois', 'persons', 'seen.source', 'id', '{}')",
	'drop_stages(text[])' => "SELECT byudv.drop_stages(ARRAY['byudv_stage'])",
	'number_keys(text)' => "SELECT byudv.number_keys('seen.source')",
	'reject_repeated(text,text,text)' => "SELECT byudv.reject_repeated('seen.source', 'id', 'id')",
	'merge_keyed(text,text,text,text,text[],text[],text)' => "SELECT byudv.merge_keyed('m', 'person', 'm.person', 'person_id', ARRAY['born_on'], '{}', NULL)",
	'merge_unkeyed(text,text,text,text[],text)' => "SELECT byudv.merge_unkeyed('m', 'ownership', 'm.ownership', ARRAY['owner_code'], 'true')",
	'merge_rejects(text,text[],text)' => "SELECT byudv.merge_rejects('m', ARRAY['x'], 'm.reject')",
	# of monitors
	'ensure_monitor(text)' => "SELECT byudv.ensure_monitor('m')",
	'ensure_views(text)' => "SELECT byudv.ensure_views('m')",
	'ensure_indexes(text,text)' => "SELECT byudv.ensure_indexes('m', 'move')",
	'set_reader(text,name,boolean)' => "SELECT byudv.set_reader('m', 'reader', true)",
	# of a refresh
	'refresh_begin(text,boolean)' => "SELECT byudv.refresh_begin('m', true)",
	'refresh_note(text,bigint,text,text,text,bigint,bigint,text)' => "SELECT byudv.refresh_note('m', 1, 'move', 'running')",
	'refresh_step(text,text)' => "SELECT byudv.refresh_step('m', 'move')",
	'collect_changes(text,boolean)' => "SELECT byudv.collect_changes('m', true)",
	'begin_scope(text,text,text,text)' => "SELECT byudv.begin_scope('m', 'move', 'SELECT 1::bigint', 'move')",
	'note_pending(text,text,text,text)' => "SELECT byudv.note_pending('m', 'move', 'person', 'SELECT 1::bigint')",
	'merge_rows(text,text,text[],text)' => "SELECT byudv.merge_rows('m', 'turnover', ARRAY['year'])",
	'make_address_view(text,jsonb,boolean)' => "SELECT byudv.make_address_view('m', byudv.monitor_parameters('m'), false)",
	'make_persons_counted(text,jsonb)' => "SELECT byudv.make_persons_counted('m', byudv.monitor_parameters('m'))",
	# of rules
	'load_own_rules(jsonb)' => q(SELECT byudv.load_own_rules('{"tenure_rule": [{"norm": "own", "rule_id": 1, "priority": 1, "tenure": "owner", "reason": "A"}]}')),
	# these need pg_cron, Citus, which are not here, and say so on both servers
	'schedule_refresh(text,text)' => "SELECT byudv.schedule_refresh('m')",
	'citus_sync_rules()' => 'SELECT * FROM byudv.citus_sync_rules()');
# These find nothing to write, or not the temporary tables of the steps before them, which no standby can have
my %other_code = ('schedule_refresh(text,text)' => '55000', 'citus_sync_rules()' => '0A000', 'drop_stages(text[])' => '00000', 'ensure_indexes(text,text)' => '00000', map { $_ => '42P01' } 'import_stock(text,text,boolean,text[],text[])',
	'merge_keyed(text,text,text,text,text[],text[],text)', 'merge_unkeyed(text,text,text,text[],text)', 'merge_rejects(text,text[],text)', 'number_keys(text)', 'reject_repeated(text,text,text)');
# The steps of a refresh, and what the built-in rows are put back by
$writes{"refresh_$_(text,jsonb)"} = "SELECT byudv.refresh_$_('m', byudv.monitor_parameters('m'))" for split /\n/, $node->safe_psql('a', 'SELECT unnest(byudv.refresh_steps())');
$writes{"seed_$_()"} = "SELECT byudv.seed_$_()" for qw(dwelling_type_code owner_kind_code owner_pattern register_code tenure_code tenure_rule use_code);

# Functions of the two types, called with what they are about
my %sample = (survival => "(SELECT s FROM seen.stay WHERE tenure = 'owner')", competing_risks => '(SELECT c FROM seen.ending WHERE part = 1)', bigint => '3', boolean => 'true');
my %type_functions = map { $_ => 1 } map { my $type = $_; map { "${type}_$_" } qw(cmp eq ne lt le gt ge hash hash_extended out send in combine final transition window_transition) } qw(survival competing_risks);
my %called;
my @unknown;
for my $line (split /\n/, $node->safe_psql('a', "SET search_path = byudv; SELECT p.oid::regprocedure, p.proname, p.prorettype::regtype, p.prokind FROM pg_proc p WHERE p.pronamespace = 'byudv'::regnamespace ORDER BY 1::text"))
{
	my ($signature, $name, $result, $kind) = split /\|/, $line;
	my ($arguments) = $signature =~ /\((.*)\)/;
	if ($reads{$signature} || $writes{$signature})
	{
		push @unknown, "$signature is in both lists" if $reads{$signature} && $writes{$signature};
		$called{$signature} = $reads{$signature} || $writes{$signature};
	}
	elsif ($type_functions{$name})
	{
		my $type = $name =~ /^survival/ ? 'survival' : 'competing_risks';
		my $n = 0;    # begins are before ends
		$called{$signature} = $reads{$signature} = $name =~ /_in$/ ? "SELECT $sample{$type}::text::byudv.$type"
		  : "SELECT byudv.$name(" . join(', ', map { $_ eq 'date' ? "date '2012-01-01' + 600 * " . ++$n : $_ eq 'integer' ? 7 * ++$n : $sample{$_} } split /,/, $arguments) . ')';
	}
	# called by PostgreSQL alone: triggers, for writers; binary input; steps of aggregates, which are called above
	elsif ($result eq 'trigger' || $arguments eq 'internal' || $name =~ /^(residence|occupancy)_agg_(step|final)$|^period_agg_combine$/) { next }
	elsif ($arguments eq '') { $called{$signature} = $reads{$signature} = "SELECT * FROM byudv.$name()" }
	else { push @unknown, "$signature is in neither list" }
}
is(join("\n", @unknown), '', 'it is known of each function whether it writes');
is(join("\n", grep { !$called{$_} } sort keys %reads, keys %writes), '', 'all that are listed are there');

# Views, as a count and a digest
my @views = split /\n/, $node->safe_psql('a', 'SELECT view_name FROM byudv.monitor_views() ORDER BY ordinal');
$reads{"view $_"} = "SELECT count(*), sum(hashtextextended(v::text, 0)::numeric) FROM m.$_ v" for @views;
$reads{"table $_"} = "SELECT count(*), sum(hashtextextended(t::text, 0)::numeric) FROM m.$_ t" for @INPUT, @RESULT;
$reads{'view bi_run'} =~ s/v::text/(to_jsonb(v) - 'hours_since')::text/;    # which goes by the clock
# through temporary files
$reads{'residences() of many'} = "SET maintenance_work_mem = '1MB'; SET work_mem = '64kB'; SELECT count(*), sum(from_date - date '2000-01-01'), sum(dwelling_id) FROM byudv.residences('seen.many'); RESET ALL; SET byudv.pseudonym_key = 'an-example-key-0123456789'";

$node->backup('backup');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($node, 'backup', has_streaming => 1);
$standby->append_conf('postgresql.conf', "hot_standby_feedback = on\n");
$standby->start;
$node->wait_for_catchup($standby, 'replay', $node->lsn('insert'));

# What each statement of a list says and the code that it ends with
sub ask
{
	my ($server, %statements) = @_;
	my $script = "SET byudv.pseudonym_key = 'an-example-key-0123456789';\n" . join '', map { "\\echo #begin $_\n$statements{$_};\n\\echo #end :SQLSTATE\n" } sort keys %statements;
	my ($code, $out, $err) = $server->psql('a', $script, on_error_stop => 0);
	my (%said, $what);
	for (split /\n/, $out)
	{
		if (/^#begin (.*)/) { $said{ $what = $1 } = [ '', '?' ] }
		elsif (/^#end (\w+)/) { $said{$what}[1] = $1 }
		elsif (defined $what) { $said{$what}[0] .= "$_\n" }
	}
	return (\%said, $err);
}

my ($want) = ask($node, %reads);
my ($have, $errors) = ask($standby, %reads);
my $n = 0;
for my $what (sort keys %reads)
{
	my ($here, $there) = map { $_->{$what} || [ 'no answer', '?' ] } $want, $have;
	$n++;
	next if $here->[1] eq '00000' && "@$here" eq "@$there" && $here->[0] =~ /\S/;
	is("$there->[1] " . substr($there->[0], 0, 500), "$here->[1] " . substr($here->[0], 0, 500), "$what: as on the primary") && fail("$what: an answer without error ($here->[1])");
}
ok(1, "$n statements that read were compared") or diag($errors);

($have, $errors) = ask($standby, %writes);
for my $what (sort keys %writes)
{
	my $code = ($have->{$what} || [])->[1] // 'no answer';
	is($code, $other_code{$what} || '25006', "$what: refused") if $code ne ($other_code{$what} || '25006');
}
ok(1, scalar(keys %writes) . ' statements that write were refused') or diag($errors);
is($standby->safe_psql('a', "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"), '0', 'no lock is left there');

# Who reads there for long sees one state, while a refresh and VACUUM go on at the primary, and neither waits for the other (hot_standby_feedback)
my $seen = "SELECT (SELECT count(*) FROM m.bi_stock), (SELECT sum(hashtextextended(t::text, 0)::numeric) FROM m.dwelling_class t);";
my ($in, $out, $err) = ("BEGIN ISOLATION LEVEL REPEATABLE READ; $seen\n", '', '');
my $session = IPC::Run::start([ 'psql', '-XqAt', '-d', $standby->connstr('a') ], '<', \$in, '>', \$out, '2>', \$err, IPC::Run::timeout(120));
$session->pump until $out =~ /\n/;
$node->poll_query_until('a', "SELECT count(*) = 1 FROM pg_stat_replication WHERE backend_xmin IS NOT NULL") or die 'no feedback';
$node->safe_psql('a', "SET client_min_messages = warning; UPDATE m.ownership SET owner_code = 41, owner_name = 'A/B Testgaarden' WHERE property_id % 2 = 0; CALL byudv.refresh('m');");
$node->safe_psql('a', 'VACUUM m.dwelling_class, m.stock');
$node->wait_for_catchup($standby, 'replay', $node->lsn('insert'));
isnt($standby->safe_psql('a', $seen), $out =~ s/\n$//r, 'the standby has the new results');
$in .= "$seen COMMIT;\n\\q\n";
$session->finish;
is($err, '', 'a long read there is not ended');
my @lines = split /\n/, $out;
is($lines[1], $lines[0], '... and sees what it saw');

$standby->stop;
$node->stop;
done_testing();
