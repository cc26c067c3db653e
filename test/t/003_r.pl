# Survival curves, quantiles, means, rates, log-rank tests and cumulative incidence of random data, compared with what R says of the same data,
# where Rscript with package survival is installed; cumulative incidence with package etm where that is installed too.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use ByudvTest;

plan skip_all => 'no Rscript with package survival is installed' if system(q{Rscript -e 'library(survival)' >/dev/null 2>&1}) != 0;

my $dir = PostgreSQL::Test::Utils::tempdir();

# R makes the data and writes them, and its answers with 17 digits, to a file a table. Where R has no function (log-rank test with delayed entry or
# weights, more causes than etm takes) the definition is written out. timefix = FALSE: R else takes large times for equal that are not.
my $r = <<'R';
suppressWarnings(suppressPackageStartupMessages(library(survival)))
RNGversion("3.6.0")
set.seed(20231122)
answers <- list()
say <- function(table, ...) answers[[table]] <<- c(answers[[table]], list(data.frame(..., stringsAsFactors = FALSE)))
as_text <- function(x) if (!is.double(x)) x else ifelse(is.na(x), "", sprintf("%.17g", x))
z <- function(confidence) qnorm((1 - confidence) / 2, lower.tail = FALSE)

# of points at[], each counting n, how many lie before t; exact, also where n is large
before <- function(t, at, n) { o <- order(at); c(0, cumsum(as.numeric(n[o])))[findInterval(t, at[o], left.open = TRUE) + 1] }
at_risk <- function(t, d) before(t, ifelse(d$entry == 0, -1, d$entry), d$n) - before(t, d$exit, d$n)
counts <- function(t, d, which) before(t + 1, d$exit[which], d$n[which]) - before(t, d$exit[which], d$n[which])

sets <- list()
add <- function(set, entry, exit, event, n = 1, grp = 1L) {
    d <- data.frame(set, entry = as.integer(entry), exit = as.integer(exit), event = as.integer(event), n, grp, stringsAsFactors = FALSE)
    sets[[set]] <<- d[d$exit > d$entry | d$entry == 0, ]
}
fit <- function(d, conf.type, conf.int, start) {
    d$y <- if (all(d$entry == 0)) Surv(d$exit, d$event) else Surv(d$entry, d$exit, d$event)
    if (start > 0) survfit(y ~ 1, d, n, conf.type = conf.type, conf.int = conf.int, timefix = FALSE, start.time = start)
    else survfit(y ~ 1, d, n, conf.type = conf.type, conf.int = conf.int, timefix = FALSE)
}

