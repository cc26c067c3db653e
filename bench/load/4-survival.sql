-- a curve for a type of home through a window of the analyst's own, and a test between tenures
\set year random(2008, 2020)
SELECT c.* FROM (SELECT byudv.survival_agg(o.from_date, o.to_date, make_date(:year, 1, 1), '2026-01-01') AS s
    FROM birkelev.occupancy o JOIN birkelev.dwelling_class k USING (dwelling_id) WHERE k.dwelling_type = 'apartment') x, byudv.survival_curve(s) c WHERE c.time % 365 = 0;
SELECT t.* FROM (SELECT array_agg(s) AS s FROM (SELECT byudv.survival_agg(o.from_date, o.to_date, make_date(:year, 1, 1), '2026-01-01') AS s
    FROM birkelev.occupancy o JOIN birkelev.dwelling_class k USING (dwelling_id) GROUP BY k.tenure) x) y, byudv.log_rank(VARIADIC s) t;
