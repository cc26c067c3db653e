#!/usr/bin/perl
# Draws the pictures of the documentation as SVG, each from the very query that stands before it, so that it cannot show anything else.
#
#   docs/make-pictures.pl docs/vejledning-bi.md …       writes docs/pictures/NAME.svg for each line such as
#       <!-- picture: NAME KIND "Title" "what the axis shows" -->
#   which follows a block marked sql. Where the database is comes from the environment, as for psql: PGHOST, PGPORT, PGUSER, PGDATABASE.
#
# Kinds, by the columns that the query gives (their names become the legend):
#   bars      label, value, value …            horizontal bars side by side, with their numbers
#   stacks    label, value, value …            horizontal bars of 100 %, with their shares
#   dots      label, value, lower, upper       a dot with its limits
#   lines     x, value, value …                lines over a number such as the year
#   bands     x, value, lower, upper, value …  lines with their limits
# An empty value is a suppressed one, and drawn as such. Needs perl alone, and psql in PATH or PSQL=/path/to/psql.
use strict;
use warnings;
use utf8;
use List::Util qw(max min sum0);

binmode $_, ':utf8' for *STDOUT, *STDERR;
my $psql = $ENV{PSQL} || 'psql';
my $width = 760;
# Okabe and Ito's colours, which colour-blind people can tell apart; lines differ in their dashes and marks as well, bars in their place.
my @colours = ('#0072B2', '#E69F00', '#009E73', '#CC79A7', '#56B4E9', '#D55E00', '#555555', '#F0E442');
my @dashes = ('', '7 3', '2 3', '9 3 2 3', '5 2', '12 4', '1 2', '4 4');
my $ink = '#222222';
my $grid = '#DDDDDD';