ask <- function(set, start = 0, confidence = c(0.95, 0.8), probs = NULL) {
    d <- sets[[set]]
    for (conf in confidence) for (type in c("log", "log-log", "plain")) {
        f <- fit(d, type, conf, start)
        s <- f$surv
        n <- length(s)
        gone <- s == 0
        se <- ifelse(gone, NA, s * f$std.err)
        lower <- ifelse(gone, NA, f$lower)
        upper <- ifelse(gone, NA, f$upper)
        say("curve", set, start, conf, type, time = f$time, f$n.risk, f$n.event, f$n.censor,
            f$n.risk - c(0, (f$n.risk - f$n.event - f$n.censor)[-n]), s, se, lower, upper, f$cumhaz)

        # at a time of the curve, and before and after it
        if (start == 0) {
            t <- f$time[sample.int(n, min(n, 4))]
            t <- unique(pmin(pmax(c(0, t, t - 1, t + 1), 0), f$time[n]))
            i <- findInterval(t, f$time) + 1
            say("single", set, conf, type, t, c(1, s)[i], c(0, se)[i], c(if (type == "log-log") NA else 1, lower)[i],
                c(if (type == "log-log") NA else 1, upper)[i], at_risk(t, d))
        }

        # also where the curve or a limit stands exactly at, or a little beside
        q <- 1 - c(s, f$lower, f$upper)[sample.int(3 * n, min(3 * n, 6))]
        q <- c(1e-6, 0.001, 0.01, 1:19 / 20, 1 / 3, 2 / 3, 0.99, 0.999, 0.5 + c(-1e-7, -1e-9, 1e-9, 1e-7), q, q + 1e-9, q - 1e-7, probs)
        q <- unique(q[!is.na(q) & q > 1e-7 & q < 1 - 1e-7])
        # quantile() forgets that a limit ends when it also has no value at first (it drops the second NA as a duplicate); 1 there changes nothing else
        f$lower[s == 1] <- f$upper[s == 1] <- 1
        k <- quantile(f, q)
        say("quantile", set, start, conf, type, q, k$quantile, k$lower, k$upper)

        # beyond the last time only where the curve stays at 0
        share <- c(0.1, 0.5, 0.9, 1, if (gone[n] && f$time[n] < 1e9) 1.7)
        if (type == "log") for (tau in unique(round(start + (f$time[n] - start) * share))) if (tau >= f$time[1]) {
            m <- summary(f, rmean = tau)$table
            m <- m[grep("rmean", names(m))]
            say("mean", set, start, conf, tau, m[1], m[2], m[1] - z(conf) * m[2], m[1] + z(conf) * m[2])
        }
    }
    for (least in unique(ceiling(max(f$n.risk) * c(1e-9, 0.1, 0.5, 1, 1.1)))) if (start == 0)
        say("start", set, least, f$time[which(f$n.risk >= least)[1]])
    if (start == 0) say("total", set, sum(d$n), sum(f$n.event), sum(f$n.censor), sum(d$n[d$entry > 0]), f$time[1], f$time[n], max(f$n.risk))
}

poisson <- function(set, per = 365.25, confidence = 0.95) {
    d <- sets[[set]]
    events <- sum(d$n[d$event == 1])
    exposure <- sum(d$n * (as.numeric(d$exit) - d$entry)) / per
    tail <- (1 - confidence) / 2
    say("rate", set, per, confidence, events, exposure, events / exposure,
        (if (events > 0) qchisq(tail, 2 * events) / 2 else 0) / exposure, qchisq(tail, 2 * events + 2, lower.tail = FALSE) / 2 / exposure)
}

test <- function(set, survdiff = FALSE) {
    d <- sets[[set]]
    groups <- sort(unique(d$grp))
    t <- sort(unique(d$exit[d$event == 1]))
    by_group <- function(f) matrix(vapply(groups, function(g) f(d[d$grp == g, ]), numeric(length(t))), length(t))
    n_g <- by_group(function(d) at_risk(t, d))
    d_g <- by_group(function(d) counts(t, d, d$event == 1))
    n <- rowSums(n_g)
    dead <- rowSums(d_g)
    p <- n_g / n
    variance <- dead * ifelse(n > 1, (n - dead) / (n - 1), 0)
    v <- diag(colSums(variance * p), length(groups)) - crossprod(p * variance, p)
    excess <- apply(d_g - dead * p, 2, sum) # sum() has digits to spare, colSums() not
    expected <- apply(dead * p, 2, sum)
    use <- which(expected > 0)[-1]
    df <- length(use)
    chi <- sum(excess[use] * solve(v[use, use], excess[use]))
    say("test", set, "definition", chi, df, pchisq(chi, df, lower.tail = FALSE))
    total <- function(which) vapply(groups, function(g) sum(d$n[which & d$grp == g]), 0)
    say("test_group", set, "definition", groups, total(TRUE), total(d$event == 1), expected)
    if (survdiff) {
        f <- survdiff(Surv(exit, event) ~ grp, d)
        df <- sum(f$exp > 0) - 1
        say("test", set, "survdiff", f$chisq, df, pchisq(f$chisq, df, lower.tail = FALSE))
        say("test_group", set, "survdiff", groups, as.double(f$n), f$obs, f$exp)
    }
}

