-- When a message that should go out at `wanted` may go out: then, or outside the quiet hours of the location at the nearest
-- minute from `earliest` on that is still before `latest`. When there is none, at once: it would come too late.
create or replace function allowed_at(wanted timestamptz, earliest timestamptz, latest timestamptz, time_zone text)
returns timestamptz
language sql
stable
begin atomic
  select case
    when not quiet.is_now then wanted
    else coalesce(
      (
        select possible.at
        from (
          values
            ((night.began - interval '1 minute') at time zone time_zone),
            (night.ends at time zone time_zone)
        ) possible (at)
        where possible.at >= earliest
        and possible.at < latest
        order by greatest(possible.at - wanted, wanted - possible.at)
        limit 1
      ),
      greatest(wanted, earliest)
    )
  end
  from clinic_settings settings
  cross join lateral (
    select
      wanted at time zone time_zone as local,
      settings.quiet_from::time as from_clock,
      settings.quiet_until::time as until_clock
  ) clock
  cross join lateral (
    select case
      when clock.from_clock <= clock.until_clock
        then clock.local::time >= clock.from_clock and clock.local::time < clock.until_clock
      else clock.local::time >= clock.from_clock or clock.local::time < clock.until_clock
    end as is_now
  ) quiet
  cross join lateral (
    select
      clock.local::date + clock.from_clock
      - case when clock.local::time < clock.from_clock then interval '1 day' else '0' end as began,
      clock.local::date + clock.until_clock
      + case when clock.local::time < clock.until_clock then interval '0' else '1 day' end as ends
  ) night
  where settings.id;
end;
