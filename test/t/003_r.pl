# Fresh random sets against R itself: a million left-truncated rows, tiny early risk sets, ties, groups. Skipped where R or a package is absent.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ByudvTest;

plan skip_all => 'R with package survival is not installed' if system('Rscript -e "library(survival)" >/dev/null 2>&1') != 0;

my $folder = PostgreSQL::Test::Utils::tempdir();
my $r = "$folder/reference.R";
open my $file, '>', $r or die $!;
print $file <<'R';
suppressMessages(library(survival))
folder <- commandArgs(TRUE)[1]
options(digits = 17)
set.seed(20261123)
number <- function(x) ifelse(is.na(x) | is.nan(x), "", sprintf("%.17g", x))
save <- function(name, frame, append = FALSE) write.table(as.data.frame(lapply(frame, function(x) if (is.numeric(x)) number(x) else x)),
  file.path(folder, name), sep = ",", quote = FALSE, row.names = FALSE, col.names = FALSE, append = append, na = "")
make <- function(set, n, days, late, groups) {
  entry <- ifelse(runif(n) < late, ceiling(runif(n) * days / 2), 0)
  exit <- entry + ceiling(rexp(n) * days / 5)
  keep <- exit <= days
  exit[!keep] <- days
  entry <- pmin(entry, days - 1)
  data.frame(set = set, entry = entry, exit = exit, cause = ifelse(keep & runif(n) < 0.7, 1 + (runif(n) < 0.3), 0), grp = sample(groups, n, TRUE))
}
sets <- list(make("large", 1000000, 7305, 0.6, 3), make("small", 60, 20, 0.9, 2), make("ties", 500, 12, 0.5, 6), make("untruncated", 3000, 4000, 0, 4),
  make("long", 400, 2147483647, 0.5, 2), make("tiny", 15, 400, 1, 2))
first <- TRUE
for (d in sets) {
  s <- d$set[1]
  d$event <- as.integer(d$cause > 0)
  save("obs.csv", d[c("set", "entry", "exit", "event", "cause", "grp")], !first)
  curves <- list()
  for (type in c("log", "log-log", "plain")) for (conf in c(0.95, 0.8)) {
    if (s == "large" && conf == 0.8) next
    f <- survfit(Surv(entry, exit, event) ~ 1, d, conf.type = type, conf.int = conf, timefix = FALSE)
    save("curve.csv", data.frame(set = s, type = type, conf = conf, time = f$time, n = f$n.risk, d = f$n.event, c = f$n.censor, surv = f$surv,
      se = ifelse(f$surv > 0, f$surv * f$std.err, NA), lower = f$lower, upper = f$upper, hazard = f$cumhaz), !(first & type == "log" & conf == 0.95))
    for (q in c(0.05, 0.25, 0.5, 0.6, 0.75, 0.9)) {
      v <- quantile(f, q)
      save("quantile.csv", data.frame(set = s, type = type, conf = conf, q = q, e = v$quantile, l = v$lower, u = v$upper), !(first & type == "log" & conf == 0.95 & q == 0.05))
    }
  }
  start <- as.numeric(quantile(d$exit, 0.3, type = 1))
  f <- survfit(Surv(entry, exit, event) ~ 1, d, start.time = start, timefix = FALSE)
  save("start.csv", data.frame(set = s, start = start, time = f$time, n = f$n.risk, surv = f$surv, lower = f$lower, upper = f$upper), !first)
  # the log-rank test by definition; without truncation R's own
  g <- sort(unique(d$grp)); times <- sort(unique(d$exit[d$event == 1])); k <- length(g)
  at <- function(x) { t0 <- sort(x$entry[x$entry > 0]); t1 <- sort(x$exit); sum(x$entry == 0) + findInterval(times - 1, t0) - findInterval(times - 1, t1) }
  n <- sapply(g, function(i) at(d[d$grp == i, ])); dim(n) <- c(length(times), k)
  o <- sapply(g, function(i) tabulate(match(d$exit[d$event == 1 & d$grp == i], times), length(times))); dim(o) <- c(length(times), k)
  N <- rowSums(n); D <- rowSums(o); w <- ifelse(N > 1, D * (N - D) / (N - 1), 0); p <- n / N
  V <- -t(p) %*% (w * p); diag(V) <- colSums(w * p * (1 - p))
  u <- colSums(o - D * p)
  chi <- as.numeric(u[-1] %*% solve(V[-1, -1, drop = FALSE], u[-1]))
  if (all(d$entry == 0)) stopifnot(abs(chi - survdiff(Surv(exit, event) ~ grp, d)$chisq) < 1e-9 * chi)
  save("log_rank.csv", data.frame(set = s, grp = g, chi = chi, df = k - 1, p = pchisq(chi, k - 1, lower.tail = FALSE), observed = colSums(o), expected = colSums(D * p)), !first)
  first <- FALSE
}
events <- c(0, 1, 2, 10, 1e3, 1e5, 999999, 1e6, 1e7, 1e9)
for (conf in c(0.5, 0.95, 0.9999)) save("poisson.csv", data.frame(events = events, conf = conf, lower = ifelse(events == 0, 0, qchisq((1 - conf) / 2, 2 * events) / 2),
  upper = qchisq((1 - conf) / 2, 2 * events + 2, lower.tail = FALSE) / 2), conf != 0.5)
