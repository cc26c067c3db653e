-- Not one of the queries: what a night changes, then a refresh. Whoever of a 997th of the persons lives somewhere leaves a day later, and the next time round a day earlier.
\set part random(0, 996)
\set days random(-3, 3)
UPDATE birkelev.address_period SET to_date = greatest(to_date + :days, from_date + 1) WHERE person_id % 997 = :part;
UPDATE birkelev.person SET born_on = born_on + :days WHERE person_id % 997 = :part;
UPDATE birkelev.ownership SET owner_code = CASE owner_code WHEN 10 THEN 20 ELSE 10 END WHERE dwelling_id % 997 = :part AND owner_code IN (10, 20);
CALL byudv.refresh('birkelev');
\sleep :pause s
