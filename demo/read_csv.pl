#!/usr/bin/perl
# read_csv.pl - reads one CSV file by its header line and writes the columns asked for as COPY text.
#
#   perl read_csv.pl SOURCE FILE NOTES COLUMN...
#
# Standard output: line number, then one field for each COLUMN (\N where the file has none).  COLUMN is a
# header name in lower case, or several with | between them: the first one that the header has is taken.
# NOTES: what the reader saw (rows, separator, missing columns, rows left out), as COPY text for demo.load_note.
#
# Knows: any column order, BOM, UTF-16, comma / semicolon / tab / bar, quoted fields with separators and line
# breaks in them, CRLF, lines that are not UTF-8 (read as Windows-1252), the word NULL.  A row that cannot be
# read is left out and noted, and reading goes on with the next line.  No modules: Debian's perl-base is enough.
use strict;
use warnings;

my ($source, $file, $notes_file, @wanted) = @ARGV;
die "usage: read_csv.pl SOURCE FILE NOTES COLUMN...\n" unless @wanted;

my $MAX_RECORD_LINES = 200;    # a quoted field longer than this is a quote that was never closed

(my $base = $file) =~ s{.*/}{};
open(my $notes, '>', $notes_file) or die "cannot write $notes_file: $!\n";
binmode STDOUT;
binmode $notes;

my %win1252 = (
    0x80 => 0x20AC, 0x82 => 0x201A, 0x84 => 0x201E, 0x85 => 0x2026, 0x91 => 0x2018, 0x92 => 0x2019,
    0x93 => 0x201C, 0x94 => 0x201D, 0x95 => 0x2022, 0x96 => 0x2013, 0x97 => 0x2014, 0x99 => 0x2122,
);
my ($lines_read, $not_utf8, $nul_bytes) = (0, 0, 0);
my (%left_out, %left_out_example);
my @pushed_back;

sub escape {
    my ($s) = @_;
    return '\N' unless defined $s;
    $s =~ s/\\/\\\\/g;
    $s =~ s/\t/\\t/g;
    $s =~ s/\n/\\n/g;
    $s =~ s/\r/\\r/g;
    return $s;
}

sub note {
    my ($kind, $what, $n, $example) = @_;
    print $notes join("\t", map { escape($_) } $source, $base, $kind, $what, $n, $example), "\n";
}

sub leave_out {
    my ($reason, $line_no, $text) = @_;
    $left_out{$reason}++;
    $left_out_example{$reason} //= "line $line_no: " . shorten($text);
}

# Cut on a character, not in the middle of one.
sub shorten {
    my ($bytes) = @_;
    utf8::decode($bytes);
    $bytes = substr($bytes, 0, 60);
    utf8::encode($bytes);
    return $bytes;
}

open(my $in, '<', $file) or die "cannot read $file: $!\n";
binmode $in;
my $bom = '';
read($in, $bom, 2);
if ($bom eq "\xFF\xFE" or $bom eq "\xFE\xFF") {
    close $in;
    open($in, '-|', 'iconv', '-f', 'UTF-16', '-t', 'UTF-8', $file) or die "cannot run iconv: $!\n";
    binmode $in;
    note('remark', 'UTF-16, converted to UTF-8', undef, undef);
}
else {
    seek($in, 0, 0) or die "cannot rewind $file: $!\n";
}

