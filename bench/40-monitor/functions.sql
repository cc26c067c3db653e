-- What a monitor's results cost without a monitor: the same tables from the same functions, dropped and made anew. No findings of data issues, no indexes.
DROP SCHEMA IF EXISTS bench_plain CASCADE;
CREATE SCHEMA bench_plain;
CREATE TABLE bench_plain.signal AS
    SELECT d.dwelling_id, d.unit_use, d.unit_kind, b.building_use, o.owner_code, o.owner_name, b.defect_insurance, b.built_year, d.registered_use, d.property_kind,
        d.public_support, false AS proxy_owner
    FROM bench_monitor.dwelling d LEFT JOIN bench_monitor.building b USING (building_id)
    LEFT JOIN (SELECT DISTINCT ON (x.dwelling_id) x.dwelling_id, o.owner_code, o.owner_name
        FROM bench_monitor.dwelling x JOIN bench_monitor.ownership o ON o.dwelling_id = x.dwelling_id OR o.property_id = x.property_id
        WHERE o.valid_to IS NULL ORDER BY x.dwelling_id, o.dwelling_id IS NULL, o.valid_from DESC) o USING (dwelling_id);
CREATE TABLE bench_plain.dwelling_class AS SELECT * FROM byudv.classify_dwellings('bench_plain.signal');
CREATE VIEW bench_plain.address AS
    SELECT a.person_id, CASE WHEN d.municipality = 101 THEN a.dwelling_id END AS dwelling_id, a.municipality_code, a.abroad, a.from_date, a.to_date
    FROM bench_monitor.address_period a LEFT JOIN bench_monitor.dwelling d USING (dwelling_id) WHERE a.from_date < '2026-01-01';
CREATE TABLE bench_plain.residence AS SELECT * FROM byudv.residences('bench_plain.address');
CREATE TABLE bench_plain.move AS
    SELECT * FROM byudv.moves('bench_plain.residence', 'bench_monitor.person', 'bench_plain.address', '2016-01-01', '2026-01-01');
CREATE TABLE bench_plain.occupancy AS SELECT * FROM byudv.occupancies('bench_plain.residence');
CREATE TABLE bench_plain.flow AS
    SELECT * FROM byudv.vacancy_flows('bench_plain.residence', 'bench_monitor.dwelling', '2016-01-01', '2026-01-01', persons => 'bench_monitor.person');
CREATE TABLE bench_plain.chain AS SELECT * FROM byudv.vacancy_chains('bench_plain.flow');
