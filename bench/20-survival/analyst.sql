-- The Kaplan-Meier curve with delayed entry as an analyst writes it without
-- byudv: count by day, then running sums. No standard errors, no limits.
--
-- It is meant as a fair opponent: two scans that aggregate in all processes,
-- and windows over some thousand days in integers, not numeric. Written once,
-- read alike by PostgreSQL and DuckDB.
SELECT at_day, gone,
       exp(sum(CASE WHEN died = at_risk THEN '-Infinity'::float8 ELSE ln(1 - died::float8 / at_risk) END)
           OVER (ORDER BY at_day)) AS survival
  FROM (SELECT at_day, gone, died, sum(change) OVER (ORDER BY at_day) + gone AS at_risk
          FROM (SELECT exit AS at_day, -count(*)::int AS change, count(*)::int AS gone, (count(*) FILTER (WHERE event))::int AS died
                  FROM bench_observation GROUP BY exit
                UNION ALL
                -- at risk from the day after entry
                SELECT entry + 1, count(*)::int, 0, 0
                  FROM bench_observation GROUP BY entry) AS days) AS risk
 WHERE gone > 0
