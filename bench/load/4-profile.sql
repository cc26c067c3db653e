-- the sheet of an area, and whom to expect in new homes
\set quarter random(1, 8)
\set size random(40, 120)
SELECT * FROM byudv.area_profile('birkelev', (SELECT area_label FROM birkelev.area_list WHERE area_kind = 'kvarter' AND area_code = '101-' || :quarter));
SELECT * FROM byudv.new_build_profile('birkelev', 'apartment', 'social', :size, 100);
