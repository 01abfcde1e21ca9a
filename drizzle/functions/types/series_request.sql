-- A request for a series, apart from the columns that all its appointments have: those are in `wanted`.
create type series_request as (
  -- The first start as the client wrote it. Without a length, the visit type says how long each takes.
  starts text,
  minutes integer,
  -- The rule: every so many of this unit (`day`, `week`), on these weekdays (ISO 8601), so many times or until a date.
  every integer,
  unit text,
  weekdays integer[],
  count integer,
  until date,
  -- Dates of the rule that are left out, and other starts for some of its dates, such as
  -- {"2026-12-24": "2026-12-23T10:00"}.
  skip date[],
  changes jsonb,
  -- Only asks what booking it would answer.
  is_preview boolean
);
