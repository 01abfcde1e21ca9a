-- Folds a text so that every way of typing it compares equal: upper and lower case, accents, apostrophes, Unicode forms,
-- and letters that people replace when their keyboard lacks them. It only serves searches; nothing shows the result.
--
-- Marks are listed by range because PostgreSQL's regular expressions do not know the category "mark": Latin, Greek and
-- Cyrillic accents; Hebrew points; Arabic vowels; Indic nuktas; Thai and Lao tones; joiners and other invisible characters.
create or replace function fold_text(written text) returns text
language sql
immutable
strict
parallel safe
return translate(
  replace(replace(replace(replace(
    lower(
      regexp_replace(
        normalize(written, nfkd),
        '[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670'
        || '\u06d6-\u06ed\u093c\u09bc\u0a3c\u0abc\u0b3c\u0cbc\u0e47-\u0e4e\u0ec8-\u0ecd\u00ad\u034f\u061c\u180e\u200b-\u200f'
        || '\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff''’‘‛`´ʹʻʼʽʾʿˈ′׳״]',
        '',
        'g'
      ) collate pg_c_utf8
    ),
    'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
  'ıłøđðħŧŋςىیېێةہھەکڪۆ',
  'iloddhtnσييييههههككو'
);