if (suppressWarnings(suppressMessages(require(etm, quietly = TRUE)))) {
  tra <- matrix(FALSE, 3, 3); tra[1, 2:3] <- TRUE
  for (d in sets[c(3, 4)]) {
    x <- data.frame(id = seq_len(nrow(d)), from = 0, to = ifelse(d$cause == 0, "cens", d$cause), entry = d$entry, exit = d$exit)
    e <- etm(x, c("0", "1", "2"), tra, "cens", 0)
    for (k in 1:2) save("aj.csv", data.frame(set = d$set[1], cause = k, time = e$time, p = e$est[1, k + 1, ], se = sqrt(pmax(0, e$cov[paste(0, k), paste(0, k), ]))), file.exists(file.path(folder, "aj.csv")))
  }
} else cat("", file = file.path(folder, "aj.csv"))
R
close $file;
command_ok([ 'Rscript', $r, $folder ], 'R computes');

my $node = new_server('main', conf => "max_parallel_workers_per_gather = 4\nmin_parallel_table_scan_size = 0\nparallel_setup_cost = 0\nparallel_tuple_cost = 0\n");
new_database($node, 'r');
my %tables = (
	obs => 'set text, entry int, exit int, event int, cause int, grp text',
	curve => 'set text, type text, conf float8, "time" int, n bigint, d bigint, c bigint, surv float8, se float8, lower float8, upper float8, hazard float8',
	quantile => 'set text, type text, conf float8, q float8, e float8, l float8, u float8',
	start => 'set text, start int, "time" int, n bigint, surv float8, lower float8, upper float8',
	log_rank => 'set text, grp text, chi float8, df int, p float8, observed float8, expected float8',
	poisson => 'events bigint, conf float8, lower float8, upper float8',
	aj => 'set text, cause int, "time" int, p float8, se float8');
for my $table (sort keys %tables)
{
	$node->safe_psql('r', "CREATE TABLE $table ($tables{$table}); COPY $table FROM '$folder/$table.csv' (FORMAT csv)");
}
$node->safe_psql('r', <<'SQL');
CREATE FUNCTION off(a float8, b float8) RETURNS boolean LANGUAGE sql IMMUTABLE AS
    $$SELECT CASE WHEN a IS NULL OR b IS NULL THEN (a IS NULL) <> (b IS NULL) ELSE abs(a - b) > 1e-10 * abs(b) + 1e-300 END$$;
ANALYZE;
CREATE TABLE s AS SELECT set, byudv.survival_agg(entry, exit, event = 1) AS s FROM obs GROUP BY set;
CREATE TABLE g AS SELECT set, grp, byudv.survival_agg(entry, exit, event = 1) AS s FROM obs GROUP BY set, grp;
SQL

