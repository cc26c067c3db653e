-- Two groups compared: shares and rates, with limits and a test.

CREATE FUNCTION byudv.chi_square_p(chi_square float8, df int DEFAULT 1) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_chi_square_p';
COMMENT ON FUNCTION byudv.chi_square_p(float8, int) IS 'How often a chi-square so large or larger comes by chance, with df degrees of freedom. Of a normal deviate z, chi_square_p(z * z) is the two-sided p value. NULL gives NULL. Errors: a negative or infinite chi_square, df below 1.';

CREATE FUNCTION byudv.share_limits(count float8, total float8, design_effect float8 DEFAULT 1, confidence float8 DEFAULT 0.95,
        OUT share float8, OUT lower float8, OUT upper float8) RETURNS record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_share_limits';
COMMENT ON FUNCTION byudv.share_limits(float8, float8, float8, float8) IS 'The share that count is of total, with limits by Wilson''s score method (1927; R: prop.test with correct = FALSE), which also hold for 0 and for all. design_effect: 1 where those counted stand alone; where they come in groups that are alike, such as households that move together, so many of them tell as much as one that stands alone. A total of 0 gives NULLs, as does a NULL. Errors: numbers that are negative or infinite, a count above its total, design_effect below 1, confidence not between 0 and 1.';

CREATE FUNCTION byudv.compare_shares(count_1 float8, total_1 float8, count_2 float8, total_2 float8, design_effect float8 DEFAULT 1, confidence float8 DEFAULT 0.95,
        OUT share_1 float8, OUT share_2 float8, OUT difference float8, OUT lower float8, OUT upper float8, OUT chi_square float8, OUT p_value float8) RETURNS record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_compare_shares';
COMMENT ON FUNCTION byudv.compare_shares(float8, float8, float8, float8, float8, float8) IS 'Whether two groups have the same share: the shares, their difference (first less second) with limits by Newcombe''s method 10 (1998), and Pearson''s test without continuity correction (R: prop.test with correct = FALSE) with one degree of freedom. design_effect as in byudv.share_limits(). Without a total there is no difference; where no one or everyone has it, there is no test. NULL gives NULLs. Errors as byudv.share_limits().';

CREATE FUNCTION byudv.compare_rates(events_1 float8, exposure_1 float8, events_2 float8, exposure_2 float8, design_effect float8 DEFAULT 1, confidence float8 DEFAULT 0.95,
        OUT rate_1 float8, OUT rate_2 float8, OUT ratio float8, OUT lower float8, OUT upper float8, OUT chi_square float8, OUT p_value float8) RETURNS record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'byudv_compare_rates';
COMMENT ON FUNCTION byudv.compare_rates(float8, float8, float8, float8, float8, float8) IS 'Whether two groups have the same rate of events per time at risk (dwelling-years, person-years): the rates, their ratio (first over second) with limits, and a test with one degree of freedom. Given their sum, the events of the first are binomial (Przyborowski and Wilenski 1940); limits and test are the score ones of that share, near the exact ones of R''s poisson.test for more than a few events. design_effect as in byudv.share_limits(). Without exposure or any event there is no ratio; where the second has no event, neither ratio nor upper limit. NULL gives NULLs. Errors: numbers that are negative or infinite, design_effect below 1, confidence not between 0 and 1.';
