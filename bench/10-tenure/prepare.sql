-- Data for the tenure bench: bench_owner (distinct owner names, with the kind
-- that the generator meant) and bench_dwelling (one row a dwelling, the shape
-- that byudv.classify_dwellings reads).
--
-- psql variables: rows, names.
--
-- Everything is derived from hashint8extended(row number, seed): the same
-- rows on every run and every major version of PostgreSQL, which random() with
-- setseed() does not promise. No name belongs to a real person: first names
-- and surnames are common Danish ones, put together by the hash.
--
-- It needs nothing from the extension, so that it can be changed and looked at
-- on its own.

\set ON_ERROR_STOP on
SET client_min_messages = warning;
SET search_path = public;

DROP TABLE IF EXISTS bench_dwelling, bench_owner;

-- A number from 0 to n - 1, evenly spread.
CREATE FUNCTION pg_temp.pick(i bigint, seed int, n int) RETURNS int
LANGUAGE sql IMMUTABLE AS
$$ SELECT ((hashint8extended(i, seed) & 9223372036854775807) % n)::int $$;

-- A number from 0 to n - 1, small ones far more often: names, streets and
-- landlords are all like that.
CREATE FUNCTION pg_temp.pick_skewed(i bigint, seed int, n int) RETURNS int
LANGUAGE sql IMMUTABLE AS
$$ SELECT trunc(n * power((hashint8extended(i, seed) & 4294967295) / 4294967296.0::float8, 2))::int $$;

CREATE FUNCTION pg_temp.word(list text[], i bigint, seed int) RETURNS text
LANGUAGE sql IMMUTABLE AS
$$ SELECT list[1 + pg_temp.pick(i, seed, cardinality(list))] $$;

CREATE FUNCTION pg_temp.common_word(list text[], i bigint, seed int) RETURNS text
LANGUAGE sql IMMUTABLE AS
$$ SELECT list[1 + pg_temp.pick_skewed(i, seed, cardinality(list))] $$;

CREATE FUNCTION pg_temp.first_name(i bigint, seed int) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT pg_temp.common_word('{Anne,Peter,Mette,Michael,Kirsten,Jens,Hanne,Lars,Anna,Thomas,Helle,Henrik,
  Maria,Søren,Susanne,Christian,Lene,Jan,Marianne,Martin,Inge,Niels,Karen,Anders,Camilla,Morten,Bente,Jesper,
  Pia,Hans,Louise,Mads,Charlotte,Jørgen,Jette,Rasmus,Tina,Per,Gitte,Ole,Lone,Erik,Ida,Kim,Emma,Poul,Birgit,
  Bent,Julie,Frederik,Sofie,Simon,Laura,Torben,Line,Claus,Karin,Mikkel,Inger,Bo,Ulla,Mathias,Åse,Jakob,Lis,
  Finn,Birthe,Kasper,Cecilie,Emil,Mathilde,Kurt,Tove,Steen,Ellen,Brian,Elisabeth,Jonas,Heidi,Carsten,Rikke,
  Allan,Britta,Knud,Sanne,Svend,Ditte,Leif,Vibeke,Oliver,Amalie,Daniel,Signe,Bjarne,Dorte,Flemming,Katrine,
  Johannes,Astrid,Aage,Grethe,Kaj,Freja,Viggo,Gudrun,Asger,Mohammed,Fatima,Ahmad,Aisha,Ali,Zeynep,Mustafa,
  Elena,Andrzej,Katarzyna,Ion,Olena,Thi,Nguyen,Gunnar,Solveig,Øjvind,Pål,Jósef,Bjørn,Gerda,Eskild,Åge,Rørd}',
  $1, $2) $$;

