-- As analyst.sql, for each group, and only what is left after ten years:
-- without the last running sum, which a single value does not need.
SELECT grp, sum(gone) AS observations,
       exp(coalesce(sum(CASE WHEN died = at_risk THEN '-Infinity'::float8 ELSE ln(1 - died::float8 / at_risk) END)
                    FILTER (WHERE at_day <= 3652), 0)) AS survival
  FROM (SELECT grp, at_day, gone, died, sum(change) OVER (PARTITION BY grp ORDER BY at_day) + gone AS at_risk
          FROM (SELECT grp, exit AS at_day, -count(*)::int AS change, count(*)::int AS gone,
                       (count(*) FILTER (WHERE event))::int AS died
                  FROM bench_observation GROUP BY grp, exit
                UNION ALL
                SELECT grp, entry + 1, count(*)::int, 0, 0
                  FROM bench_observation GROUP BY grp, entry) AS days) AS risk
 WHERE gone > 0
 GROUP BY grp
