-- What the correction changed, and how certain it is
SELECT tenure_register, tenure, certainty, count(*) FROM birkelev.dwelling_class WHERE in_area GROUP BY 1, 2, 3 ORDER BY 4 DESC;

-- Homes in social housing estates that nothing else calls social, and what to do about such a finding
SELECT d.address, i.detail, k.advice_da
FROM birkelev.data_issue i JOIN birkelev.dwelling d USING (dwelling_id) JOIN byudv.data_issue_kind k USING (issue) WHERE i.issue = 'estate_not_social' LIMIT 5;

-- The longest chain of moves that a new dwelling began
SELECT h.round, d.address, c.tenure, h.vacated_on, round(h.weight::numeric, 2) AS weight
FROM birkelev.chain h JOIN birkelev.dwelling_class c USING (dwelling_id) JOIN birkelev.dwelling d USING (dwelling_id)
WHERE h.new_dwelling_id = (SELECT new_dwelling_id FROM birkelev.chain ORDER BY round DESC, new_dwelling_id LIMIT 1) ORDER BY h.node;

-- Put an error right: AAB's blocks that stand as owner flats get the code of social housing. The refresh computes anew what hangs on them, nothing else.
UPDATE birkelev.ownership SET owner_code = 20 WHERE owner_code = 10 AND byudv.owner_organisation(owner_name) = 'Boligforeningen AAB';
CALL byudv.refresh('birkelev');
SELECT step, scope, rows_added, rows_removed, finished_at - started_at AS took FROM birkelev.run_log WHERE run_id = (SELECT max(run_id) FROM birkelev.run_log) ORDER BY started_at;
