# What the TAP tests share: servers that look for the extension in the staging folder first. The rest is PostgreSQL's own PostgreSQL::Test::Cluster.
package ByudvTest;

use strict;
use warnings;
use Exporter 'import';
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;

our @EXPORT = qw(new_server new_database dump_database restore_database catalog_of own_rows with_release);

# A server with the extension at hand but not created. new_server('main', conf => "line\n", init => [allows_streaming => 1], start => 0)
sub new_server
{
	my ($name, %options) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name);
	$node->init(extra => [ '--locale=C', '--encoding=UTF8' ], @{ $options{init} || [] });
	$node->append_conf('postgresql.conf', $ENV{BYUDV_CONF} . "\n" . ($options{conf} || ''));
	$node->start if $options{start} // 1;
	return $node;
}

# new_database($node, 'name', encoding => 'LATIN1', locale => 'da_DK.ISO-8859-1', extension => 0)
sub new_database
{
	my ($node, $name, %options) = @_;
	my $encoding = $options{encoding} || 'UTF8';
	my $locale = $options{locale} || 'C';
	$node->safe_psql('postgres',
		"CREATE DATABASE $name TEMPLATE template0 ENCODING '$encoding' LC_COLLATE '$locale' LC_CTYPE '$locale'");
	$node->safe_psql($name, 'CREATE EXTENSION byudv') if $options{extension} // 1;
	return $name;
}

# A plain pg_dump, as text
sub dump_database
{
	my ($node, $database, @options) = @_;
	my ($stdout, $stderr) =
	  run_command([ 'pg_dump', @options, '-d', $node->connstr($database) ]);
	die "pg_dump: $stderr" if $stderr =~ /error/;
	return $stdout;
}

# Runs a plain dump in a new, empty database, stopping at the first error
sub restore_database
{
	my ($node, $database, $dump) = @_;
	new_database($node, $database, extension => 0);
	$node->safe_psql($database, $dump);
	return $database;
}

# What the extension consists of, as text and without OIDs: for comparing a fresh with an updated or restored one
sub catalog_of
{
	my ($node, $database) = @_;
	return $node->safe_psql($database, <<'SQL');
SET search_path = '';
SELECT pg_describe_object(d.classid, d.objid, d.objsubid) AS object,
       CASE d.classid
         WHEN 'pg_proc'::regclass THEN (SELECT pg_get_functiondef(p.oid) FROM pg_proc p WHERE p.oid = d.objid AND p.prokind <> 'a')
         WHEN 'pg_class'::regclass THEN (SELECT string_agg(format('%s %s%s %s', a.attname, format_type(a.atttypid, a.atttypmod),
                CASE WHEN a.attnotnull THEN ' not null' ELSE '' END, pg_get_expr(f.adbin, f.adrelid)), ', ' ORDER BY a.attname)
              FROM pg_attribute a LEFT JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
              WHERE a.attrelid = d.objid AND a.attnum > 0 AND NOT a.attisdropped)
       END AS definition,
       obj_description(d.objid, d.classid::regclass::name) AS comment
  FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
 WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND e.extname = 'byudv'
 ORDER BY 1;
SELECT conrelid::regclass, conname, pg_get_constraintdef(c.oid) FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
 WHERE n.nspname = 'byudv' ORDER BY 1::text, 2;
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'byudv' ORDER BY 1;
SELECT tgrelid::regclass::text, tgname, tgenabled, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'byudv' AND NOT tgisinternal ORDER BY 1, 2;
SQL
}

# Statements that add rows of a user's own to all seven tables. Every row needs another: the pattern the kind, the use code the type, the rule a tenure, a kind, a type,
# an owner code, an insurance code and a support code of the user's own.
sub own_rows
{
	return <<'SQL';
INSERT INTO byudv.tenure_code (code, label_da, label_en, sort_order) VALUES ('borg', 'Borg æøå', 'Castle', 5);
INSERT INTO byudv.owner_kind_code (code, label_da, label_en) VALUES ('kongelig', 'Kongelig', 'Royal');
INSERT INTO byudv.dwelling_type_code (code, label_da, label_en) VALUES ('slot', 'Slot', 'Castle');
INSERT INTO byudv.register_code (list, code, label_da, label_en) VALUES ('owner_code', '15', 'Kongehuset', 'The royal family'),
    ('defect_insurance', '13', 'Andet', 'Other'), ('public_support', '99', 'Andet', 'Other'), ('norm', 'egen', 'Vores egen', 'Our own');
INSERT INTO byudv.use_code (domain, code, label_da, dwelling_type) VALUES ('building', 2000, 'Slot', 'slot'), ('unit', 120, 'Erstattet', 'slot');
INSERT INTO byudv.owner_pattern (pattern, match, owner_kind, organisation) VALUES ('Prøve Kronen', 'phrase', 'kongelig', 'Kronen "og" \slottet'),
    ('aps', 'word', 'church', NULL), ('a/s', 'word', 'company', NULL);
UPDATE byudv.owner_pattern SET enabled = false WHERE pattern = 'a/s' AND NOT is_builtin;
INSERT INTO byudv.tenure_rule (norm, rule_id, priority, owner_codes, use_classes, owner_kinds, insurance_codes, support_codes, tenure, certainty, reason) VALUES
    ('egen', 1, 1, '{15,NULL}', '{slot}', '{kongelig,NULL}', '{13}', '{99,NULL}', 'borg', 'high', 'Ejeren er {owner} æøå.'),
    ('corrected', 32, 32, '{20}', NULL, NULL, NULL, NULL, 'borg', 'low', 'Erstattet.');
SQL
}

# The settings of BYUDV_CONF for a server that can also install released versions: with a copy of the staging folder which has their scripts, with_release([ '1.0' ]), and
# other scripts, name => content. Nothing where the server has no setting for a staging folder.
sub with_release
{
	my ($versions, %files) = @_;
	my ($share, $library) = map { chomp(my $path = `pg_config --$_`); $path } qw(sharedir pkglibdir);
	my ($stage) = $ENV{BYUDV_CONF} =~ /^dynamic_library_path = '(.*)\Q$library\E:/m or return;
	my $copy = PostgreSQL::Test::Utils::tempdir();
	system_or_bail('cp', '-R', ($stage =~ s/''/'/gr) . '/.', $copy);
	for my $name (map { "byudv--$_.sql" } @$versions)
	{
		$files{$name} = slurp_file("$ENV{PG_ABS_SRCDIR}/releases/$name") unless -e "$copy$share/extension/$name";
	}
	append_to_file("$copy$share/extension/$_", $files{$_}) for sort keys %files;
	return $ENV{BYUDV_CONF} =~ s/\Q$stage\E/$copy/gr;
}

1;
