# What BI tools ask: each view with a year, an area and a tenure chosen, as a report does with its slicers; then all of it, as an import does.
# For one municipality, and in the report for as many as BENCH_SCALES says.

use strict;
use warnings;
use Municipality;

my $monitor = 'bench_views';
my @scales = grep { $_ > 1 } split /[\s,]+/, $ENV{BENCH_SCALES} // '';
my @goals;

# The query of a view with all that can be chosen chosen, and the query for all of it. Its answer is how many rows, and a sum that all columns go into.
sub queries
{
	my ($session) = @_;
	my ($sql, @queries) = ("SELECT v.view_name || '|' || string_agg(k.column_name, ',') FROM byudv.monitor_views() v JOIN byudv.monitor_view_columns() k USING (view_name) GROUP BY v.ordinal, v.view_name ORDER BY v.ordinal");
	my (undef, @views) = $session->run($sql);
	for (@views)
	{
		my ($view, $columns) = split /\|/;
		my %has = map { $_ => 1 } split /,/, $columns;
		my @chosen = grep { defined } $has{year} ? 'year = 2024' : undef, $has{area_kind} ? "area_kind = 'kvarter'" : undef,
		  $has{area_code} ? "area_code = (SELECT min(a.area_code) FROM $monitor.area_list a WHERE a.area_kind = 'kvarter')" : undef, $has{tenure} ? "tenure = 'private_rental'" : undef,
		  $has{population} ? "population = 'arrival'" : undef;
		my $from = "SELECT count(*), coalesce(sum(hashtext(v::text)::bigint), 0) FROM $monitor.$view v";
		push @queries, [ $view, join(' WHERE ', $from, join(' AND ', @chosen) || ()), $from ];
	}
	return @queries;
}

sub load
{
	my ($bench, $session, $scale) = @_;
	my $rows = Municipality::load($bench, $monitor, $scale, $scale > 1 ? ('--attributes', 2) : ());
	Bench::progress('refreshing');
	my ($time, @answer) = $session->run("CALL byudv.refresh('$monitor')");
	die "@answer\n" if grep { /ERROR/ } @answer;
	$session->run('VACUUM ANALYZE');
	return ($rows, $time);
}

sub prepare
{
	my ($bench) = @_;
	my $session = $bench->session;
	$session->run($_) for 'SET client_min_messages = warning', 'DROP EXTENSION IF EXISTS byudv CASCADE', 'CREATE EXTENSION byudv';
	load($bench, $session, 1);
	my @contenders;
	for (queries($session))
	{
		my ($view, $query) = @$_;
		push @contenders, { key => $view, label => $view, on => 'postgres', run => sub { my ($time, @answer) = $session->run($query); die "$query: @answer\n" if grep { /ERROR/ } @answer; return ($time, @answer) } };
		push @goals, { text => $view, of => $view, at_most => 200 };
	}
	return @contenders;
}

# All of each view, and how both grow
sub report
{
	my ($bench) = @_;
	my $session = $bench->session;
	my $missed = 0;
	$session->run('SET client_min_messages = warning');
	for my $scale (1, @scales)
	{
		my ($addresses, $refresh) = $scale > 1 ? load($bench, $session, $scale) : ();
		$bench->say(sprintf "\n%d municipalit%s%s\n%-32s %12s %14s %12s", $scale, $scale > 1 ? 'ies' : 'y', $scale > 1 ? sprintf(', %s address records, refreshed in %.0f s', $addresses, $refresh / 1000) : '', 'view', 'rows',
			'chosen, ms', 'all, ms');
		my ($slowest, $worst) = ('', 0);
		for (queries($session))
		{
			my ($view, $query, $all) = @$_;
			$session->run($query);
			my ($chosen) = $session->run($query);
			my ($whole, $answer) = $session->run($all);
			$bench->say(sprintf "%-32s %12s %14.0f %12.0f", $view, (split /\s+/, $answer)[0], $chosen, $whole);
			($slowest, $worst) = ($view, $chosen) if $chosen > $worst;
		}
		my $limit = $scale > 1 ? 2000 : 200;
		$bench->say(sprintf "slowest with a choice: %s, %.0f ms (goal %d): %s", $slowest, $worst, $limit, $worst <= $limit ? 'pass' : 'MISSED');
		$missed++ if $worst > $limit && $scale > 1;
	}
	$session->run($_) for "DROP SCHEMA $monitor CASCADE", "DROP SCHEMA IF EXISTS ${monitor}_truth CASCADE";
	return $missed;
}

return {
	title => 'the views of a monitor, as BI tools ask them',
	base => 'bi_dim_area',
	rounds => 5,
	prepare => \&prepare,
	goals => \@goals,
	judge => sub { return undef; },
	report => \&report,
};
