-- who comes and goes in a year: by population, month, place and age
\set year random(2016, 2025)
SELECT population, sum(persons) FROM birkelev.bi_moves WHERE area_kind = 'all' AND year = :year GROUP BY 1 ORDER BY 1;
SELECT month_sort, sum(persons) FROM birkelev.bi_moves_month WHERE year = :year AND area_kind = 'all' AND population = 'arrival' GROUP BY 1 ORDER BY 1;
SELECT place_label, sum(persons) FROM birkelev.bi_moves_place WHERE year = :year AND area_kind = 'all' AND population = 'arrival' GROUP BY 1 ORDER BY 2 DESC NULLS LAST LIMIT 12;
SELECT item_label, sum(persons) FROM birkelev.bi_mover_profile WHERE year = :year AND area_kind = 'all' AND attribute = 'age_band' GROUP BY 1;