-- Some surnames hold a word that a careless pattern takes for an owner kind.
CREATE FUNCTION pg_temp.surname(i bigint, seed int) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT pg_temp.common_word('{Nielsen,Jensen,Hansen,Andersen,Pedersen,Christensen,Larsen,Sørensen,Rasmussen,
  Jørgensen,Petersen,Madsen,Kristensen,Olsen,Thomsen,Christiansen,Poulsen,Johansen,Møller,Mortensen,Knudsen,
  Jakobsen,Mikkelsen,Frederiksen,Laursen,Henriksen,Lund,Schmidt,Eriksen,Holm,Kristiansen,Clausen,Simonsen,
  Svendsen,Andreasen,Iversen,Jeppesen,Mogensen,Jespersen,Nissen,Lauridsen,Jacobsen,Vestergaard,Østergaard,
  Kjær,Carlsen,Nørgaard,Lauritsen,Bertelsen,Kirkegaard,Bach,Dahl,Bak,Frandsen,Holst,Winther,Dam,Skov,Friis,
  Søgaard,Gregersen,Kjeldsen,Overgaard,Bech,Juhl,Lorentzen,Toft,Bruun,Villadsen,Dalsgaard,Krogh,Hougaard,
  Munk,Bang,Damgaard,Kruse,Ravn,Brandt,Nygaard,Beck,Berg,Ipsen,Dalgaard,Bay,Lind,Buch,Hald,Hedegaard,Storm,
  Thygesen,Mathiesen,Sandberg,Skaarup,Abildgaard,Kirkeby,Statholm,Fondrup,Regionsen,Borgerup,Selskov,
  Kommendal,Almen,Anderskov,Apsholm,Abel,Yilmaz,Hussain,Ahmed,Nowak,Popescu,Tran,Kaya,Åkjær,Ægidius,Øllgaard,
  Blåbjerg,Gråbæk,Høybye,Kaae,Aagaard,Rødbro,Fåborg,Bækgård,Hjortshøj}', $1, $2) $$;

CREATE FUNCTION pg_temp.street(i bigint, seed int) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT pg_temp.word('{Øster,Vester,Nørre,Sønder,Birke,Bøge,Ege,Linde,Elme,Aske,Ahorn,Rosen,Tulipan,Lærke,Solsort,
  Nattergale,Svane,Måge,Ørne,Falke,Kirke,Skole,Præste,Mølle,Bakke,Skov,Eng,Mose,Å,Sø,Strand,Havne,Fisker,
  Slots,Konge,Dronning,Prins,Torve,Brønd,Stations,Bane,Industri,Fabriks,Smede,Bager,Skovager,Kløver,Hvede,
  Rug,Byg,Havre,Kornager,Vinkel,Park,Have,Frugt,Æble,Pære,Kirsebær,Blomme,Hassel,Tjørne,Gyvel,Lyng,Fyrre,
  Gran,Enebær,Pile,Poppel,Kastanie,Magle,Hede,Kær,Dal,Høj,Sten,Grus,Ler,Sand,Grønne,Blå,Rød,Hvid,Gammel,
  Ny,Lille,Store,Midt,Yder,Inder,Fælled,Amager,Rantzaus,Holbergs,Wessels,Baggesens,Ewalds,Grundtvigs}',
  $1, $2)
|| pg_temp.word('{vej,gade,vænget,parken,allé,bakken,engen,haven,toften,løkken,stræde,vangen,lunden,ager,
  højen,svinget,skrænten,kæret,stien,gården,dalen,krogen,vej,gade,vej}', $1, $2 + 1) $$;

CREATE FUNCTION pg_temp.town(i bigint, seed int) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT pg_temp.word('{Ballerup,Måløv,Skovlunde,København,Frederiksberg,Gentofte,Gladsaxe,Herlev,Hvidovre,
  Rødovre,Brøndby,Glostrup,Albertslund,Tårnby,Dragør,Køge,Roskilde,Holbæk,Kalundborg,Slagelse,Næstved,
  Vordingborg,Nykøbing,Rønne,Odense,Svendborg,Faaborg,Nyborg,Middelfart,Assens,Kolding,Vejle,Fredericia,
  Haderslev,Aabenraa,Sønderborg,Tønder,Esbjerg,Varde,Ribe,Ringkøbing,Herning,Holstebro,Struer,Skive,Viborg,
  Silkeborg,Horsens,Aarhus,Randers,Grenaa,Ebeltoft,Hobro,Aalborg,Brønderslev,Hjørring,Frederikshavn,Skagen,
  Thisted,Lemvig,Ikast,Brande,Billund,Grindsted,Helsingør,Hillerød,Hørsholm,Allerød,Farum,Birkerød,Lyngby,
  Ishøj,Greve,Solrød,Ringsted,Sorø,Haslev,Maribo,Nakskov,Stege,Ærøskøbing,Rudkøbing,Bogense,Kerteminde}',
  $1, $2) $$;