sub next_line {
    return @{ shift @pushed_back } if @pushed_back;
    my $line = <$in>;
    return unless defined $line;
    $lines_read++;
    $line =~ s/\A\xEF\xBB\xBF// if $lines_read == 1;
    $line =~ s/\r?\n\z//;
    $nul_bytes += ($line =~ tr/\0//d);
    my $copy = $line;
    unless (utf8::decode($copy)) {
        $not_utf8++;
        $line = join '', map { chr($win1252{ ord $_ } // ord $_) } split //, $line;
        utf8::encode($line);
    }
    return ($line, $lines_read);
}

# Splits one record.  Returns ('ok', fields), ('more') when a quoted field goes on, or ('bad', reason).
sub split_record {
    my ($record, $sep) = @_;
    return ('ok', map { [ $_, 0 ] } split(/\Q$sep\E/, $record, -1)) if index($record, '"') < 0;
    my @fields;
    pos($record) = 0;
    while (1) {
        if ($record =~ /\G"/gc) {
            return ('more') unless $record =~ /\G((?:[^"]++|"")*+)"/gc;
            (my $value = $1) =~ s/""/"/g;
            push @fields, [ $value, 1 ];
        }
        else {
            $record =~ /\G([^\Q$sep\E]*)/gc;
            push @fields, [ $1, 0 ];
        }
        return ('ok', @fields) if pos($record) == length $record;
        return ('bad', 'text after a closing quote') unless $record =~ /\G\Q$sep\E/gc;
    }
}

# One logical record: joins physical lines while a quoted field goes on.
sub next_record {
    my ($sep) = @_;
    my ($record, $line_no) = next_line();
    return unless defined $record;
    my @taken;
    my ($state, @rest) = split_record($record, $sep);
    while ($state eq 'more') {
        my ($line, $no) = @taken < $MAX_RECORD_LINES ? next_line() : ();
        unless (defined $line) {
            unshift @pushed_back, @taken;
            return ($line_no, 'bad', $record =~ /\A([^\n]*)/, 'a quote is not closed');
        }
        push @taken, [ $line, $no ];
        $record .= "\n$line";
        ($state, @rest) = split_record($record, $sep);
    }
    if ($state eq 'bad') {
        unshift @pushed_back, @taken;
        return ($line_no, 'bad', $record =~ /\A([^\n]*)/, $rest[0]);
    }
    return ($line_no, 'ok', $record, @rest);
}

sub guess_separator {
    my ($header) = @_;
    (my $bare = $header) =~ s/"[^"]*"//g;
    my ($best, $most) = (',', 0);
    for my $sep (',', ';', "\t", '|') {
        my $n = () = $bare =~ /\Q$sep\E/g;
        ($best, $most) = ($sep, $n) if $n > $most;
    }
    return $best;
}

sub header_name {
    my ($name) = @_;
    utf8::decode($name);
    $name =~ s/\A\s+|\s+\z//g;
    $name = lc $name;
    $name =~ s/\x{e6}/ae/g;
    $name =~ s/\x{f8}/oe/g;
    $name =~ s/\x{e5}/aa/g;
    return $name;
}

my $sep;
my ($first, $first_no) = next_line();
if (defined $first and $first =~ /\A"?sep=(.)"?\z/i) {    # Excel's own first line
    $sep = $1;
    ($first, $first_no) = next_line();
}
unless (defined $first and length $first) {
    note('error', 'the file has no header line', undef, undef);
    exit 0;
}
$sep //= guess_separator($first);
unshift @pushed_back, [ $first, $first_no ];
my ($header_no, $header_state, undef, @header) = next_record($sep);
if ($header_state ne 'ok') {
    note('error', 'the header line cannot be read: ' . $header[0], undef, shorten($first));
    exit 0;
}

my (%position, @take);
for my $i (0 .. $#header) {
    my $name = header_name($header[$i][0]);
    $position{$name} //= $i;
}
for my $wanted (@wanted) {
    my ($found) = grep { exists $position{$_} } split /\|/, $wanted;
    push @take, defined $found ? $position{$found} : undef;
    note('missing column', $wanted, undef, undef) unless defined $found;
}
note('remark', "separator '" . ($sep eq "\t" ? 'tab' : $sep) . "'", undef, undef) if $sep ne ',';

my ($rows, $blank) = (0, 0);
while (my ($line_no, $state, $text, @fields) = next_record($sep)) {
    if ($state eq 'ok' and $text =~ /\A[\s\Q$sep\E]*\z/) {
        $blank++;
        next;
    }
    $rows++;
    if ($state ne 'ok') {
        leave_out($fields[0], $line_no, $text);
        next;
    }
    if (@fields != @header) {
        leave_out(sprintf('%s fields than the header', @fields < @header ? 'fewer' : 'more'), $line_no, $text);
        next;
    }
    my @out = ($line_no);
    for my $at (@take) {
        my $value;
        if (defined $at) {
            my $quoted;
            ($value, $quoted) = @{ $fields[$at] };
            $value =~ s/\A\s+|\s+\z//g;
            undef $value if $value eq '' or (!$quoted and $value eq 'NULL');
        }
        push @out, escape($value);
    }
    print join("\t", @out), "\n";
}
note('rows', 'rows in the file', $rows, undef);
note('left out', $_, $left_out{$_}, $left_out_example{$_}) for sort keys %left_out;
note('remark', 'empty lines skipped', $blank, undef) if $blank;
note('remark', 'lines that are not UTF-8, read as Windows-1252', $not_utf8, undef) if $not_utf8;
note('remark', 'NUL bytes dropped', $nul_bytes, undef) if $nul_bytes;
close STDOUT or die "cannot write: $!\n";