# Cumulative incidence: rows for each time and cause, from values at times with events
risks <- list()
add_risk <- function(set, entry, exit, cause, n = 1) {
    d <- data.frame(set, entry = as.integer(entry), exit = as.integer(exit), cause = as.integer(cause), n, stringsAsFactors = FALSE)
    risks[[set]] <<- d[d$exit > d$entry | d$entry == 0, ]
}
incidence <- function(set, start, conf, cause, times, p, se) {
    d <- risks[[set]]
    t <- sort(unique(d$exit[d$exit >= start]))
    i <- findInterval(t, times) + 1
    p <- c(0, p)[i]
    se <- c(0, se)[i]
    say("incidence", set, start, conf, t, cause, at_risk(t, d), counts(t, d, d$cause == cause), p, se, ifelse(p > 0, p * exp(-z(conf) * se / p), NA),
        ifelse(p > 0, pmin(p * exp(z(conf) * se / p), 1), NA))
}
by_etm <- function(set, start = 0, conf = 0.95) {
    d <- risks[[set]]
    causes <- sort(unique(d$cause[d$cause > 0]))
    k <- length(causes) + 1
    tra <- matrix(FALSE, k, k)
    tra[1, -1] <- TRUE
    states <- as.character(c(0, causes))
    e <- etm::etm(data.frame(id = seq_len(nrow(d)), from = "0", to = ifelse(d$cause == 0, "cens", as.character(d$cause)), entry = d$entry, exit = d$exit),
        states, tra, "cens", max(start - 1, 0))
    for (cause in as.character(causes)) incidence(set, start, conf, as.integer(cause), e$time, e$est["0", cause, ], sqrt(e$cov[paste("0", cause), paste("0", cause), ]))
}
by_definition <- function(set, start = 0, conf = 0.95) {
    d <- risks[[set]]
    t <- sort(unique(d$exit[d$cause > 0 & d$exit >= start]))
    n <- at_risk(t, d)
    dead <- counts(t, d, d$cause > 0)
    s <- c(1, cumprod((n - dead) / n)[-length(t)])
    a <- ifelse(n > dead, dead / (n * (n - dead)), 0)
    for (cause in sort(unique(d$cause[d$cause > 0]))) {
        dk <- counts(t, d, d$cause == cause)
        f <- cumsum(s * dk / n)
        b <- s^2 * (n - dk) * dk / n^3
        c <- s * dk / n^2
        v <- vapply(seq_along(t), function(j) { i <- seq_len(j); g <- f[j] - f[i]; sum(g^2 * a[i] + b[i] - 2 * g * c[i]) }, 0)
        incidence(set, start, conf, cause, t, f, sqrt(pmax(v, 0)))
    }
}

#### curves

n <- 300
add("right censored", 0, round(rexp(n, 1 / 60)), rbinom(n, 1, 0.7))
ask("right censored", confidence = c(0.95, 0.8, 0.999, 0.01))
n <- 2000
entry <- pmax(0, round(runif(n, -1500, 1500)))
add("delayed entry", entry, entry + ceiling(rweibull(n, 0.8, 900)), rbinom(n, 1, 0.6))
ask("delayed entry")
for (start in c(1, 100, 1000, 2500)) ask("delayed entry", start)
# Few at risk at first: the curve soon falls to 0 for good, or nearly
for (i in 1:12) {
    entry <- c(0, 0, sample(0:6, 3, TRUE), round(runif(60, 3, 60)))
    add(paste("tiny risk sets", i), entry, entry + ceiling(rexp(65, 1 / 20)), rbinom(65, 1, 0.7))
    ask(paste("tiny risk sets", i))
    ask(paste("tiny risk sets", i), sample(2:30, 1), 0.95)
}
# Flat stretches at the quantile, limits that rise again, limits that end, events at time 0
for (i in 1:60) {
    n <- sample(2:25, 1)
    entry <- if (i %% 2) integer(n) else sample(0:8, n, TRUE)
    add(paste("small", i), entry, entry + sample((i %% 2 == 0):12, n, TRUE), rbinom(n, 1, sample(c(0.3, 0.6, 0.9), 1)))
    ask(paste("small", i), probs = 1:(n - 1) / n)
    ask(paste("small", i), max(1, sample(sets[[paste("small", i)]]$exit, 1)), 0.95)
}
# Many censored together, few left: the upper limit rises at the next events
for (i in 1:30) {
    n <- c(sample(3:15, 1), sample(3:20, 1), 3)
    add(paste("rising limits", i), 0, c(sample(1:9, n[1], TRUE), rep(10, n[2]), 10 + sample(8, n[3], TRUE)), rep(c(1, 0, 1), n))
    ask(paste("rising limits", i))
}
add("latest times", 2^31 - 1 - ceiling(rexp(200, 1 / 5000)) - 20, 2^31 - 1 - floor(rexp(200, 1 / 500)), rbinom(200, 1, 0.6))
ask("latest times")
ask("latest times", 2^31 - 1 - 400, 0.95)
entry <- pmax(0, round(runif(400, -300, 300)))
add("weighted", entry, entry + ceiling(rexp(400, 1 / 200)), rbinom(400, 1, 0.6), floor(10^runif(400, 0, 12)), sample.int(4, 400, TRUE))
ask("weighted")
ask("weighted", 77, 0.95)
# one of a thousand million goes at each time: the factors of the curve are 1 but for the last digits
add("hardly any events", 0, c(1:2000, 2001), rep(1:0, c(2000, 1)), rep(c(1, 1e9), c(2000, 1)))
ask("hardly any events", confidence = 0.95)