CREATE FUNCTION pg_temp.invented_word(i bigint, seed int) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT pg_temp.word('{Nord,Syd,Dan,Sund,Bælt,Fjord,Klit,Havne,Solid,Prima,Astra,Delta,Omega,Orion,Polar,Viking,
  Nordic,Jysk,Fynsk,Sjælland,Capital,City,Metro,Urban,Home,Core,Prime,Alfa,Beta,Gamma,Kronborg,Tre,Syv,Ni}',
  $1, $2)
|| pg_temp.word('{bo,hus,byg,invest,ejendom,bolig,gruppen,partner,holm,stad,borg,by,havn,land,tek,line,plan,
  capital,estate,living,residens,finans,gaard,kvarter,torv,port}', $1, $2 + 1) $$;

-- Known organisations stand beside made-up ones, so that a dictionary of
-- well-known names alone does not do well.
CREATE FUNCTION pg_temp.social_organisation(i bigint, seed int) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE pg_temp.pick(i, seed, 10)
  WHEN 0 THEN 'Boligselskabet ' || pg_temp.town(i, seed + 1)
  WHEN 1 THEN pg_temp.town(i, seed + 1) || ' almene Boligselskab'
  WHEN 2 THEN pg_temp.town(i, seed + 1) || ' Andelsboligforening, almen boligorganisation'
  WHEN 3 THEN 'Den almene boligorganisation ' || pg_temp.invented_word(i, seed + 1)
  ELSE pg_temp.word('{AAB,"Boligforeningen AAB","Arbejdernes Andels-Boligforening","Arbejdernes Andels Boligforening",
    KAB,"Domea.dk",Domea,"Boligforeningen 3B",3B,fsb,Lejerbo,DAB,"Dansk almennyttigt Boligselskab",
    "Boligkontoret Danmark","Baldersbo","Boligselskabet Baldersbo","Ballerup Ejendomsselskab",
    "Boligselskabet Lundebjerggård","Almenbo Danmark",Himmerland,"Himmerland Boligforening",ALBOA,AL2bolig,
    Civica,"Vridsløselille Andelsboligforening","Brøndbyernes Andelsboligforening","Tårnbyhuse",
    "Boligforeningen Vibo",VIBO,AKB,"Boligselskabet AKB","Plus Bolig",Alabu,"Vivabolig","Boligorganisationen Bo-Vest",
    "BO-VEST",Bovia,"Bolig Korsør","Fruehøjgaard","Sønderborg Andelsboligforening",SAB,"Boligselskabet Sjælland",
    "Kolding almene Boligselskab","AAB Vejle","Østerbo","Boligselskabet Friheden","Almenbolig Fyn",
    "Salus Boligadministration","Samvirkende Boligselskaber","Postfunktionærernes Andels-Boligforening",PAB,
    "Frederiksberg Forenede Boligselskaber",FFB,"Boligselskabet NordBo","Aarhus Omegn","Østjysk Bolig",
    "Boligforeningen Ringgården"}', i, seed + 1)
  END $$;

CREATE FUNCTION pg_temp.house_numbers(i bigint, seed int) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT CASE pg_temp.pick(i, seed, 3)
  WHEN 0 THEN (1 + pg_temp.pick(i, seed + 1, 180))::text
  WHEN 1 THEN (1 + 2 * pg_temp.pick(i, seed + 1, 60))::text || '-' || (121 + 2 * pg_temp.pick(i, seed + 2, 30))::text
  ELSE (1 + pg_temp.pick(i, seed + 1, 120))::text || ' ' || chr(65 + pg_temp.pick(i, seed + 2, 8))
  END $$;

