-- The median of these lengths in whole minutes, and how many there are.
create or replace function median_minutes(lengths interval[]) returns jsonb
language sql
immutable
return (
  select jsonb_build_object(
    'median', floor(percentile_cont(0.5) within group (order by extract(epoch from length)) / 60 + 0.5)::integer,
    'count', count(*)
  )
  from unnest(lengths) length
  where length is not null
);