n <- 1000000
grp <- sample.int(6, n, TRUE)
entry <- pmax(0, round(runif(n, -4000, 5000)))
add("million", entry, pmin(7305, entry + ceiling(rweibull(n, 0.8, 1500 + 20 * grp))), rbinom(n, 1, 0.8), 1, grp)
sets[["million"]]$event[sets[["million"]]$exit == 7305] <- 0L
ask("million", 0, 0.95)
ask("million", 365, 0.95)

#### log-rank tests

n <- 3000
for (k in 2:6) {
    grp <- sample.int(k, n, TRUE)
    exit <- round(rexp(n, (1 + grp / 5) / 300))
    add(paste("groups", k), 0, pmin(exit, 900), exit < pmin(900, runif(n, 0, 2000)), 1, grp)
    test(paste("groups", k), TRUE)
    entry <- pmax(0, round(runif(n, -300, 300)))
    add(paste("groups with delayed entry", k), entry, entry + ceiling(rexp(n, (1 + grp / 5) / 300)), rbinom(n, 1, 0.7), 1, grp)
    test(paste("groups with delayed entry", k))
}
for (k in c(50, 200, 400, 600, 1000)) { # p-values down to the smallest numbers, and 0
    add(paste("groups far apart", k), 0, ceiling(rexp(2 * k, 1 / c(20, 1000))), 1, 1, rep(1:2, k))
    test(paste("groups far apart", k), TRUE)
}
add("group that leaves before the first event", 0, c(1:5, 10:39), rep(0:1, c(5, 30)), 1, rep(1:3, c(5, 15, 15)))
test("group that leaves before the first event", TRUE)
test("weighted")
test("million")

#### rates

for (d in c(0, 1, 2, 10, 1e3, 1e5, 1e6 - 1, 1e6, 1e6 + 1, 1e7, 1e9, 1e12)) {
    set <- sprintf("%.0f events", d)
    add(set, c(0, 30), c(100, 70), c(1, 0), c(d, 5))
    for (confidence in c(0.01, 0.5, 0.8, 0.95, 0.999, 1 - 1e-9)) poisson(set, 365.25, confidence)
}
poisson("right censored", 1)
poisson("delayed entry", 1e-3)
poisson("latest times", 7)
poisson("weighted", 365.2425)
poisson("million")

#### competing risks

