-- the tenure of some dwellings: every rule, and why
\set first random(1, 25000)
SELECT c.dwelling_id, c.tenure, c.reason, e.rule_id, e.outcome
FROM (SELECT * FROM birkelev.dwelling_class WHERE dwelling_id >= :first ORDER BY dwelling_id LIMIT 5) c JOIN birkelev.dwelling d USING (dwelling_id) LEFT JOIN birkelev.building b USING (building_id)
LEFT JOIN LATERAL (SELECT o.owner_code, o.owner_name FROM birkelev.ownership o WHERE o.dwelling_id = d.dwelling_id OR o.property_id = d.property_id ORDER BY o.valid_from DESC NULLS LAST LIMIT 1) o ON true
CROSS JOIN LATERAL byudv.explain_tenure(o.owner_code, b.building_use, o.owner_name, b.defect_insurance, b.built_year, byudv.owner_occupied(d.registered_use), d.property_kind, d.public_support) e
WHERE e.outcome <> 'no match';
