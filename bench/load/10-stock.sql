-- one year, one quarter: homes and residents by tenure
\set year random(2017, 2026)
\set quarter random(1, 8)
SELECT tenure_label, sum(dwellings), sum(residents) FROM birkelev.bi_stock WHERE year = :year AND area_kind = 'kvarter' AND area_code = '101-' || :quarter GROUP BY 1 ORDER BY 2 DESC;
SELECT * FROM birkelev.bi_stock_diversity WHERE year = :year AND area_kind = 'kvarter';