if (requireNamespace("etm", quietly = TRUE)) {
    n <- 300
    add_risk("etm: right censored", 0, ceiling(rexp(n, 1 / 60)), sample(0:3, n, TRUE))
    by_etm("etm: right censored")
    by_etm("etm: right censored", 20, 0.8)
    entry <- pmax(0, round(runif(n, -100, 100)))
    add_risk("etm: delayed entry", entry, entry + ceiling(rexp(n, 1 / 60)), sample(c(0, 1, 2, 64), n, TRUE))
    by_etm("etm: delayed entry")
    by_etm("etm: delayed entry", 50)
    for (i in 1:8) {
        entry <- c(0, 0, sample(0:6, 3, TRUE), round(runif(40, 3, 40)))
        add_risk(paste("etm: tiny risk sets", i), entry, entry + ceiling(rexp(45, 1 / 20)), sample(0:2, 45, TRUE))
        by_etm(paste("etm: tiny risk sets", i))
        by_etm(paste("etm: tiny risk sets", i), 15, 0.8)
    }
}
n <- 5000
entry <- pmax(0, round(runif(n, -400, 400)))
add_risk("64 causes", entry, entry + ceiling(rexp(n, 1 / 90)), sample(0:64, n, TRUE))
by_definition("64 causes")
add_risk("weighted risks", entry, entry + ceiling(rexp(n, 1 / 300)), sample(0:3, n, TRUE), floor(10^runif(n, 0, 10)))
by_definition("weighted risks")
by_definition("weighted risks", 200, 0.8)
add_risk("zero durations", 0, rpois(200, 2), sample(0:2, 200, TRUE))
by_definition("zero durations")
# With a single cause the standard error is that of the curve. It keeps its digits where incidence comes close to 1.
n <- c(3e6, 5e6, 1.1e9, 7e6, 1, 1)
add_risk("single cause", 0, 1:6, c(1, 1, 1, 1, 1, 0), n)
add("single cause", 0, 1:6, c(1, 1, 1, 1, 1, 0), n)
f <- fit(sets[["single cause"]], "log", 0.95, 0)
incidence("single cause", 0, 0.95, 1, f$time, 1 - f$surv, f$surv * f$std.err)

# without limits that rise again the rule for quantiles is not tried
rises <- function(d) any(diff(fit(d, "log", 0.95, 0)$upper) > 1e-9, na.rm = TRUE)
cat(sum(vapply(sets[grep("^(small|rising)", names(sets))], rises, NA)))

write_table <- function(rows, name) write.table(rows, file.path(commandArgs(TRUE)[1], paste0(name, ".csv")), sep = ",", quote = FALSE, row.names = FALSE, na = "")
as_rows <- function(parts) as.data.frame(lapply(seq_along(parts[[1]]), function(j) as_text(unlist(lapply(parts, `[[`, j)))))
for (table in names(answers)) write_table(as_rows(answers[[table]]), table)
whole <- function(parts) { d <- do.call(rbind, parts); d$n <- sprintf("%.0f", d$n); d }
write_table(whole(sets), "observation")
write_table(whole(risks), "risk")
R
append_to_file("$dir/compare.R", $r);
my ($rises, $complaint) = run_command([ 'Rscript', '--vanilla', "$dir/compare.R", $dir ]);
cmp_ok($rises, '>=', 20, "R runs, and in $rises sets the upper limit rises again") or diag($complaint);

