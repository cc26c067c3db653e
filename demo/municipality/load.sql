-- load.sql - makes a monitor and loads what the generator wrote: psql -v monitor=birkelev -v folder=/where/the/files/are -f load.sql
--
-- With -v municipality=147 another one of those that were generated is studied than 101, which is the first. A monitor of this name is made anew. What is
-- really so goes into a schema beside it, birkelev_truth, which no function reads.

\if :{?municipality}
\else
\set municipality 101
\endif
\set truth :monitor _truth
SET client_min_messages = warning;
DROP SCHEMA IF EXISTS :"monitor", :"truth" CASCADE;
SELECT byudv.create_monitor(:'monitor', :municipality) AS said \gset
CREATE SCHEMA :"truth";
CREATE TABLE :"truth".truth_dwelling (dwelling_id bigint PRIMARY KEY, tenure text NOT NULL, dwelling_type text NOT NULL, planted text NOT NULL);
CREATE TABLE :"truth".truth_error (kind text NOT NULL, table_name text NOT NULL, key text NOT NULL);
COMMENT ON TABLE :"truth".truth_dwelling IS 'What each dwelling really is, and what is planted on it';
COMMENT ON TABLE :"truth".truth_error IS 'Each planted error: kind, table, and key: the dwelling''s number, or the person''s and the day on which the record begins';

-- \copy takes no variables, but a client can change its folder, and names are found by the path. Columns are named, since a monitor has
-- some that are not made here.
SET search_path = :"monitor", :"truth";
\cd :folder
\copy building (building_id, source_key, property_id, building_use, built_year, defect_insurance, permit_on, available_from, demolished_on, status) FROM 'building.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy dwelling (dwelling_id, source_key, municipality, building_id, property_id, property_kind, unit_use, unit_kind, area_m2, residential_area_m2, rooms, public_support, registered_use, available_from, demolished_on, address) FROM 'dwelling.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy ownership (property_id, dwelling_id, owner_code, owner_name, owner_person_id, valid_from, valid_to) FROM 'ownership.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy person (person_id, born_on, died_on, protected) FROM 'person.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy household_type (person_id, household_type, valid_from, valid_to) FROM 'household_type.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy person_attribute (person_id, attribute, value, valid_from, valid_to) FROM 'person_attribute.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy address_period (person_id, dwelling_id, municipality_code, abroad, from_date, to_date) FROM 'address_period.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy area (kind, code, name, geojson, valid_from, valid_to) FROM 'area.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy dwelling_area (dwelling_id, kind, code, valid_from, valid_to) FROM 'dwelling_area.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy plan_project (project_id, name, plan_code, area_kind, area_code, adopted_on, permit_on, started_on, completed_on, occupied_on) FROM 'plan_project.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy plan_dwelling (project_id, dwelling_type, tenure, area_m2, expected, realised, expected_on) FROM 'plan_dwelling.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy indicator (source, municipality, area_kind, area_code, year, measure, unit, definition, value) FROM 'indicator.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy tenure_override (dwelling_id, valid_from, valid_to, tenure, note, decided_by, decided_on) FROM 'tenure_override.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy truth_dwelling (dwelling_id, tenure, dwelling_type, planted) FROM 'truth_dwelling.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')
\copy truth_error (kind, table_name, key) FROM 'truth_error.csv' (FORMAT csv, HEADER, ENCODING 'UTF8')

-- The registers stand as on the first day after the last year.
UPDATE setting SET as_of = (SELECT make_date(max(year) + 1, 1, 1) FROM indicator);
ANALYZE;
