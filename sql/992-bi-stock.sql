-- BI views: dwellings.

CREATE FUNCTION byudv.bi_stock_views(OUT view_name text, OUT key text, OUT description_da text, OUT description_en text, OUT question_da text, OUT query text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 5 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_stock_tenure', 'year, area_kind, area_code, dwelling_type, tenure, tenure_register, tenure_dst, new_build, size_band', 'Boliger 1. januar efter type, størrelse og ejerform: registrets, Danmarks Statistiks og den rettede',
    'Dwellings on 1 January by type, size and tenure: the register''s, Statistics Denmark''s and the corrected one', 'Hvor mange boliger ændrer ejerform, når fejl i registret rettes?',
    $q$SELECT s.year, s.area_kind, s.area_code, a.area_label, s.dwelling_type, t.label_da AS dwelling_type_label, s.tenure, n.label_da AS tenure_label, s.tenure_register, r.label_da AS tenure_register_label,
         s.tenure_dst, d.label_da AS tenure_dst_label, s.new_build, CASE s.new_build WHEN 'new' THEN 'Nybyggeri' ELSE 'Eksisterende' END AS new_build_label, s.size_band, b.label_da AS size_band_label, s.dwellings, s.vacant_dwellings, s.area_m2
       FROM %1$I.stock s JOIN %1$I.area_list a ON a.area_kind = s.area_kind AND a.area_code = s.area_code LEFT JOIN byudv.dwelling_type_code t ON t.code = s.dwelling_type
       LEFT JOIN byudv.tenure_code n ON n.code = s.tenure LEFT JOIN byudv.tenure_code r ON r.code = s.tenure_register LEFT JOIN byudv.tenure_code d ON d.code = s.tenure_dst
       LEFT JOIN byudv.bi_codes() b ON b.attribute = 'size_band' AND b.code = s.size_band$q$)
$$;
COMMENT ON FUNCTION byudv.bi_stock_views() IS 'Used inside: the views of dwellings, as monitor_views() lists them.';

CREATE FUNCTION byudv.bi_stock_columns(OUT view_name text, OUT column_name text, OUT type text, OUT label_da text, OUT description_da text, OUT description_en text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 50 SET search_path = pg_catalog, pg_temp AS $$
VALUES
('bi_stock_tenure', 'year', 'integer', 'År', 'Opgjort 1. januar dette år', 'On 1 January of this year'),
('bi_stock_tenure', 'area_kind', 'varchar(40)', 'Områdetype', 'Slags område; vælg altid én', 'Kind of area; always choose one'),
('bi_stock_tenure', 'area_code', 'varchar(40)', 'Områdekode', 'Områdets kode', 'Code of the area'),
('bi_stock_tenure', 'area_label', 'varchar(120)', 'Område', 'Områdets navn', 'Name of the area'),
('bi_stock_tenure', 'dwelling_type', 'varchar(30)', 'Boligtype, kode', 'Boligtypens kode', 'Code of the dwelling type'),
('bi_stock_tenure', 'dwelling_type_label', 'varchar(80)', 'Boligtype', 'Boligtypen', 'Dwelling type'),
('bi_stock_tenure', 'tenure', 'varchar(30)', 'Ejerform, kode', 'Den rettede ejerforms kode', 'Code of the corrected tenure'),
('bi_stock_tenure', 'tenure_label', 'varchar(80)', 'Ejerform', 'Den rettede ejerform', 'Tenure, corrected'),
('bi_stock_tenure', 'tenure_register', 'varchar(30)', 'Registrets ejerform, kode', 'Ejerformen efter registrets ejerforholdskode', 'Code of the tenure by the register''s owner code'),
('bi_stock_tenure', 'tenure_register_label', 'varchar(80)', 'Registrets ejerform', 'Ejerformen efter registrets ejerforholdskode', 'Tenure by the register''s owner code'),
('bi_stock_tenure', 'tenure_dst', 'varchar(30)', 'Danmarks Statistiks ejerform, kode', 'Ejerformen som Danmarks Statistik opgør den', 'Code of the tenure as Statistics Denmark reads it'),
('bi_stock_tenure', 'tenure_dst_label', 'varchar(80)', 'Danmarks Statistiks ejerform', 'Ejerformen som Danmarks Statistik opgør den', 'Tenure as Statistics Denmark reads it'),
('bi_stock_tenure', 'new_build', 'varchar(10)', 'Nybyggeri, kode', 'new: taget i brug i undersøgelsesperioden', 'new: taken into use in the study window'),
('bi_stock_tenure', 'new_build_label', 'varchar(40)', 'Nybyggeri', 'Nybyggeri eller eksisterende', 'New or existing'),
('bi_stock_tenure', 'size_band', 'varchar(20)', 'Boligstørrelse, kode', 'Størrelsesgruppens kode', 'Code of the size band'),
('bi_stock_tenure', 'size_band_label', 'varchar(80)', 'Boligstørrelse', 'Størrelsesgruppen', 'Size band'),
('bi_stock_tenure', 'dwellings', 'bigint', 'Boliger', 'Antal boliger', 'Dwellings'),
('bi_stock_tenure', 'vacant_dwellings', 'bigint', 'Ubeboede boliger', 'Boliger som ingen bor i', 'Dwellings in which nobody lives'),
('bi_stock_tenure', 'area_m2', 'bigint', 'Areal, m²', 'Boligernes areal i alt, kvadratmeter', 'Their area in all, square metres')
$$;
COMMENT ON FUNCTION byudv.bi_stock_columns() IS 'Used inside: the columns of the views of dwellings, as monitor_view_columns() lists them.';