my $node = new_server('main');
new_database($node, 'r');
my %column = (
	observation => 'set text, entry int, exit int, event boolean, n bigint, grp int',
	risk => 'set text, entry int, exit int, cause int, n bigint',
	curve => 'set text, start int, confidence float8, conf_type text, "time" int, at_risk float8, events float8, censored float8, entered float8,
		survival float8, std_error float8, lower float8, upper float8, cumulative_hazard float8',
	single => 'set text, confidence float8, conf_type text, t int, survival float8, std_error float8, lower float8, upper float8, at_risk float8',
	quantile => 'set text, start int, confidence float8, conf_type text, q float8, estimate float8, lower float8, upper float8',
	mean => 'set text, start int, confidence float8, tau int, estimate float8, std_error float8, lower float8, upper float8',
	start => 'set text, least bigint, "time" int',
	total => 'set text, observations float8, events float8, censored float8, late_entries float8, first_time float8, last_time float8, max_at_risk float8',
	rate => 'set text, per float8, confidence float8, events float8, exposure float8, rate float8, lower float8, upper float8',
	test => 'set text, source text, chi_square float8, df int, p_value float8',
	test_group => 'set text, source text, grp int, observations float8, observed float8, expected float8',
	incidence => 'set text, start int, confidence float8, "time" int, cause int, at_risk float8, events float8, incidence float8, std_error float8,
		lower float8, upper float8');
$node->safe_psql('r', "CREATE UNLOGGED TABLE $_ ($column{$_}); COPY $_ FROM '$dir/$_.csv' (FORMAT csv, HEADER)") for sort keys %column;
$node->safe_psql('r', <<'SQL');
CREATE TABLE groups AS SELECT set, grp, byudv.survival_agg(entry, exit, event, n) AS s FROM observation GROUP BY set, grp;
CREATE TABLE summary AS SELECT set, start, CASE WHEN start = 0 THEN s ELSE byudv.conditional_survival(s, start) END AS s
	FROM (SELECT set, byudv.rollup(s) AS s FROM groups GROUP BY set) g
	JOIN (SELECT set, start FROM curve UNION SELECT set, 0 FROM observation UNION SELECT set, start FROM mean) c USING (set);
CREATE TABLE risk_summary AS SELECT set, byudv.competing_risks_agg(entry, exit, cause, n) AS c FROM risk GROUP BY set;
-- NULL on one side only, and a row on one side only, are infinitely wrong
CREATE FUNCTION apart(got float8[], want float8[]) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$
	SELECT max(CASE WHEN g IS NOT DISTINCT FROM w THEN 0 WHEN g IS NULL OR w IS NULL THEN 'Infinity' ELSE abs(g - w) / greatest(abs(g), abs(w)) END)
	FROM unnest(got, want) u (g, w) $$;
SQL

# What is asked, for each row of a table: its set, the place within the set, the answer, and R's
sub compare
{
	my ($what, $query) = @_;
	my $rows = $node->safe_psql('r', <<"SQL");
SELECT DISTINCT ON (1) regexp_replace(set, ' \\d+\$', '') AS sets, count(*) OVER w, apart(got, want) AS worst, set || place, got, want
FROM ($query) q (set, place, got, want) WINDOW w AS (PARTITION BY regexp_replace(set, ' \\d+\$', '')) ORDER BY sets, worst DESC
SQL
	for my $row (split /\n/, $rows)
	{
		my ($sets, $n, $worst, $place, $got, $want) = split /\|/, $row;
		cmp_ok($worst, '<=', 1e-10, sprintf '%s, %s: %d rows, worst relative error %.1e', $what, $sets, $n, $worst)
		  or diag("at $place: $got is not $want");
	}
	cmp_ok($rows, 'ne', '', "$what: compared");
	return;
}

compare('curves', <<'SQL');
SELECT set, concat_ws(' ', '', start, confidence, conf_type, "time"), ARRAY[c.at_risk, c.events, c.censored, c.entered, c.survival, c.std_error, c.lower,
	c.upper, c.cumulative_hazard], ARRAY[e.at_risk, e.events, e.censored, e.entered, e.survival, e.std_error, e.lower, e.upper, e.cumulative_hazard]
FROM (SELECT set, a.start, confidence, conf_type, c.* FROM (SELECT DISTINCT set, start, confidence, conf_type FROM curve) a JOIN summary s USING (set),
	byudv.survival_curve(s, confidence, conf_type, a.start) c WHERE s.start = 0) c FULL JOIN curve e USING (set, start, confidence, conf_type, "time")
SQL
compare('curves of conditional summaries', <<'SQL');
SELECT set, concat_ws(' ', '', start, "time"), ARRAY[c.at_risk, c.events, c.censored, c.entered, c.survival, c.std_error, c.lower, c.upper, c.cumulative_hazard],
	ARRAY[e.at_risk, e.events, e.censored, e.entered, e.survival, e.std_error, e.lower, e.upper, e.cumulative_hazard]
FROM (SELECT set, start, c.* FROM summary, byudv.survival_curve(s) c WHERE start > 0) c
FULL JOIN (SELECT * FROM curve WHERE start > 0 AND confidence = 0.95 AND conf_type = 'log') e USING (set, start, "time")
SQL
compare('single times', <<'SQL');
SELECT set, concat_ws(' ', '', confidence, conf_type, t), ARRAY[k.survival, k.std_error, k.lower, k.upper, k.at_risk, byudv.survival_at(s, t)],
	ARRAY[e.survival, e.std_error, e.lower, e.upper, e.at_risk, e.survival]
FROM single e JOIN summary USING (set), byudv.survival_estimate(s, t, confidence, conf_type) k WHERE start = 0
SQL
compare('quantiles', <<'SQL');
SELECT set, concat_ws(' ', '', start, confidence, conf_type, q), ARRAY[k.estimate, k.lower, k.upper], ARRAY[e.estimate, e.lower, e.upper]
FROM quantile e JOIN summary USING (set, start), byudv.survival_quantile(s, q, confidence, conf_type) k
SQL
compare('restricted means', <<'SQL');
SELECT set, concat_ws(' ', '', start, confidence, tau), ARRAY[m.estimate, m.std_error, m.lower, m.upper], ARRAY[e.estimate, e.std_error, e.lower, e.upper]
FROM mean e JOIN summary USING (set, start), byudv.restricted_mean(s, tau, confidence) m
SQL
compare('first time with so many at risk', 'SELECT set, concat($$ $$, least), ARRAY[byudv.survival_start(s, least::int)], ARRAY[e.time]
FROM start e JOIN summary s USING (set) WHERE s.start = 0 AND least < 2147483648');
compare('counts', <<'SQL');
SELECT set, '', ARRAY[c.observations, c.events, c.censored, c.late_entries, c.first_time, c.last_time, c.max_at_risk, c.left_out],
	ARRAY[e.observations, e.events, e.censored, e.late_entries, e.first_time, e.last_time, e.max_at_risk, 0]
FROM total e JOIN summary USING (set), byudv.survival_counts(s) c WHERE start = 0
SQL
compare('rates', <<'SQL');
SELECT set, concat_ws(' ', '', per, confidence), ARRAY[r.events, r.exposure, r.rate, r.lower, r.upper], ARRAY[e.events, e.exposure, e.rate, e.lower, e.upper]
FROM rate e JOIN summary USING (set), byudv.turnover_rate(s, per, confidence) r WHERE start = 0
SQL
compare('log-rank tests', <<'SQL');
SELECT set, concat(' ', source), ARRAY[t.chi_square, t.df, t.p_value], ARRAY[e.chi_square, e.df, e.p_value]
FROM test e JOIN (SELECT set, array_agg(s ORDER BY grp) AS groups FROM groups GROUP BY set) g USING (set), byudv.log_rank(VARIADIC groups) t
SQL
compare('groups of log-rank tests', <<'SQL');
SELECT set, concat_ws(' ', '', source, grp), ARRAY[g.observations, g.observed, g.expected], ARRAY[e.observations, e.observed, e.expected]
FROM test_group e FULL JOIN (SELECT set, source, group_number AS grp, observations, observed, expected
	FROM (SELECT set, array_agg(s ORDER BY grp) AS groups FROM groups GROUP BY set) g JOIN test USING (set), byudv.log_rank_groups(VARIADIC groups) t) g
USING (set, source, grp)
SQL
compare('cumulative incidence', <<'SQL');
SELECT set, concat_ws(' ', '', start, confidence, "time", cause), ARRAY[i.at_risk, i.events, i.incidence, i.std_error, i.lower, i.upper],
	ARRAY[e.at_risk, e.events, e.incidence, e.std_error, e.lower, e.upper]
FROM (SELECT set, start, confidence, i.* FROM risk_summary JOIN (SELECT DISTINCT set, start, confidence FROM incidence) a USING (set),
	byudv.cumulative_incidence(c, confidence, start) i) i FULL JOIN incidence e USING (set, start, confidence, "time", cause)
SQL
SKIP:
{
	skip 'no package etm for R is installed', 1 if $node->safe_psql('r', q{SELECT count(*) FROM incidence WHERE set LIKE 'etm:%'}) == 0;
	pass('cumulative incidence was compared with package etm');
}

$node->stop;
done_testing();