-- The ways in which registers write an estate of an organisation.
CREATE FUNCTION pg_temp.estate(i bigint, seed int) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
SELECT pg_temp.word('{" afd. "," AFD "," Afd. ",", afd. "," afdeling ",", Afdeling "," - afd.nr. "," afd."}', i, seed)
  || (1 + pg_temp.pick_skewed(i, seed + 1, 140))::text
  || CASE pg_temp.pick(i, seed + 2, 5)
       WHEN 0 THEN ' ' || pg_temp.street(i, seed + 3)
       WHEN 1 THEN ', ' || pg_temp.street(i, seed + 3)
       WHEN 2 THEN ' v/ ' || pg_temp.word('{KAB,Domea,DAB,Lejerbo,"Boligkontoret Danmark",administrator}', i, seed + 5)
       ELSE '' END $$;

-- Shares of each kind among the names, and among the dwellings beyond the
-- first of each owner, both in units of 1/10000. Persons are four names in
-- five, but housing associations and landlords own many dwellings a name.
CREATE TEMP TABLE kind_share (kind text PRIMARY KEY, position int, names bigint, dwellings int);
INSERT INTO kind_share VALUES
  ('unclassified',            1, 8000, 4600),
  ('company',                 2,  900, 1400),
  ('cooperative',             3,  300,  800),
  ('social_housing',          4,  260, 2250),
  ('owners_association',      5,  200,  150),
  ('homeowners_association',  6,   50,   20),
  ('foundation',              7,   90,  180),
  ('partnership',             8,   80,  150),
  ('student_hall',            9,   15,   80),
  ('pension_fund',           10,    5,  110),
  ('municipality',           11,   30,  200),
  ('region',                 12,    5,   10),
  ('state',                  13,   15,   30),
  ('church',                 14,   50,   20);

