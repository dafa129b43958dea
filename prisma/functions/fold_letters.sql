-- A text in small letters that are on every keyboard: without accents, and with plain letters for
-- those that Unicode does not take apart (ł, ø, đ, ß, æ, œ, ı). Under everything that is searched.
-- A Turkish İ is an i, in whichever locale: it is taken apart before it becomes small. In a locale
-- without letters beyond ASCII other capitals than those named here stay as they are.
-- Whoever calls it from an index names its schema: PostgreSQL makes indexes without a search path.
CREATE OR REPLACE FUNCTION fold_letters(p_text text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT replace(replace(replace(replace(
    translate(
      lower(regexp_replace(normalize(p_text, NFKD), '[\u0300-\u036f]+', '', 'g')),
      'łŁøØđĐðÐħĦŧŦıẞÆŒÞ', 'llooddddhhttißæœþ'),
    'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')
$$;
