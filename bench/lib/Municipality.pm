# The made-up municipalities of demo/municipality, for the benches of monitors.

package Municipality;

use strict;
use warnings;
use Bench;

# Generates the registers of so many municipalities and loads them into a monitor of the first, or with several of all. Returns how many address records these are.
sub load
{
	my ($bench, $monitor, $scale, @options) = @_;
	my $program = "$bench->{scratch}/municipality";
	my $folder = "$bench->{scratch}/municipality-$scale";
	Bench::progress("generating $scale municipalit" . ($scale == 1 ? 'y' : 'ies') . ' and loading');
	system('cc', '-O2', '-o', $program, glob "$bench->{folder}/../demo/municipality/*.c") == 0 or die "the generator does not compile\n";
	system($program, '--out', $folder, '--scale', $scale, @options) == 0 or die "$program failed\n";
	my $postgres = $bench->session;
	$postgres->run('SET client_min_messages = warning');
	$postgres->run("DROP SCHEMA IF EXISTS $monitor CASCADE");
	$bench->run_file("$bench->{folder}/../demo/municipality/load.sql", monitor => $monitor, folder => $folder, municipality => $scale == 1 ? '101' : 'NULL');
	system('rm', '-r', $folder) == 0 or die "$folder cannot be removed\n";
	$postgres->run($_) for "UPDATE $monitor.setting SET as_of = '2026-01-01'", 'VACUUM ANALYZE';
	my (undef, $rows) = $postgres->run("SELECT count(*) FROM $monitor.address_period");
	return $rows;
}

1;
