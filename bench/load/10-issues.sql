-- what looks wrong in the registers of a quarter, and what has become of the last refreshes
\set quarter random(1, 8)
SELECT issue_label, severity_label, count(*) FROM birkelev.bi_data_issue WHERE area_kind = 'kvarter' AND area_code = '101-' || :quarter GROUP BY 1, 2 ORDER BY 3 DESC;
SELECT * FROM birkelev.bi_run LIMIT 20;
