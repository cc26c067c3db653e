-- moves of a period of the analyst's own, from the residences of all persons
\set year random(2010, 2025)
SELECT arrival, departure, count(*) FROM byudv.moves('birkelev.residence', 'birkelev.person', 'birkelev.address_period', make_date(:year, 1, 1), make_date(:year + 1, 1, 1)) GROUP BY 1, 2;