sub agrees
{
	my ($what, $sql) = @_;
	my ($compared, $off, $first) = split /\|/, $node->safe_psql('r',
		"SELECT count(*), count(*) FILTER (WHERE off), (array_agg(x::text) FILTER (WHERE off))[1] FROM ($sql) x");
	ok($compared > 0 && $off == 0, "$what: $compared compared, $off off") or diag $first;
	return;
}

agrees('curves', q{SELECT r.*, c.*, r.set IS NULL OR c.set IS NULL OR (r.n, r.d, r.c) IS DISTINCT FROM (c.at_risk, c.events, c.censored) OR off(c.survival, r.surv)
    OR off(c.std_error, r.se) OR off(c.lower, r.lower) OR off(c.upper, r.upper) OR off(c.cumulative_hazard, r.hazard) AS off
    FROM curve r FULL JOIN (SELECT s.set, t.type AS kind, k.conf AS confidence, c.* FROM s, (VALUES ('log'), ('log-log'), ('plain')) t (type), (VALUES (0.95), (0.8)) k (conf),
    byudv.survival_curve(s.s, k.conf, t.type) c WHERE s.set <> 'large' OR k.conf = 0.95) c ON (r.set, r.type, r.conf, r.time) = (c.set, c.kind, c.confidence, c.time)});
agrees('quantiles', q{SELECT r.*, q.*, off(q.estimate, r.e) OR off(q.lower, r.l) OR off(q.upper, r.u) AS off FROM quantile r JOIN s USING (set),
    byudv.survival_quantile(s.s, r.q, r.conf, r.type) q});
agrees('curves from a start time', q{SELECT r.*, c.*, c.set IS NULL OR r.set IS NULL OR r.n <> c.at_risk OR off(c.survival, r.surv) OR off(c.lower, r.lower) OR off(c.upper, r.upper) AS off
    FROM start r FULL JOIN (SELECT b.set, c.* FROM (SELECT DISTINCT set, start FROM start) b JOIN s USING (set), byudv.survival_curve(s.s, start_time => b.start) c) c
    ON (c.set, c.time) = (r.set, r.time)});
agrees('log-rank tests', q{SELECT r.*, t.*, x.*, off(t.chi_square, r.chi) OR t.df <> r.df OR off(t.p_value, r.p) OR x.observed <> r.observed OR off(x.expected, r.expected) AS off
    FROM log_rank r JOIN (SELECT set, array_agg(grp ORDER BY grp) AS names, array_agg(s ORDER BY grp) AS groups FROM g GROUP BY set) a USING (set),
    byudv.log_rank(VARIADIC a.groups) t, byudv.log_rank_groups(VARIADIC a.groups) x WHERE a.names[x.group_number] = r.grp});
agrees('Poisson limits', q{SELECT r.*, t.*, off(t.lower, r.lower) OR off(t.upper, r.upper) AS off FROM poisson r, LATERAL (SELECT byudv.survival_agg(e.entry, e.exit, e.event, e.n) AS s
    FROM (VALUES (0, 1, true, r.events), (0, 1, false, greatest(1 - r.events, 0))) e (entry, exit, event, n)) x,
    byudv.turnover_rate(x.s, greatest(r.events, 1), r.conf) t});
agrees('roll-up of groups is the whole', q{SELECT s.set, s.s OPERATOR(byudv.<>) (SELECT byudv.rollup(g.s) FROM g WHERE g.set = s.set) AS off FROM s});
SKIP:
{
	skip 'R package etm is not installed', 1 if $node->safe_psql('r', 'SELECT count(*) FROM aj') == 0;
	agrees('Aalen-Johansen, with left truncation', q{SELECT r.*, c.*, c.set IS NULL OR off(c.incidence, r.p) OR abs(c.std_error - r.se) > 1e-8 * r.se + 1e-10 * (r.p = 0)::int AS off FROM aj r LEFT JOIN
        (SELECT o.set, c.* FROM (SELECT set, byudv.competing_risks_agg(entry, exit, cause) AS c FROM obs GROUP BY set) o, byudv.cumulative_incidence(o.c) c) c
        ON (c.set, c.cause, c.time) = (r.set, r.cause, r.time) WHERE r.time IN (SELECT exit FROM obs WHERE obs.set = r.set)});
}
done_testing();
