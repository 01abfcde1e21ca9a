-- How many were booked, and what became of them. Whoever is here counts as attended.
create or replace function counts_of(statuses text[]) returns jsonb
language sql
immutable
return (
  select jsonb_build_object(
    'booked', count(*),
    'attended', count(*) filter (where status in ('arrived', 'fulfilled')),
    'missed', count(*) filter (where status = 'noshow'),
    'cancelled', count(*) filter (where status = 'cancelled'),
    'open', count(*) filter (where status = 'booked')
  )
  from unnest(statuses) status
);
