-- classify.sql - the job itself, for one source, psql variable :source.

-- What byudv reads: the loaded columns, and whether the owner is a contact person rather than an owner.
CREATE VIEW demo.:"input" AS
WITH proxy AS (
    SELECT byudv.normalise_owner_name(owner_name) AS name
    FROM demo.dwelling
    WHERE source = :'source' AND owner_name IS NOT NULL AND byudv.owner_kind(owner_name) = 'unclassified'
    GROUP BY 1
    HAVING count(DISTINCT dwelling_id) > demo.proxy_more_than()
)
SELECT d.dwelling_id, d.unit_use, d.unit_kind, d.building_use, d.owner_code, d.owner_name, d.defect_insurance,
       d.built_year, d.registered_use, d.property_kind, d.public_support,
       byudv.normalise_owner_name(d.owner_name) IN (SELECT name FROM proxy) AS proxy_owner
FROM demo.dwelling d
WHERE d.source = :'source';

INSERT INTO demo.dwelling_class
SELECT :'source', c.dwelling_id, c.dwelling_type, c.tenure_register, c.tenure_dst, c.tenure, c.rule_id, c.certainty,
       c.reason, c.owner_kind, c.organisation
FROM byudv.classify_dwellings(:'input_name') AS c;
