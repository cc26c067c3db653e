-- LOIS (SQL Server) as foreign tables, by way of tds_fdw, for byudv.import_lois() and byudv.import_cpr_addresses().
--
-- No part of the extension: read it, change what is marked, and run it in your database. It was checked against PostgreSQL's syntax and, with plain tables in
-- place of the foreign ones, with the adapters; not against a LOIS server. Names of columns are LOIS's own. Where a view of yours lacks a column, delete its
-- line: the adapters do without, or say what they need.
--
-- Debian: apt-get install postgresql-15-tds-fdw

CREATE EXTENSION IF NOT EXISTS tds_fdw;

-- change: server, port, database
CREATE SERVER lois FOREIGN DATA WRAPPER tds_fdw OPTIONS (servername 'sqlserver.example', port '1433', database 'LOIS', tds_version '7.4');

-- change: user and password of a login that may read these views and nothing else. Who may read pg_user_mapping's options is the owner of the server and
-- superusers. Set log_statement to none while you run it: the statement holds the password.
CREATE USER MAPPING FOR CURRENT_USER SERVER lois OPTIONS (username 'byudv_reader', password 'change me');

CREATE SCHEMA lois;

-- Units: all columns that byudv.import_lois() reads
CREATE FOREIGN TABLE lois.enhed (
    "Enhed_id" varchar(36),
    "Bygning_id" varchar(36),
    "KomKode" varchar(4),
    "KOMMUNE_NR" smallint,
    "EJD_NR" int,
    "VejKode" varchar(4),
    "VEJ_NAVN" varchar(40),
    "HusNr" varchar(4),
    "Etagebetegn" varchar(2),
    "SIDE_DOERNR" varchar(4),
    "PostNr" varchar(4),
    "PostByNavn" varchar(20),
    "ObjStatus" smallint,
    "ENH_ANVEND_KODE" smallint,
    "BOLIGTYPE_KODE" varchar(1),
    "ENH_ARL_SAML" int,
    "BEBO_ARL" int,
    "VAERELSE_ANT" smallint,
    "ENH_UDLEJ2_KODE" varchar(1),
    "OFF_STOETTE_KODE" varchar(1)
) SERVER lois OPTIONS (schema_name 'dbo', table_name 'GIS_NyBBR_EnhedView', row_estimate_method 'showplan_all');

-- Buildings
CREATE FOREIGN TABLE lois.bygning (
    "BygningId" varchar(36),
    "byg021BygningensAnvendelse" int,
    "byg026Opfoerelsesaar" int,
    "byg121OmfattetAfByggeskadeforsikring" int
) SERVER lois OPTIONS (schema_name 'BBR', table_name 'BygningGeoView', row_estimate_method 'showplan_all');

-- Owner codes of properties
CREATE FOREIGN TABLE lois.ejer (
    "KOMMUNE_NR" smallint,
    "EJD_NR" int,
    "EJERFORHOLD_KODE" varchar(2)
) SERVER lois OPTIONS (schema_name 'dbo', table_name 'ESREjerView', row_estimate_method 'showplan_all');

-- Persons' addresses (KMD DPR). CPR numbers pass through this table: give it to nobody but the role that imports.
CREATE FOREIGN TABLE lois.dtpersbo (
    "PNR" numeric(11),
    "KOMKOD" numeric(5),
    "VEJKOD" numeric(5),
    "HUSNR" varchar(4),
    "ETAGE" varchar(2),
    "SIDEDOER" varchar(4),
    "TILFDTO" numeric(13),
    "FRAFDTO" numeric(13),
    "ANNKOR" varchar(1)
) SERVER lois OPTIONS (schema_name 'dbo', table_name 'DTPERSBO', row_estimate_method 'showplan_all');

-- Departures from the country and returns to it
CREATE FOREIGN TABLE lois.udrejse (
    pnr varchar(11),
    "Udrejsedato" date,
    "Indrejsedato" date
) SERVER lois OPTIONS (schema_name 'CPR', table_name 'HisUdrejseView', row_estimate_method 'showplan_all');

REVOKE ALL ON ALL TABLES IN SCHEMA lois FROM PUBLIC;