-- More candidates than needed, since some come out equal.
CREATE TEMP TABLE candidate AS
SELECT c.i, c.kind,
       CASE c.kind
       WHEN 'unclassified' THEN
         CASE c.form
           WHEN 0 THEN c.sur1 || ', ' || c.first1 || ' ' || c.first2
           WHEN 1 THEN c.first1 || ' ' || c.sur1 || ' og ' || c.first2 || ' ' || c.sur2
           WHEN 2 THEN c.first1 || ' ' || chr(65 + pg_temp.pick(c.i, 21, 22)) || '. ' || c.sur2 || ' ' || c.sur1
           WHEN 3 THEN c.first1 || '-' || c.first2 || ' ' || c.sur1 || '-' || c.sur2
           WHEN 4 THEN 'Boet efter ' || c.first1 || ' ' || c.first2 || ' ' || c.sur1
           WHEN 5 THEN c.first1 || ' ' || c.first2 || ' ' || c.sur1 || ' m.fl.'
           ELSE c.first1 || ' ' || c.first2 || ' ' || c.sur2 || ' ' || c.sur1
         END
       WHEN 'company' THEN
         CASE c.form
           WHEN 0 THEN 'Ejendomsselskabet ' || c.street || ' ' || c.numbers || ' ' || c.form_of_company
           WHEN 1 THEN c.sur1 || ' ' || pg_temp.word('{Ejendomme,Invest,Holding,Bolig,Properties,Udlejning,Byg}', c.i, 22)
                       || ' ' || c.form_of_company
           WHEN 2 THEN 'K/S ' || c.town || ' ' || c.street || ' ' || c.numbers
           WHEN 3 THEN 'P/S ' || c.invented || ' ' || c.street
           WHEN 4 THEN 'Ejendomsselskabet af ' || (1 + pg_temp.pick(c.i, 23, 28)) || '.' || (1 + pg_temp.pick(c.i, 24, 12))
                       || '.' || (1960 + pg_temp.pick(c.i, 25, 64)) || ' ' || c.form_of_company
           WHEN 5 THEN 'Boligselskabet ' || c.street || ' ' || c.form_of_company
           WHEN 6 THEN c.invented || ' ' || c.town || ' ' || c.form_of_company
           WHEN 7 THEN 'Aktieselskabet ' || c.invented || ' ' || c.street
           ELSE c.invented || ' ' || c.sur1 || ' ' || c.form_of_company
         END
       WHEN 'cooperative' THEN
         pg_temp.word('{"A/B ","A/B ","A/B ","AB ","A B ","Andelsboligforeningen ","Andelsboligforeningen ",
                        "Privat andelsboligforening ","Andelsforeningen ","Den private andelsboligforening "}', c.i, 26)
         || c.street || CASE WHEN c.form > 3 THEN ' ' || c.numbers ELSE ', ' || c.town END
       WHEN 'social_housing' THEN c.social || c.estate
       WHEN 'owners_association' THEN
         pg_temp.word('{"E/F ","E/F ","EF ","Ejerforeningen ","Ejerforeningen ","Ejerlejlighedsforeningen "}', c.i, 27)
         || c.street || ' ' || c.numbers
       WHEN 'homeowners_association' THEN
         pg_temp.word('{"Grundejerforeningen ","Grundejerforeningen ","G/F ","Parcelforeningen "}', c.i, 28)
         || c.street || ', ' || c.town
       WHEN 'foundation' THEN
         CASE c.form
           WHEN 0 THEN 'Fonden ' || c.invented || ' ' || c.town
           WHEN 1 THEN 'Den selvejende institution ' || c.street || ' ' || c.town
           WHEN 2 THEN c.first1 || ' og ' || c.first2 || ' ' || c.sur1 || 's Legat'
           WHEN 3 THEN c.sur1 || ' ' || c.sur2 || ' Fonden'
           WHEN 4 THEN 'Den erhvervsdrivende fond ' || c.invented || ' ' || c.street
           WHEN 5 THEN 'S/I ' || c.street || ' ' || c.town
           ELSE c.first1 || ' ' || c.sur1 || 's Mindefond, ' || c.town
         END
       WHEN 'partnership' THEN
         CASE WHEN c.form < 5 THEN 'I/S ' || c.street || ' ' || c.numbers
              ELSE c.sur1 || ' & ' || c.sur2 || ' ' || c.invented || ' I/S' END
       WHEN 'student_hall' THEN
         CASE WHEN c.form < 5 THEN 'Kollegiet ' || c.street || ' ' || c.town
              ELSE c.street || ' Kollegium, ' || c.town END
       WHEN 'pension_fund' THEN
         pg_temp.word('{"PFA Pension","PKA","Sampension","Danica Pension","PensionDanmark","AP Pension","Industriens Pension",
                        "Pensionskassen for Sygeplejersker","Arkitekternes Pensionskasse","ATP Pension"}', c.i, 29)
         || ', ' || c.street || ' ' || c.numbers
       WHEN 'municipality' THEN
         CASE WHEN c.form < 7 THEN c.town || ' Kommune' ELSE 'Kommunen ' || c.town END
         || pg_temp.word('{", "," - "," "}', c.i, 30)
         || pg_temp.word('{Ejendomme,Ejendomscenter,Teknik og Miljø,Byrådscentret,Ældreboliger,Plejehjem,Økonomi,Kultur og Fritid}', c.i, 31)
         || CASE WHEN c.form > 3 THEN ', ' || c.street ELSE '' END
       WHEN 'region' THEN
         pg_temp.word('{"Region Hovedstaden","Region Sjælland","Region Syddanmark","Region Midtjylland","Region Nordjylland"}', c.i, 32)
         || ', ' || c.street || ' ' || c.town
       WHEN 'state' THEN
         pg_temp.word('{"Staten v/ Bygningsstyrelsen","Naturstyrelsen","Forsvarsministeriets Ejendomsstyrelse","Vejdirektoratet",
                        "Staten, Kriminalforsorgen","Slots- og Kulturstyrelsen","Staten v/ Banedanmark","Udlændingestyrelsen",
                        "Transportministeriet"}', c.i, 33)
         || ', ' || c.street || ' ' || c.town
       WHEN 'church' THEN
         CASE WHEN c.form < 4 THEN c.town || ' ' || c.sur2 || ' Sogns Menighedsråd'
              WHEN c.form < 7 THEN c.street || ' Menighedsråd, ' || c.town
              WHEN c.form < 9 THEN c.town || ' ' || c.street || ' Præsteembede'
              ELSE c.street || ' Kirke, ' || c.town END
       END AS name
