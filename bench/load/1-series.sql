-- who comes and goes, all years
SELECT year, population, sum(persons) FROM birkelev.bi_moves WHERE area_kind = 'all' GROUP BY 1, 2 ORDER BY 1, 2;
