-- The owner-name dictionary: which names are which kind of owner.

CREATE TABLE byudv.owner_pattern (
    pattern text NOT NULL,
    match text NOT NULL,
    owner_kind text NOT NULL,
    organisation text,
    priority int NOT NULL DEFAULT 50,
    source text,
    enabled boolean NOT NULL DEFAULT true,
    is_builtin boolean NOT NULL DEFAULT false,
    PRIMARY KEY (pattern, match, is_builtin)
);
COMMENT ON TABLE byudv.owner_pattern IS 'Owner-name dictionary. Of all patterns that match a name the one with the lowest priority decides, then the longest, then yours before a built-in one. A row of your own with the same pattern and match replaces the built-in row; with enabled = false it switches it off.';
COMMENT ON COLUMN byudv.owner_pattern.pattern IS 'What to look for. Compared in the form that byudv.normalise_owner_name() gives, so case, Danish letters and punctuation do not matter; at most 200 bytes';
COMMENT ON COLUMN byudv.owner_pattern.match IS 'whole: the name is the pattern; prefix: the name begins with these characters; word: one word of the name; phrase: consecutive words; suffix: a word ends with these characters; last: the last word or words. The name is what stands before afd, v/, c/o and att';
COMMENT ON COLUMN byudv.owner_pattern.owner_kind IS 'Kind of owner, from byudv.owner_kind_code; unclassified cancels what later patterns would say';
COMMENT ON COLUMN byudv.owner_pattern.organisation IS 'The housing organisation that the name belongs to, where it is one';
COMMENT ON COLUMN byudv.owner_pattern.priority IS 'The lowest decides. Built-in rows use 100 to 900, so the default 50 is before all of them';
COMMENT ON COLUMN byudv.owner_pattern.source IS 'Where the knowledge comes from';
COMMENT ON COLUMN byudv.owner_pattern.enabled IS 'false: the row, and the built-in row that it replaces, take no part';
COMMENT ON COLUMN byudv.owner_pattern.is_builtin IS 'The extension''s own row; leave it out in rows of yours';
