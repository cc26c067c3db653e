-- sample.sql - a made-up municipality, Birkelev: some five hundred units that show each of the known register
-- errors, with what is really so kept aside in demo.dwelling_truth.  Streets, persons and companies are invented;
-- only the housing organisations AAB and Domea are real names, because their spellings are the point.
--
-- Deterministic: no random(); psql variable :seed turns the persons' names (and nothing else) another way.

CREATE TABLE demo.dwelling_truth (
    dwelling_id text PRIMARY KEY,
    tenure text NOT NULL,          -- what the home really is
    planted text NOT NULL,         -- the error planted, or 'none'
    area_m2 integer,
    residents integer
);
COMMENT ON TABLE demo.dwelling_truth IS 'What is really so in the made-up municipality; no function reads it';

CREATE TABLE demo.ownership (
    dwelling_id text NOT NULL,
    owner_code integer,
    owner_name text,
    valid_from date NOT NULL,
    valid_to date,
    PRIMARY KEY (dwelling_id, valid_from)
);
COMMENT ON TABLE demo.ownership IS 'Owners over time: from valid_from until before valid_to; NULL = still';

CREATE TABLE demo.tenure_override (
    dwelling_id text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    tenure text NOT NULL,
    note text,
    decided_by text,
    decided_on date
);
COMMENT ON TABLE demo.tenure_override IS 'Decisions by hand: they win over every rule';

-- A second source for the same homes: the housing organisations' own rent roll.
CREATE TABLE demo.rent_roll (
    dwelling_id text PRIMARY KEY,
    area_m2 integer
);