FROM (SELECT i, k.kind,
             pg_temp.pick(i, 1, 10) AS form,
             pg_temp.first_name(i, 2) AS first1,
             pg_temp.first_name(i, 3) AS first2,
             pg_temp.surname(i, 4) AS sur1,
             pg_temp.surname(i, 5) AS sur2,
             pg_temp.street(i, 6) AS street,
             pg_temp.town(i, 8) AS town,
             pg_temp.invented_word(i, 9) AS invented,
             pg_temp.house_numbers(i, 11) AS numbers,
             pg_temp.word('{ApS,ApS,ApS,A/S,A/S,APS,a/s,AS,IVS,P/S,A.M.B.A.}', i, 14) AS form_of_company,
             pg_temp.social_organisation(i, 15) AS social,
             pg_temp.estate(i, 40) AS estate
      FROM (SELECT kind, position, ceil(names / 10000.0 * :names * 2.5)::bigint AS wanted FROM kind_share) k,
           -- 100 million apart: no two kinds share a hash
           LATERAL generate_series(k.position * 100000000::bigint, k.position * 100000000::bigint + k.wanted) AS i) c;

-- As registries spell them: some in capitals, some without the Danish letters,
-- doubled spaces, cut at 34 characters, somebody "c/o" or "v/" behind.
UPDATE candidate SET name = CASE
    WHEN mess < 12 THEN upper(name)
    WHEN mess < 16 THEN replace(replace(replace(replace(replace(replace(name, 'æ', 'ae'), 'ø', 'oe'), 'å', 'aa'),
                                                'Æ', 'Ae'), 'Ø', 'Oe'), 'Å', 'Aa')
    WHEN mess < 18 THEN replace(name, ' ', '  ')
    WHEN mess < 20 THEN left(name, 34)
    WHEN mess < 22 THEN name || ' c/o ' || pg_temp.first_name(i, 61) || ' ' || pg_temp.surname(i, 62)
    ELSE name || ' v/ ' || pg_temp.first_name(i, 61) || ' ' || pg_temp.surname(i, 62) END
  FROM (SELECT i AS row_i, pg_temp.pick(i, 60, 100) AS mess FROM candidate) m
 WHERE row_i = i AND mess < 24;

CREATE UNLOGGED TABLE bench_owner AS
SELECT row_number() OVER (ORDER BY k.position, u.place)::int AS owner_no, u.name, u.kind
  FROM (SELECT d.kind, d.name, row_number() OVER (PARTITION BY d.kind ORDER BY d.i) AS place
          FROM (SELECT DISTINCT ON (name COLLATE "C") name, kind, i FROM candidate ORDER BY name COLLATE "C", i) d) u
  JOIN kind_share k USING (kind)
 -- what rounding leaves over goes to the persons
 WHERE u.place <= CASE k.kind
         WHEN 'unclassified' THEN :names - (SELECT sum(k.names * :names / 10000) FROM kind_share k WHERE k.kind <> 'unclassified')
         ELSE k.names * :names / 10000 END;
ALTER TABLE bench_owner ADD PRIMARY KEY (owner_no);

SELECT set_config('bench.names', :'names', false) \g /dev/null
DO $$
BEGIN
  IF (SELECT count(*) FROM bench_owner) <> current_setting('bench.names')::int THEN
    RAISE EXCEPTION 'the generator gave % distinct names, not %',
      (SELECT count(*) FROM bench_owner), current_setting('bench.names');
  END IF;
END
$$;

