-- stored curves and rates, with limits for a sum of years
\set year random(2018, 2025)
SELECT tenure_label, median_years, median_lower, median_upper FROM birkelev.bi_residence_duration WHERE area_kind = 'all' AND dwelling_type = 'all' AND new_build = 'all' AND origin = 'all' ORDER BY 2 DESC;
SELECT x.tenure_label, r.* FROM (SELECT tenure_label, sum(ends)::bigint AS ends, sum(dwelling_years)::float8 AS years FROM birkelev.bi_turnover WHERE area_kind = 'all' AND year >= :year GROUP BY 1) x, byudv.event_rate(x.ends, x.years) r;
SELECT * FROM birkelev.bi_chains WHERE area_kind = 'all' AND start_year = :year;
