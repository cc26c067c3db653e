-- Chains of vacancies as a Markov chain.

CREATE FUNCTION byudv.chain_lengths(transitions regclass, OUT stratum text, OUT vacancies bigint, OUT expected_length double precision,
        OUT std_error double precision) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL UNSAFE COST 10000 ROWS 20 AS 'MODULE_PATHNAME', 'byudv_chain_lengths';
COMMENT ON FUNCTION byudv.chain_lengths(regclass) IS 'Expected length of a chain of vacancies that begins in each stratum (a kind of dwelling), its own vacancy included: (I - Q)^-1 1 (H. C. White, Chains of Opportunity, 1970), with the standard error by the delta method from the multinomial counts. transitions: any relation with from_stratum text, to_stratum text, n bigint: so many vacancies of from_stratum set one free in to_stratum; NULL where the chain ends. Rows of the same strata add up. Sorted by stratum (bytes). vacancies: how many the stratum''s row rests on. It takes every vacancy of a stratum as alike, whatever the chain''s history; compare with the chains that were followed. Errors: from_stratum or n NULL, n negative, a stratum with vacancies passed on to it but none counted from it, one from which chains never end, more than 2,000 strata, a missing column or a wrong type.';

CREATE FUNCTION byudv.chain_multipliers(transitions regclass, OUT from_stratum text, OUT to_stratum text, OUT multiplier double precision,
        OUT std_error double precision, OUT length_covariance double precision) RETURNS SETOF record
    LANGUAGE c STABLE PARALLEL UNSAFE COST 10000 ROWS 400 AS 'MODULE_PATHNAME', 'byudv_chain_multipliers';
COMMENT ON FUNCTION byudv.chain_multipliers(regclass) IS 'How many vacancies in to_stratum a vacancy in from_stratum brings about, itself included: (I - Q)^-1, with the standard error by the delta method. The multipliers of a from_stratum add up to its expected length. length_covariance: of the expected lengths of the two strata, so that the standard error of a difference is sqrt(se_a^2 + se_b^2 - 2 * covariance). transitions and errors as for byudv.chain_lengths(). Sorted by from_stratum, to_stratum (bytes).';
