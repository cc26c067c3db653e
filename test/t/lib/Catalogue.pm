# What an extension consists of, column by column of the system catalogues, and how two databases differ in it. Nothing is picked out: every catalogue that knows its
# objects is read whole, with names instead of OIDs, so that also what nobody thought of is compared.
package Catalogue;

use strict;
use warnings;
use Exporter 'import';

our @EXPORT = qw(catalogue_facts catalogue_facts_after catalogue_differences);

# Which rows of a catalogue belong to an object, and the object they are told under; the others have an OID of their own.
my %ROWS = (
	pg_aggregate => [ 'pg_proc', 'c.aggfnoid', '0' ],
	pg_attribute => [ 'pg_class', 'c.attrelid', 'c.attnum' ],
	pg_index => [ 'pg_class', 'c.indexrelid', '0' ],
	pg_enum => [ 'pg_type', 'c.enumtypid', '0' ],
	pg_range => [ 'pg_type', 'c.rngtypid', '0' ],
	map { ($_ => [ $_, 'c.oid', '0' ]) } qw(pg_am pg_amop pg_amproc pg_attrdef pg_cast pg_class pg_collation pg_constraint pg_conversion pg_event_trigger pg_extension pg_language pg_namespace
	  pg_opclass pg_operator pg_opfamily pg_policy pg_proc pg_rewrite pg_statistic_ext pg_transform pg_trigger pg_type)
);

# Expressions are kept as trees with OIDs in them: the server writes them out.
my %WRITTEN = (
	'pg_attrdef.adbin' => 'pg_get_expr(c.adbin, c.adrelid)',
	'pg_class.relpartbound' => 'pg_get_expr(c.relpartbound, c.oid)',
	'pg_constraint.conbin' => 'pg_get_constraintdef(c.oid)',
	'pg_index.indexprs' => 'pg_get_indexdef(c.indexrelid)',
	'pg_index.indpred' => 'pg_get_expr(c.indpred, c.indrelid)',
	'pg_policy.polqual' => 'pg_get_expr(c.polqual, c.polrelid)',
	'pg_policy.polwithcheck' => 'pg_get_expr(c.polwithcheck, c.polrelid)',
	'pg_proc.proargdefaults' => 'pg_get_expr(c.proargdefaults, 0)',
	'pg_proc.prosqlbody' => 'pg_get_function_sqlbody(c.oid)',
	'pg_rewrite.ev_action' => 'pg_get_ruledef(c.oid)',
	'pg_rewrite.ev_qual' => 'NULL',
	'pg_statistic_ext.stxexprs' => 'pg_get_statisticsobjdef(c.oid)',
	'pg_trigger.tgqual' => 'pg_get_triggerdef(c.oid)',
	'pg_type.typdefaultbin' => 'pg_get_expr(c.typdefaultbin, 0)',
);

# What has to do with where and when rows were written, not with what they say
my $PASSING = qr/^(oid|relfilenode|relpages|reltuples|relallvisible|relallfrozen|relfrozenxid|relminmxid|relrewrite|atthasmissing|attmissingval|indcheckxmin)$/;

my $query;