-- The i-th invented person.
CREATE FUNCTION demo.person(i integer, seed integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT (ARRAY['Alma','Birger','Cilje','Ditmar','Elna','Frode','Gudny','Holger','Ingrun','Jeppe','Karna',
                  'Laust','Merle','Njal','Oda','Preben','Regitse','Svend','Thyra','Ulrik','Vibe','Åse','Østen'])
               [1 + (i * 7 + seed * 5) % 23]
        || ' ' ||
           (ARRAY['Agerlin','Bøgelund-Holt','Dybvang','Engvad','Fyrholt','Grønbjerre','Hvidkær','Isager','Klitvad',
                  'Lyngtoft','Mosehøj','Nøddelund','Overdal','Pilemose','Rævshale','Sandvad','Tangmose','Uglevang'])
               [1 + (i * 11 + seed * 3) % 18]
$$;

-- One row for each block or street; homes are numbered within it.
CREATE TABLE demo.sample_group (
    grp integer PRIMARY KEY,
    street text NOT NULL,
    n integer NOT NULL,            -- homes
    stacked boolean NOT NULL,      -- flats: several at one house number
    unit_use integer,
    unit_kind text,
    building_use integer,
    owner_code integer,
    owner_names text[],            -- taken in turn; NULL = one person each; {} = no name
    insurance integer,
    built_year integer,
    property_kind text,
    public_support integer,
    uses text NOT NULL,            -- registered use by turns: 1 let, 2 by the owner, 3 not used, - not filled
    truth text,                    -- NULL = as the occupation: owner / private_rental
    planted text NOT NULL,
    area integer NOT NULL,
    rooms integer NOT NULL
);

INSERT INTO demo.sample_group VALUES
(1,'Rugkrogen',70,false,120,'1',120,10,NULL,NULL,1972,'SFE',NULL,'2222222122-222222213',NULL,'none',128,5),
(2,'Havrestien',8,false,110,'1',110,10,NULL,NULL,1908,'SFE',NULL,'22221222',NULL,'none',176,6),
(3,'Kornblomsten',30,false,131,'1',131,10,NULL,10,2019,'SFE',NULL,'22-2222212',NULL,'none',104,4),
(4,'Hasselgangen',18,false,130,'1',130,20,'{Domea Birkelev}',NULL,1986,'SFE',10,'1','social','none',78,3),
-- Social blocks that stand as owner flats.
(5,'Tranebærvej',48,true,140,'1',140,10,
   '{AAB AFD 55,BOLIGFORENINGEN AAB AFD. 55,"Aab, afd 55 v/ ejendomskontoret",Arbejdernes Andels-Boligforening}',
   NULL,1964,'Ejerlejlighed',NULL,'111-1113','social','social block registered as owner flats',72,3),
(6,'Blåbærvej',24,true,140,'1',140,10,'{DOMEA BIRKELEV,"Domea, afd. 12",Domea.dk}',NULL,1971,'Ejerlejlighed',NULL,'11-1',
   'social','social block registered as owner flats',68,3),
-- Two organisations under one code: the code is right, but cannot tell them apart.
(7,'Multebærvej',16,true,140,'1',140,20,'{AAB AFD 31}',NULL,1958,'SFE',NULL,'1','social','none',62,2),
(8,'Multebærvej',16,true,140,'1',140,20,'{Domea Birkelev}',NULL,1958,'SFE',NULL,'1','social','none',64,2),
-- One resident, the contact person, stands as owner of 44 flats in two properties.
(9,'Slåenhegnet',24,true,140,'1',140,10,'{Merle Rævshale-Toft}',NULL,1979,'Ejerlejlighed',NULL,'221222-122213',NULL,
   'contact person stands as owner',81,3),
(10,'Tjørnehegnet',20,true,140,'1',140,10,'{Merle Rævshale-Toft}',NULL,1983,'Ejerlejlighed',NULL,'2212-22212',NULL,
   'contact person stands as owner',76,3),
(11,'Ahornpladsen',36,true,140,'1',140,10,NULL,NULL,1968,'Ejerlejlighed',NULL,'2212-2223',NULL,'none',84,3),
(12,'Rønnepladsen',30,true,140,'1',140,30,'{Ejendomsselskabet Rønnepladsen ApS,Kornmark Ejendomme A/S}',NULL,1949,'SFE',NULL,
   '11111111111112-',NULL,'none',70,3),
-- A company's block under the social code: the rules keep it as social, with low certainty, for review.
(13,'Engdraget',4,true,140,'1',140,20,'{Boligselskabet Engdraget ApS}',NULL,1962,'SFE',NULL,'1','private_rental',
   'company under the social code',66,2),
(14,'Kløverhaven',26,true,140,'1',140,41,'{A/B Kløverhaven,A B KLØVERHAVEN}',NULL,1936,'SFE',NULL,'1','cooperative','none',58,2),
(15,'Lupinhaven',14,true,140,'1',140,10,'{A/B Lupinhaven,Andelsboligforeningen Lupinhaven}',NULL,1932,'SFE',NULL,'1-',
   'cooperative','cooperative under the code of persons',55,2),
(16,'Valmuehaven',6,false,131,'1',131,41,'{}',NULL,2006,'SFE',20,'1','cooperative','none',88,3),
(17,'Bækkestien',16,true,140,'1',140,50,'{Birkelev Kommune}',NULL,1977,'SFE',NULL,'1','public','none',60,2),
(18,'Bækkestien',10,true,140,'1',140,50,'{Birkelev Kommune}',NULL,1999,'SFE',40,'1','social',
   'supported homes under the municipality''s code',56,2),
(19,'Kildevænget',12,true,160,'4',160,40,'{Den selvejende institution Kildehjemmet}',NULL,1994,'SFE',NULL,'1','foundation','none',38,1),
(20,'Tårnhøj',40,true,150,'3',150,40,'{Kollegiet Tårnhøj}',NULL,1973,'SFE',NULL,'1','foundation','none',22,1),
(21,'Strandsøvej',22,false,510,'5',510,10,NULL,NULL,1966,'SFE',NULL,'3',NULL,'summer house, nobody registered',62,3),
(22,'Torvestræde',12,true,322,'E',320,30,'{Torvehuset Birkelev ApS}',NULL,1911,'SFE',NULL,'-','private_rental','none',140,0),
(23,'Torvestræde',5,true,321,'2',320,30,'{Torvehuset Birkelev ApS}',NULL,1911,'SFE',NULL,'1','private_rental','none',94,4),
(24,'Hyldegangen',8,true,140,'1',140,10,'{Bakkelyng og Grenholt I/S}',NULL,1941,'SFE',NULL,'1','private_rental','none',66,2),
(25,'Elmely',9,true,140,'1',140,90,'{}',12,2019,'SFE',NULL,'-','private_rental','no owner code to use',79,3),
(26,'Elmetoft',4,false,120,'1',120,90,'{}',11,2014,'SFE',NULL,'-','owner','no owner code to use',142,5),
(27,'Elmeholt',6,true,140,'1',140,99,'{}',10,2020,'Ejerlejlighed',NULL,'-','owner','no owner code to use',92,3),
(28,'Elmevang',5,true,140,'1',140,NULL,'{}',NULL,1988,NULL,NULL,'1','private_rental','no owner code to use',73,3),
-- Nothing to go by: no name, and the occupation says let.  The correction cannot see that these are AAB's.
(29,'Tyttebærvej',6,true,140,'1',140,10,'{}',NULL,1955,'SFE',NULL,'1','social','social block without a name',64,2),
(30,'Præstemarken',3,false,120,'1',120,40,'{Birkelev Sogns Menighedsråd}',NULL,1921,'SFE',NULL,'1','public',
   'church under the code of associations',190,7),
-- Sold: a company's block becomes a cooperative; owner-occupied houses become a company's.
(31,'Ribesgården',18,true,140,'1',140,41,'{A/B Ribesgården}',NULL,1928,'SFE',NULL,'1','cooperative','none',61,2),
(32,'Pilekrogen',6,false,120,'1',120,30,'{Pilekrogen Boliginvest ApS}',NULL,1969,'SFE',NULL,'1','private_rental','none',118,4),
(33,'Birketoften',12,true,140,'1',140,10,'{E/F Birketoften}',NULL,1981,'Ejerlejlighed',NULL,'221-',NULL,
   'owners'' association stands as owner',80,3);

CREATE TABLE demo.sample_unit AS
SELECT format('B%s-%s', to_char(grp, 'FM00'), to_char(i, 'FM000')) AS dwelling_id, g.*, i,
       CASE WHEN stacked
            THEN format('%s %s, %s %s', street, 2 * ((i - 1) / 8) + 1 + 10 * (grp % 2),
                        (ARRAY['st','1','2','3'])[1 + ((i - 1) % 8) / 2], (ARRAY['th','tv'])[1 + (i - 1) % 2])
            ELSE format('%s %s', street, i) END || ', Birkelev' AS address,
       nullif(substr(uses, 1 + (i - 1) % length(uses), 1), '-')::integer AS registered_use,
       CASE WHEN owner_names IS NULL THEN demo.person(grp * 100 + i, :seed)
            ELSE owner_names[1 + (i - 1) % nullif(cardinality(owner_names), 0)] END AS owner_name
FROM demo.sample_group g, generate_series(1, g.n) AS i;

INSERT INTO demo.dwelling
SELECT dwelling_id, 'sample', address, unit_use, unit_kind, building_use, owner_code, owner_name, insurance, built_year,
       registered_use, property_kind, public_support,
       area + (i * 5) % 7, area + (i * 5) % 7, rooms,
       CASE WHEN unit_kind IN ('5', 'E') OR registered_use = 3 THEN 0
            WHEN unit_kind = '3' THEN 1
            ELSE 1 + (i * 3 + grp) % greatest(rooms, 2) END
FROM demo.sample_unit;

-- Where the occupation is not filled, the truth of a home owned by a person is still one or the other:
-- in every third the owner lets it.
INSERT INTO demo.dwelling_truth
SELECT u.dwelling_id,
       coalesce(u.truth, CASE WHEN u.owner_code = 30 THEN 'private_rental'
                              WHEN u.registered_use = 1 THEN 'private_rental'
                              WHEN u.registered_use IS NULL AND u.i % 3 = 0 THEN 'private_rental'
                              ELSE 'owner' END),
       u.planted, d.area_m2, d.residents
FROM demo.sample_unit u JOIN demo.dwelling d USING (dwelling_id);

UPDATE demo.dwelling_truth t SET planted = 'owner lets the home'
FROM demo.sample_unit u
WHERE u.dwelling_id = t.dwelling_id AND t.planted = 'none' AND t.tenure = 'private_rental' AND u.owner_code = 10;

-- A student room with the area of the whole hall, and one home with 16 residents registered.
UPDATE demo.dwelling SET area_m2 = 6514, residential_area_m2 = 6514 WHERE dwelling_id = 'B20-017';
UPDATE demo.dwelling SET residents = 16 WHERE dwelling_id = 'B04-011';
UPDATE demo.dwelling_truth SET planted = 'the building''s area on a room' WHERE dwelling_id = 'B20-017';
UPDATE demo.dwelling_truth SET planted = '16 residents in one home' WHERE dwelling_id = 'B04-011';

-- 38 m2 in BBR, 42 m2 in the rent roll; both agree on all other homes.
UPDATE demo.dwelling SET area_m2 = 38, residential_area_m2 = 38 WHERE dwelling_id = 'B07-009';
UPDATE demo.dwelling_truth SET area_m2 = 42, planted = 'two areas in two sources' WHERE dwelling_id = 'B07-009';
INSERT INTO demo.rent_roll
SELECT d.dwelling_id, CASE d.dwelling_id WHEN 'B07-009' THEN 42 ELSE d.area_m2 END
FROM demo.dwelling d JOIN demo.dwelling_truth t USING (dwelling_id)
WHERE t.tenure = 'social';

-- Owners over time.  Whoever owns today has done so since 2001, but for what was sold.
INSERT INTO demo.ownership
SELECT dwelling_id, owner_code, owner_name,
       CASE grp WHEN 31 THEN date '2019-07-01' WHEN 32 THEN date '2021-03-01' ELSE date '2001-01-01' END, NULL
FROM demo.sample_unit;
INSERT INTO demo.ownership
SELECT dwelling_id, CASE grp WHEN 31 THEN 30 ELSE 10 END,
       CASE grp WHEN 31 THEN 'Ejendomsselskabet Ribesgården ApS' ELSE demo.person(grp * 100 + i, :seed) END,
       date '2001-01-01', CASE grp WHEN 31 THEN date '2019-07-01' ELSE date '2021-03-01' END
FROM demo.sample_unit WHERE grp IN (31, 32);

-- Decided by hand: the register says the owner lives there; the caseworker knows that it is let.
INSERT INTO demo.tenure_override VALUES
('B01-004', '2022-05-01', NULL, 'private_rental', 'Lejekontrakt forevist', 'Boligkontoret', '2022-05-03');
UPDATE demo.dwelling_truth SET tenure = 'private_rental', planted = 'let, known only to the caseworker'
WHERE dwelling_id = 'B01-004';

INSERT INTO demo.load_note (source, file, kind, what, n)
VALUES ('sample', 'sample.sql', 'rows', 'made-up units', (SELECT count(*) FROM demo.dwelling));
