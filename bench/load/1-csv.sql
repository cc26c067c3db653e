-- a view as a file
SELECT count(*) FROM byudv.danish_csv('birkelev', 'bi_turnover');