-- Which register values an owner of each kind stands with, in per cent. The
-- errors are those known from real registers: social blocks and cooperatives
-- under code 10 or 30, social blocks on a resident who is contact person,
-- mother properties under 90.
CREATE TEMP TABLE value_share (kind text, item text, value int, share int);
INSERT INTO value_share VALUES
  ('unclassified', 'code', 10, 92), ('unclassified', 'code', 90, 3), ('unclassified', 'code', 30, 1),
  ('unclassified', 'code', 20, 1), ('unclassified', 'code', 41, 1), ('unclassified', 'code', 99, 1),
  ('unclassified', 'code', NULL, 1),
  ('company', 'code', 30, 90), ('company', 'code', 10, 3), ('company', 'code', 20, 1), ('company', 'code', 90, 4),
  ('company', 'code', NULL, 2),
  ('social_housing', 'code', 20, 84), ('social_housing', 'code', 30, 6), ('social_housing', 'code', 10, 5),
  ('social_housing', 'code', 40, 2), ('social_housing', 'code', 41, 1), ('social_housing', 'code', 90, 2),
  ('cooperative', 'code', 41, 88), ('cooperative', 'code', 40, 5), ('cooperative', 'code', 10, 3),
  ('cooperative', 'code', 20, 2), ('cooperative', 'code', 30, 1), ('cooperative', 'code', 99, 1),
  ('owners_association', 'code', 90, 60), ('owners_association', 'code', 10, 20), ('owners_association', 'code', 40, 20),
  ('homeowners_association', 'code', 40, 60), ('homeowners_association', 'code', 90, 30), ('homeowners_association', 'code', 10, 10),
  ('foundation', 'code', 40, 85), ('foundation', 'code', 30, 8), ('foundation', 'code', 20, 4), ('foundation', 'code', 90, 3),
  ('partnership', 'code', 10, 80), ('partnership', 'code', 30, 15), ('partnership', 'code', 90, 5),
  ('student_hall', 'code', 40, 70), ('student_hall', 'code', 20, 20), ('student_hall', 'code', 80, 5), ('student_hall', 'code', 10, 5),
  ('pension_fund', 'code', 30, 80), ('pension_fund', 'code', 40, 20),
  ('municipality', 'code', 50, 80), ('municipality', 'code', 60, 12), ('municipality', 'code', 20, 5), ('municipality', 'code', 40, 3),
  ('region', 'code', 70, 90), ('region', 'code', 50, 10),
  ('state', 'code', 80, 92), ('state', 'code', 50, 8),
  ('church', 'code', 40, 70), ('church', 'code', 80, 20), ('church', 'code', 90, 10);
INSERT INTO value_share
SELECT kind, 'use', u.value, u.share FROM kind_share,
       LATERAL (VALUES (true, 120, 48), (true, 121, 1), (true, 130, 6), (true, 131, 6), (true, 132, 2), (true, 140, 24),
                       (true, 110, 6), (true, 190, 1), (true, 510, 3), (true, 322, 1), (true, 999, 1), (true, NULL, 1),
                       (false, 140, 74), (false, 131, 8), (false, 130, 4), (false, 120, 4), (false, 150, 3), (false, 160, 3),
                       (false, 132, 1), (false, 320, 1), (false, 999, 1), (false, NULL, 1)) u (person, value, share)
 WHERE u.person = (kind = 'unclassified');
-- One array of 100 values for each kind: a value is then one subscript.
CREATE TEMP TABLE kind_value AS
SELECT k.kind, s.first_owner, s.owners, s.first_share, s.first_share + k.dwellings AS next_share,
       (SELECT array_agg(v.value) FROM value_share v, generate_series(1, v.share) WHERE v.kind = k.kind AND v.item = 'code') AS codes,
       (SELECT array_agg(v.value) FROM value_share v, generate_series(1, v.share) WHERE v.kind = k.kind AND v.item = 'use') AS uses
  FROM kind_share k
  JOIN (SELECT k.kind, sum(k.dwellings) OVER (ORDER BY k.position) - k.dwellings AS first_share, o.first_owner, o.owners
          FROM kind_share k JOIN (SELECT kind, min(owner_no) AS first_owner, count(*)::int AS owners FROM bench_owner GROUP BY kind) o
               USING (kind)) s USING (kind);

