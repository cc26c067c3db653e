-- load.sql - loads what the generator wrote into tables of a schema: psql -v schema=birkelev -v folder=/where/the/files/are -f load.sql
--
-- The schema is made anew. Its tables have the columns of a monitor's input; truth_dwelling and truth_error are no register's.

SET client_min_messages = warning;
DROP SCHEMA IF EXISTS :"schema" CASCADE;
CREATE SCHEMA :"schema";
SET search_path = :"schema";

CREATE TABLE building (
    building_id bigint PRIMARY KEY, source_key text, property_id bigint, building_use int, built_year int, defect_insurance int, permit_on date,
    available_from date, demolished_on date, status int
);
CREATE TABLE dwelling (
    dwelling_id bigint PRIMARY KEY, source_key text, municipality int, building_id bigint, property_id bigint, property_kind text, unit_use int,
    unit_kind text, area_m2 int, residential_area_m2 int, rooms int, public_support int, registered_use int, available_from date, demolished_on date,
    address text
);
CREATE TABLE ownership (
    property_id bigint, dwelling_id bigint, owner_code int, owner_name text, owner_person_id bigint, valid_from date, valid_to date
);
CREATE TABLE person (person_id bigint PRIMARY KEY, born_on date, died_on date, protected boolean NOT NULL DEFAULT false);
CREATE TABLE household_type (person_id bigint, household_type text, valid_from date, valid_to date);
CREATE TABLE person_attribute (person_id bigint, attribute text, value numeric(14, 2), valid_from date, valid_to date);
CREATE TABLE address_period (person_id bigint, dwelling_id bigint, municipality_code int, abroad boolean, from_date date, to_date date);
CREATE TABLE area (kind text, code text, name text, geojson text, valid_from date, valid_to date, PRIMARY KEY (kind, code));
CREATE TABLE dwelling_area (dwelling_id bigint, kind text, code text, valid_from date, valid_to date);
CREATE TABLE plan_project (
    project_id bigint PRIMARY KEY, name text, plan_code text, area_kind text, area_code text, adopted_on date, permit_on date, started_on date,
    completed_on date, occupied_on date
);
CREATE TABLE plan_dwelling (
    project_id bigint, dwelling_type text, tenure text, area_m2 int, expected int, realised int, expected_on date
);
CREATE TABLE indicator (
    source text, municipality int, area_kind text, area_code text, year int, measure text, unit text, definition text, value numeric(18, 4)
);
CREATE TABLE tenure_override (
    dwelling_id bigint, valid_from date, valid_to date, tenure text, note text, decided_by text, decided_on date
);
CREATE TABLE truth_dwelling (dwelling_id bigint PRIMARY KEY, tenure text NOT NULL, dwelling_type text NOT NULL, planted text NOT NULL);
CREATE TABLE truth_error (kind text NOT NULL, table_name text NOT NULL, key text NOT NULL);

-- \copy takes no variables, but a client can change its folder
\cd :folder
\copy building FROM 'building.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy dwelling FROM 'dwelling.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy ownership FROM 'ownership.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy person FROM 'person.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy household_type FROM 'household_type.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy person_attribute FROM 'person_attribute.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy address_period FROM 'address_period.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy area FROM 'area.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy dwelling_area FROM 'dwelling_area.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy plan_project FROM 'plan_project.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy plan_dwelling FROM 'plan_dwelling.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy indicator FROM 'indicator.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy tenure_override FROM 'tenure_override.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy truth_dwelling FROM 'truth_dwelling.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy truth_error FROM 'truth_error.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')

CREATE INDEX ON ownership (property_id);
CREATE INDEX ON ownership (dwelling_id);
CREATE INDEX ON address_period (person_id);
CREATE INDEX ON household_type (person_id);
CREATE INDEX ON person_attribute (person_id, attribute);
CREATE INDEX ON dwelling_area (dwelling_id);
ANALYZE building, dwelling, ownership, person, household_type, person_attribute, address_period, area, dwelling_area, plan_project, plan_dwelling,
    indicator, tenure_override, truth_dwelling, truth_error;