# The query for all of it, made of what this server's catalogues have
sub facts_query
{
	my ($node, $database) = @_;
	return $query if $query;
	my (%columns, %names);
	for (split /\n/, $node->safe_psql($database, <<'SQL'))
SELECT a.attrelid::regclass, a.attname, format_type(a.atttypid, NULL), k.pktable, k.is_array
  FROM pg_attribute a LEFT JOIN pg_get_catalog_foreign_keys() k ON k.fktable = a.attrelid AND k.fkcols = ARRAY[a.attname::text] AND k.pkcols = '{oid}'
 WHERE a.attrelid < 16384 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum;
SQL
	{
		my ($catalogue, $column, $type, $referenced, $is_array) = split /\|/;
		next if !$ROWS{$catalogue} || $column =~ $PASSING;
		my $name = "(SELECT i.identity FROM pg_identify_object('$referenced'::regclass, %s, 0) i)";
		push @{ $columns{$catalogue} }, "('$column', " . (
			$WRITTEN{"$catalogue.$column"} ? $WRITTEN{"$catalogue.$column"}
			: $type eq 'pg_node_tree' ? die "no way is known to write out $catalogue.$column"
			: $referenced && $is_array eq 't' ? sprintf("(SELECT string_agg($name, ', ' ORDER BY n) FROM unnest(c.${column}::oid[]) WITH ORDINALITY u (o, n))", 'u.o')
			: $referenced ? sprintf("CASE WHEN c.$column <> 0 THEN $name END", "c.$column")
			: $type eq 'aclitem[]' ? "(SELECT string_agg(u::text, ', ' ORDER BY u::text) FROM unnest(c.${column}) u)"
			: "c.${column}::text") . ')';
	}
	my @parts = map {
		my ($class, $oid, $sub) = @{ $ROWS{$_} };
		my $where = $_ eq 'pg_trigger' ? 'WHERE NOT c.tgisinternal' : '';    # those of foreign keys
		"SELECT m.class, m.oid, $sub AS sub, v.facet, v.value FROM member m JOIN $_ c ON m.class = '$class'::regclass AND m.oid = $oid CROSS JOIN LATERAL (VALUES "
		  . join(', ', @{ $columns{$_} }) . ") v (facet, value) $where"
	} sort keys %columns;
	$query = <<"SQL";
COPY (
WITH RECURSIVE member (class, oid) AS MATERIALIZED (
    SELECT 'pg_extension'::regclass::oid, e.oid FROM pg_extension e WHERE e.extname = 'byudv'
    UNION SELECT d.classid, d.objid FROM member m JOIN pg_depend d ON d.refclassid = m.class AND d.refobjid = m.oid AND d.deptype IN ('e', 'a', 'i', 'P', 'S')
        AND NOT (d.classid = 'pg_class'::regclass AND EXISTS (SELECT FROM pg_class c WHERE c.oid = d.objid AND c.relnamespace = 'pg_toast'::regnamespace))
), fact AS (
    @{[ join "\n    UNION ALL ", @parts ]}
    UNION ALL SELECT m.class, m.oid, d.objsubid, 'comment', d.description FROM member m JOIN pg_description d ON d.classoid = m.class AND d.objoid = m.oid
    UNION ALL SELECT m.class, m.oid, p.objsubid, 'privileges to begin with', (SELECT string_agg(u::text, ', ' ORDER BY u::text) FROM unnest(p.initprivs) u)
        FROM member m JOIN pg_init_privs p ON p.classoid = m.class AND p.objoid = m.oid
    UNION ALL SELECT m.class, m.oid, d.objsubid, format('dependency (%s) on %s %s', d.deptype, i.type, i.identity), count(*)::text
        FROM member m JOIN pg_depend d ON d.classid = m.class AND d.objid = m.oid CROSS JOIN pg_identify_object(d.refclassid, d.refobjid, d.refobjsubid) i GROUP BY 1, 2, 3, 4
)
SELECT i.type || ' ' || i.identity, f.facet, regexp_replace(f.value, 'pg_toast_\\d+|pg_attver=\\d+', '(number)')
  FROM fact f CROSS JOIN pg_identify_object(f.class, f.oid, f.sub) i WHERE f.value IS NOT NULL ORDER BY 1, 2, 3
) TO STDOUT;
SQL
	# its built-in rows; a table without that column has nothing else
	$query .= "SELECT format(\$\$COPY (SELECT %L, to_jsonb(t) - 'is_builtin', 'there' FROM %s t WHERE coalesce((to_jsonb(t) ->> 'is_builtin')::boolean, true)) TO STDOUT\$\$, 'built-in row of ' || c.oid::regclass, c.oid::regclass)
  FROM pg_class c JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e' JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'byudv'
 WHERE d.refclassid = 'pg_extension'::regclass AND c.relkind = 'r' ORDER BY c.relname \\gexec\n";
	return $query;
}

# { object => { facet => value } }
sub catalogue_facts { return catalogue_facts_after(@_, '') }

# The same after statements, which are taken back
sub catalogue_facts_after
{
	my ($node, $database, $change) = @_;
	my $printed = $node->safe_psql($database,
		"SET client_min_messages = warning;\nSET client_encoding = 'UTF8';\nBEGIN;\n$change;\nSET LOCAL search_path = '';\n" . facts_query($node, $database) . "ROLLBACK;\n");
	my %facts;
	for (split /\n/, $printed)
	{
		my ($object, $facet, $value) = split /\t/;
		$facts{$object}{$facet} = exists $facts{$object}{$facet} ? "$facts{$object}{$facet}, $value" : $value;
	}
	return \%facts;
}

# A line of words for each difference: catalogue_differences(fresh => $facts, updated => $others)
sub catalogue_differences
{
	my ($name_a, $a, $name_b, $b) = @_;
	my @said;
	for my $object (sort keys %{ { %$a, %$b } })
	{
		if (!$a->{$object} || !$b->{$object})
		{
			push @said, sprintf '%s is in the %s one only', $object, $a->{$object} ? $name_a : $name_b;
			next;
		}
		for my $facet (sort keys %{ { %{ $a->{$object} }, %{ $b->{$object} } } })
		{
			my ($x, $y) = map { $_->{$object}{$facet} } $a, $b;
			if (!defined $x || !defined $y) { push @said, sprintf '%s: %s is in the %s one only', $object, $facet, defined $x ? $name_a : $name_b }
			elsif ($x ne $y) { push @said, sprintf '%s: %s is %s in the %s one, and %s in the %s one', $object, $facet, excerpts($x, $y, $name_a, $name_b) }
		}
	}
	return @said;
}

# Of long values the lines that differ first
sub excerpts
{
	my ($x, $y, $name_a, $name_b) = @_;
	my @x = split /\\n/, $x, -1;
	my @y = split /\\n/, $y, -1;
	while (@x > 1 && @y > 1 && $x[0] eq $y[0]) { shift @x; shift @y }
	my ($short_x, $short_y) = map { length > 200 ? substr($_, 0, 200) . ' ...' : $_ } $x[0], $y[0];
	return ("\"$short_x\"", $name_a, "\"$short_y\"", $name_b);
}

1;