sub escape { my ($text) = @_; return $text =~ s/&/&amp;/gr =~ s/</&lt;/gr =~ s/>/&gt;/gr =~ s/"/&quot;/gr }

# 1234.5 as Danes write it, with the decimals that it came with
sub danish
{
	my ($number) = @_;
	my ($sign, $whole, $decimals) = $number =~ /^(-?)(\d+)(?:\.(\d+))?$/ or return $number;
	1 while $whole =~ s/^(\d+)(\d{3})/$1.$2/;
	return $sign . $whole . (defined $decimals ? ",$decimals" : '');
}

# How wide a text is, about, in a font of 13 pixels
sub extent { return 6.9 * length $_[0] }

sub text
{
	my ($x, $y, $content, %style) = @_;
	my $anchor = $style{anchor} || 'start';
	return sprintf qq{<text x="%.1f" y="%.1f" text-anchor="%s"%s>%s</text>\n}, $x, $y, $anchor, $style{more} ? " $style{more}" : '', escape($content);
}

sub line { return sprintf qq{<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="%s" stroke-width="%s"/>\n}, @_ }

# Round steps for an axis from $from to at least $to
sub ticks
{
	my ($from, $to, $wanted) = @_;
	my $rough = ($to - $from) / $wanted || 1;
	my $power = 10**int(log($rough) / log(10) - ($rough < 1 ? 1 : 0));
	my ($step) = grep { $_ >= $rough } map { $_ * $power } 1, 2, 5, 10, 20, 50;
	my $decimals = max(0, -int(log($step) / log(10) - ($step < 1 ? 0.999999 : 0)));
	my @ticks;
	my $first = $step * int($from / $step);
	for (my $tick = $first; $tick < $to + $step * 0.999; $tick += $step) { push @ticks, sprintf "%.${decimals}f", $tick }
	return @ticks;
}

# Name of each series in its colour above the plot; returns how far down it reaches
sub legend
{
	my ($names, $left, $top, $mark) = @_;
	my ($svg, $x, $y) = ('', $left, $top);
	for my $i (0 .. $#$names)
	{
		my $needed = 26 + extent($names->[$i]);
		if ($x > $left && $x + $needed > $width - 10) { $x = $left; $y += 20 }
		my $colour = $colours[ $i % @colours ];
		$svg .= $mark eq 'line'
		  ? sprintf(qq{<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="%s" stroke-width="3" stroke-dasharray="%s"/>\n}, $x, $y - 4, $x + 18, $y - 4, $colour, $dashes[ $i % @dashes ])
		  : sprintf(qq{<rect x="%.1f" y="%.1f" width="12" height="12" fill="%s"/>\n}, $x + 3, $y - 11, $colour);
		$svg .= text($x + 22, $y, $names->[$i]);
		$x += $needed + 14;
	}
	return ($svg, $y + 12);
}

# Horizontal bars, stacks and dots share their frame: labels at the left, an axis below
sub draw_rows
{
	my ($kind, $names, $rows, $axis) = @_;
	my @series = $kind eq 'dots' ? ($names->[1]) : @$names[ 1 .. $#$names ];
	my $left = 14 + min(250, max(map { extent($_->[0]) } @$rows));
	my ($svg, $top) = ('', 48);
	($svg, $top) = legend(\@series, $left, 54, 'box') if @series > 1;
	my @columns = $kind eq 'dots' ? (1 .. 3) : (1 .. $#$names);
	my $most = $kind eq 'stacks' ? 100 : max(map { my $row = $_; map { $_ // 0 } @$row[@columns] } @$rows);
	my $least = $kind eq 'stacks' ? 0 : min(0, map { my $row = $_; map { $_ // 0 } @$row[@columns] } @$rows);
	my @ticks = ticks($least, $most, 6);
	pop @ticks if $kind eq 'stacks' && $ticks[-1] > 100;
	my $right = $width - ($kind eq 'bars' ? 70 : 24);
	my $scale = ($right - $left) / ($ticks[-1] - $ticks[0]);
	my $at = sub { return $left + ($_[0] - $ticks[0]) * $scale };
	my $thick = $kind eq 'bars' ? (@series > 2 ? 13 : @series > 1 ? 15 : 18) : 20;
	my $each = $kind eq 'bars' ? $thick * @series + 9 : 28;
	my $bottom = $top + $each * @$rows + 4;
	$svg .= line($at->($_), $top, $at->($_), $bottom, $_ == 0 ? $ink : $grid, 1) . text($at->($_), $bottom + 16, danish($_), anchor => 'middle') for @ticks;
	for my $r (0 .. $#$rows)
	{
		my ($label, @values) = @{ $rows->[$r] };
		my $y = $top + $each * $r + 5;
		# a long label goes on two lines
		my @parts = extent($label) > 250 && $label =~ /^(.{15,36})\s(.+)$/ ? ($1, $2) : ($label);
		$svg .= text($left - 8, $y + ($each - 9) / 2 + 5 + 13 * ($_ - $#parts / 2), $parts[$_], anchor => 'end') for 0 .. $#parts;
		if ($kind eq 'dots')
		{
			my ($value, $lower, $upper) = @values;
			my $middle = $y + 9;
			if (!defined $value) { $svg .= text($left + 6, $middle + 4, 'Diskretioneret', more => 'font-style="italic"'); next }
			$svg .= line($at->($lower), $middle, $at->($upper), $middle, $colours[0], 2) . join('', map { line($at->($_), $middle - 5, $at->($_), $middle + 5, $colours[0], 2) } $lower, $upper)
			  if defined $lower && defined $upper;
			$svg .= sprintf qq{<circle cx="%.1f" cy="%.1f" r="5" fill="%s"/>\n}, $at->($value), $middle, $colours[0];
		}
		elsif ($kind eq 'stacks')
		{
			my $total = sum0(map { $_ // 0 } @values) || 1;
			my $x = 0;
			for my $s (0 .. $#values)
			{
				my $share = 100 * ($values[$s] // 0) / $total;
				$svg .= sprintf qq{<rect x="%.1f" y="%.1f" width="%.1f" height="%d" fill="%s" stroke="#FFFFFF"/>\n}, $at->($x), $y - 2, $share * $scale, $thick, $colours[ $s % @colours ];
				$svg .= text($at->($x + $share / 2), $y + 13, danish(sprintf '%.0f', $share) . ' %', anchor => 'middle', more => 'font-size="11" fill="' . ($s % @colours == 0 || $s % @colours == 6 ? '#FFFFFF' : '#000000') . '"')
				  if $share * $scale > 34;
				$x += $share;
			}
		}
		else
		{
			for my $s (0 .. $#values)
			{
				my $value = $values[$s];
				my $from = $y + $thick * $s;
				if (!defined $value) { $svg .= text($at->(0) + 4, $from + $thick - 3, 'Diskretioneret', more => 'font-size="11" font-style="italic"'); next }
				$svg .= sprintf qq{<rect x="%.1f" y="%.1f" width="%.1f" height="%d" fill="%s"/>\n}, min($at->(0), $at->($value)), $from, abs($value) * $scale, $thick - 1, $colours[ $s % @colours ];
				$svg .= text(max($at->(0), $at->($value)) + 4, $from + $thick - 3, danish($value), more => 'font-size="11"');
			}
		}
	}
	$svg .= text(($left + $right) / 2, $bottom + 36, $axis, anchor => 'middle');
	return ($svg, $bottom + 48);
}

# Lines over numbers, with limits or without
sub draw_lines
{
	my ($kind, $names, $rows, $axis) = @_;
	my $per = $kind eq 'bands' ? 3 : 1;
	my $count = int((@$names - 1) / $per);
	my @series = map { $names->[ 1 + $_ * $per ] } 0 .. $count - 1;
	my $left = 70;
	my ($svg, $top) = ('', 48);
	($svg, $top) = legend(\@series, $left, 54, 'line') if $count > 1;
	$top += 6;
	my $bottom = $top + 250;
	my @all = grep { defined } map { my $row = $_; @$row[ 1 .. $#$row ] } @$rows;
	my @y = ticks(min(0, @all), max(@all), 5);
	my @x = map { $_->[0] } @$rows;
	my $right = $width - 24;
	my $xat = sub { return $left + ($_[0] - $x[0]) * ($right - $left) / (($x[-1] - $x[0]) || 1) };
	my $yat = sub { return $bottom - ($_[0] - $y[0]) * ($bottom - $top) / ($y[-1] - $y[0]) };
	$svg .= line($left, $yat->($_), $right, $yat->($_), $_ == $y[0] ? $ink : $grid, 1) . text($left - 8, $yat->($_) + 4, danish($_), anchor => 'end') for @y;
	# years are written as they are, other numbers as Danes write them
	my @marks = @x <= 12 ? @x : grep { $_ >= $x[0] && $_ <= $x[-1] } ticks($x[0], $x[-1], 8);
	$svg .= text($xat->($_), $bottom + 18, $_ =~ /^(19|20)\d\d$/ ? $_ : danish($_), anchor => 'middle') for @marks;
	for my $s (0 .. $count - 1)
	{
		my $column = 1 + $s * $per;
		my $colour = $colours[ $s % @colours ];
		my @points = grep { defined $_->[$column] } @$rows;
		if ($per == 3)
		{
			my @limits = grep { defined $_->[ $column + 1 ] && defined $_->[ $column + 2 ] } @points;
			$svg .= sprintf qq{<polygon points="%s" fill="%s" fill-opacity="0.18"/>\n},
			  join(' ', map({ sprintf '%.1f,%.1f', $xat->($_->[0]), $yat->($_->[ $column + 1 ]) } @limits), map { sprintf '%.1f,%.1f', $xat->($_->[0]), $yat->($_->[ $column + 2 ]) } reverse @limits), $colour
			  if @limits > 1;
		}
		$svg .= sprintf qq{<polyline points="%s" fill="none" stroke="%s" stroke-width="2.5" stroke-dasharray="%s"/>\n}, join(' ', map { sprintf '%.1f,%.1f', $xat->($_->[0]), $yat->($_->[$column]) } @points), $colour,
		  $dashes[ $s % @dashes ];
		next if @points > 30;
		for my $point (@points)
		{
			my ($px, $py) = ($xat->($point->[0]), $yat->($point->[$column]));
			$svg .= $s % 3 == 0 ? sprintf qq{<circle cx="%.1f" cy="%.1f" r="4" fill="%s"/>\n}, $px, $py, $colour
			  : $s % 3 == 1 ? sprintf qq{<rect x="%.1f" y="%.1f" width="7" height="7" fill="%s"/>\n}, $px - 3.5, $py - 3.5, $colour
			  : sprintf qq{<polygon points="%.1f,%.1f %.1f,%.1f %.1f,%.1f" fill="%s"/>\n}, $px, $py - 5, $px - 5, $py + 4, $px + 5, $py + 4, $colour;
		}
	}
	$svg .= text($left, $bottom + 42, $axis);
	return ($svg, $bottom + 54);
}

sub picture
{
	my ($kind, $title, $axis, $names, $rows) = @_;
	my ($inner, $height) = $kind =~ /^(?:bars|stacks|dots)$/ ? draw_rows($kind, $names, $rows, $axis) : draw_lines($kind, $names, $rows, $axis);
	return sprintf(qq{<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %.0f" width="%d" height="%.0f" font-family="system-ui, 'DejaVu Sans', sans-serif" font-size="13" fill="%s" role="img">\n},
		$width, $height, $width, $height, $ink)
	  . '<title>' . escape($title) . "</title>\n" . sprintf(qq{<rect width="%d" height="%.0f" fill="#FFFFFF"/>\n}, $width, $height)
	  . text(14, 26, $title, more => 'font-size="16" font-weight="bold"') . $inner . "</svg>\n";
}

# Rows of a query, NULL as undef
sub query
{
	my ($sql) = @_;
	my $null = "\x{1}";
	$sql =~ s/;\s*\z//;
	open my $pipe, '-|:utf8', $psql, '-XqA', '-F', "\x{2}", '-R', "\x{3}", '-P', "null=$null", '-P', 'footer=off', '-v', 'ON_ERROR_STOP=1', '-c', $sql or die "cannot start $psql: $!\n";
	my $out = do { local $/; <$pipe> } // '';
	close $pipe or die "the query fails:\n$sql\n";
	$out =~ s/\n\z//;
	my ($head, @rows) = map { [ map { $_ eq $null ? undef : $_ } split /\x{2}/, $_, -1 ] } split /\x{3}/, $out;
	return ($head, \@rows);
}

my $check = @ARGV && $ARGV[0] eq '--check' && shift @ARGV;
die "usage: $0 [--check] FILE.md …; see its head\n" unless @ARGV;
my $stale = 0;
$ENV{PGCLIENTENCODING} = 'UTF8';
for my $file (@ARGV)
{
	my $folder = $file =~ s{[^/]*$}{pictures}r;
	open my $handle, '<:utf8', $file or die "cannot read $file: $!\n";
	my ($sql, $inside);
	while (my $row = <$handle>)
	{
		if ($row =~ /^```sql\s*$/) { $sql = ''; $inside = 1 }
		elsif ($row =~ /^```/) { $inside = 0 }
		elsif ($inside) { $sql .= $row }
		elsif ($row =~ /^<!-- picture: (\S+) (bars|stacks|dots|lines|bands) "([^"]*)" "([^"]*)" -->\s*$/)
		{
			my ($name, $kind, $title, $axis) = ($1, $2, $3, $4);
			die "$file line $.: no sql block before the picture\n" unless defined $sql;
			my ($names, $rows) = query($sql);
			die "$file line $.: the query of $name gives no rows\n" unless @$rows;
			my $svg = picture($kind, $title, $axis, $names, $rows);
			if ($check)
			{
				my $there = -e "$folder/$name.svg" ? do { open my $old, '<:utf8', "$folder/$name.svg" or die; local $/; <$old> } : '';
				if ($there ne $svg) { print "$folder/$name.svg is not what the query gives; run: docs/check.pl --update $file\n"; $stale = 1 }
				next;
			}
			mkdir $folder;
			open my $out, '>:utf8', "$folder/$name.svg" or die "cannot write $folder/$name.svg: $!\n";
			print $out $svg;
			close $out or die "cannot write $folder/$name.svg: $!\n";
			print "$folder/$name.svg\n";
		}
		elsif ($row =~ /^<!-- picture:/) { die "$file line $.: this line is not understood: $row" }
	}
}
exit $stale;
