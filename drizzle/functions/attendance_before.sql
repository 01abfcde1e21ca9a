-- How many of a patient's last five appointments before this time they kept and missed.
create or replace function attendance_before(of_patient bigint, before_at timestamptz)
returns table (kept integer, missed integer)
language sql
stable
begin atomic
  select
    count(*) filter (where last.status <> 'noshow')::integer,
    count(*) filter (where last.status = 'noshow')::integer
  from (
    select one.status
    from appointments one
    where one.patient_id = of_patient
    and one.start_at < before_at
    and one.status in ('arrived', 'fulfilled', 'noshow')
    order by one.start_at desc
    limit 5
  ) last;
end;
