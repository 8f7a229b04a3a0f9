-- The folding of `base::fold`, for text that has no stored key. The two agree on Latin, Greek and Cyrillic text; combining
-- marks of other scripts stay. The order of the steps is that of the original. The collation is named because that of the
-- columns, "C", knows only the capital letters of ASCII.
CREATE OR REPLACE FUNCTION bottega_fold(t TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(
        replace(replace(replace(replace(
            translate(
                translate(
                    lower(regexp_replace(
                        normalize(translate(t, '`´‘’‚‛′ʹʻʼˈ“”„‟″«»‐‑‒–—―−', '''''''''''''''''''''''"""""""-------'), NFKD),
                        '[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]', '', 'g')
                        COLLATE "und-x-icu"),
                    'øđðłħıς', 'oddlhiσ'),
                '`´‘’‚‛′ʹʻʼˈ“”„‟″«»‐‑‒–—―−' || U&'\00ad\200b\200c\200d\200e\200f\2060\feff',
                '''''''''''''''''''''''"""""""-------'),
            'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
        '[\s\u0085\u1680\u2028\u2029]+', ' ', 'g'), ' ') COLLATE "C"
$$;

-- What people read of addresses, as JSON holds them.
CREATE OR REPLACE FUNCTION bottega_addresses(t TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT string_agg(concat_ws(E'\n', one ->> 'street', one ->> 'zip', one ->> 'town', one ->> 'province'), E'\n')
    FROM jsonb_array_elements(t::jsonb) AS one
$$;
