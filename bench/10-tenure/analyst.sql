-- The tenure of a dwelling as an analyst writes it without byudv: one CASE over
-- the register codes and the owner's name, in the order of the corrected norm.
--
-- It is meant as a fair opponent. One regular expression for each group of
-- names: written as one for each word, or with ILIKE, the same CASE took two to
-- twenty times as long (PostgreSQL keeps no more than 32 compiled expressions).
-- Short alternatives, anchored where the naming allows it, and the comparisons
-- of codes before the expressions wherever the order of the norm lets them be.
-- Longer lists of organisations would agree with byudv more often and cost more.
--
-- Written once, for PostgreSQL; for DuckDB the bench rewrites
--     owner_name ~* '...'   as   regexp_matches(owner_name, '...', 'i')
-- so the patterns keep to what both dialects read alike: no word boundaries
-- (\y in one, \b in the other), no look-around.
CASE
  WHEN public_support IN (10, 25, 40, 42) THEN 'social'
  WHEN public_support = 20 THEN 'cooperative'
  WHEN public_support IN (15, 30) THEN 'private_rental'

  -- social housing: conventions of naming, then organisations by name
  WHEN owner_name ~* 'almen|boligselskab|boligorg|arbejdernes andels|^(boligforeningen )?(aab|kab|3b|fsb|domea|lejerbo)'
       AND NOT owner_name ~* ' (aps|a/s|ivs)$' THEN 'social'
  WHEN owner_code = 20 THEN 'social'

  WHEN owner_code = 41
       OR owner_name ~* '^(a/b|ab|a b) |andels' THEN 'cooperative'

  WHEN owner_code IN (50, 60, 70, 80)
       OR owner_name ~* ' kommune|^region |^staten|styrelse|menighedsr' THEN 'public'

  WHEN proxy_owner
       OR owner_name ~* '^(e/f|ef) |^ejer(lejligheds)?forening' THEN
    CASE WHEN owner_occupied THEN 'owner'
         WHEN NOT owner_occupied OR defect_insurance = 12 THEN 'private_rental'
         ELSE 'owner' END

  WHEN owner_code = 30
       OR owner_name ~* ' (aps|a/s|as|ivs|p/s)$|^[kp]/s |pension' THEN 'private_rental'

  WHEN owner_code = 40
       OR owner_name ~* 'fonden|legat|selvejende|kollegi' THEN 'foundation'

  WHEN owner_code = 10 THEN
    CASE WHEN owner_occupied THEN 'owner'
         WHEN NOT owner_occupied THEN 'private_rental'
         WHEN building_use IN (110, 120, 121, 122, 130, 131, 132) THEN 'owner'
         WHEN lower(property_kind) IN ('ejerlejlighed', 'condominium', '3') THEN 'owner'
         WHEN building_use = 140 THEN 'private_rental'
         ELSE 'unknown' END

  WHEN defect_insurance = 12 THEN 'private_rental'
  WHEN defect_insurance = 11 THEN 'owner'
  WHEN defect_insurance = 10 AND built_year >= 2017 THEN 'owner'
  WHEN owner_occupied THEN 'owner'
  WHEN NOT owner_occupied THEN 'private_rental'
  WHEN building_use IN (110, 120, 121, 122, 130, 131, 132) THEN 'owner'
  WHEN building_use = 140 AND built_year >= 2017 AND coalesce(defect_insurance, 0) = 0 THEN 'private_rental'
  ELSE 'unknown'
END