-- Each owner has one dwelling; the rest are dealt out by the shares. Rows stand
-- in the order of their keys, which are random UUIDs as in the register: then
-- neighbours have different owners, and no memory of the last name helps.
CREATE UNLOGGED TABLE bench_dwelling AS
SELECT md5(d.d::text)::uuid AS dwelling_id,
       CASE pg_temp.pick(d.d, 101, 20) WHEN 0 THEN NULL WHEN 1 THEN 140 ELSE d.use END AS unit_use,
       CASE pg_temp.pick(d.d, 102, 50) WHEN 0 THEN '3' WHEN 1 THEN '2' WHEN 2 THEN 'E'
         ELSE CASE WHEN d.use = 510 THEN '5' ELSE '1' END END AS unit_kind,
       d.use AS building_use,
       d.kind_codes[1 + pg_temp.pick(d.d, 103, 100)] AS owner_code,
       CASE WHEN pg_temp.pick(d.d, 104, 100) > 0 OR d.d <= :names THEN d.name END AS owner_name,
       CASE WHEN d.built >= 2008 THEN (ARRAY[10, 10, 10, 11, 0, NULL, NULL, 12])[1 + pg_temp.pick(d.d, 105, 8)]
            WHEN pg_temp.pick(d.d, 105, 50) = 0 THEN 0 END AS defect_insurance,
       d.built AS built_year,
       CASE WHEN d.kind = 'unclassified'
            THEN (ARRAY[true, true, true, true, true, true, false, false, NULL, NULL])[1 + pg_temp.pick(d.d, 106, 10)]
            ELSE CASE WHEN pg_temp.pick(d.d, 106, 100) = 0 THEN true WHEN pg_temp.pick(d.d, 106, 100) < 70 THEN false END
       END AS owner_occupied,
       (ARRAY['SFE', 'SFE', 'SFE', 'SFE', 'SFE', 'SFE', 'SFE', 'Ejerlejlighed', 'Ejerlejlighed', 'BPFG', 'SFE', NULL]
       )[1 + pg_temp.pick(d.d, 107, 12)] AS property_kind,
       CASE WHEN pg_temp.pick(d.d, 108, 100) < 8 THEN
            CASE d.kind WHEN 'social_housing' THEN (ARRAY[10, 10, 10, 10, 25, 40, 42, 0])[1 + pg_temp.pick(d.d, 109, 8)]
                        WHEN 'cooperative' THEN (ARRAY[20, 20, 0, 0])[1 + pg_temp.pick(d.d, 109, 4)]
                        WHEN 'company' THEN (ARRAY[0, 0, 0, 15, 30])[1 + pg_temp.pick(d.d, 109, 5)]
                        ELSE 0 END END AS public_support,
       CASE WHEN d.contact THEN true WHEN pg_temp.pick(d.d, 110, 4) > 0 THEN false END AS proxy_owner
  FROM (SELECT d.d, d.contact, o.name, o.kind, v.codes AS kind_codes, v.uses[1 + pg_temp.pick(d.d, 111, 100)] AS use,
               CASE WHEN pg_temp.pick(d.d, 112, 100) = 0 THEN NULL
                    ELSE 2025 - pg_temp.pick_skewed(d.d, 113, 170) END AS built
          FROM (SELECT d,
                       -- a contact person stands as owner of some forty flats
                       d > :names AND v.kind = 'unclassified' AND pg_temp.pick(d, 122, 100) = 0 AS contact,
                       CASE WHEN d <= :names THEN d
                            WHEN v.kind = 'unclassified' AND pg_temp.pick(d, 122, 100) = 0
                              THEN v.first_owner + pg_temp.pick(d, 121, greatest(1, :rows / 13000))
                            ELSE v.first_owner + pg_temp.pick_skewed(d, 121, v.owners) END AS owner_no
                  FROM generate_series(1, :rows) AS d
                  JOIN kind_value v ON pg_temp.pick(d, 120, 10000) >= v.first_share
                                   AND pg_temp.pick(d, 120, 10000) < v.next_share) d
          JOIN bench_owner o USING (owner_no)
          JOIN kind_value v ON v.kind = o.kind) d
 ORDER BY 1;

VACUUM (FREEZE, ANALYZE) bench_owner;
VACUUM (FREEZE, ANALYZE) bench_dwelling;
