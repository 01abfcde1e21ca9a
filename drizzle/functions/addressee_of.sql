-- To whom a message goes, how and in which language: by the channel that they prefer, else by email, else by telephone,
-- among the channels that the clinic has. Without an address, `reason` says why. An account's person is the patient that it is
-- itself; what the clinic's own people get goes by email.
create or replace function addressee_of(message messages, channels text[]) returns table (
  name text, called_name text, own_patient_id bigint, kind text, channel text, address text, language text, reason text
)
language sql
stable
set plan_cache_mode to force_generic_plan
set enable_seqscan to off
begin atomic
  with reader as (
    select
      case
        when message.location_id is not null then 'location'
        when message.kind = 'approval_requested' or message.kind like 'staff%' then 'staff'
        else 'patient'
      end as kind,
      account.name as account_name, account.email as account_email, account.closed_at, own.id as own_id, own.name,
      own.called_name, own.contact_email, own.phone, own.preferred_channel, own.languages, own.is_deceased, own.erased_at,
      location.name as location_name, location.email as location_email
    from (select) nothing
    left join accounts account on account.id = message.account_id
    left join locations location on location.id = message.location_id
    left join patients own on own.id = (
      case
        when message.account_id is not null then (
          select pair.patient_id
          from account_patients pair
          where pair.account_id = message.account_id
          and pair.relation = 'self'
          limit 1
        )
        else (select coalesce(moved_to_id, id) from patients where id = split_part(message.recipient, ':', 2)::bigint)
      end
    ) and message.location_id is null
  ),
  possible as (
    select way.channel, way.address, marked.reason,
      row_number() over (order by (way.channel = reader.preferred_channel) desc nulls last, way.place) as place
    from reader
    cross join lateral (
      values
        ('email', case reader.kind
          when 'location' then reader.location_email
          when 'staff' then reader.account_email
          else coalesce(reader.contact_email, reader.account_email)
        end, 1),
        ('whatsapp', case when reader.kind = 'patient' then reader.phone end, 2),
        ('sms', case when reader.kind = 'patient' then reader.phone end, 3)
    ) way (channel, address, place)
    left join marked_addresses marked on marked.channel = way.channel and marked.address = way.address
    where way.address is not null
    and way.channel = any (channels)
  ),
  chosen as (select possible.channel, possible.address from possible where possible.reason is null order by possible.place limit 1)
  select
    coalesce(reader.location_name, nullif(reader.account_name, ''), reader.name, ''),
    reader.called_name, reader.own_id, reader.kind, chosen.channel, chosen.address,
    coalesce(
      (
        select left(tag, 2)
        from unnest(reader.languages) with ordinality theirs (tag, place)
        where left(tag, 2) in ('en', 'id')
        order by place
        limit 1
      ),
      (select messages_language from clinic_settings where id)
    ),
    case
      when reader.closed_at is not null or reader.erased_at is not null then 'account_closed'
      when reader.is_deceased then 'deceased'
      when reader.preferred_channel = 'phone' and reader.kind = 'patient' then 'prefers_calls'
      when chosen.address is null then coalesce((select min(possible.reason) from possible), 'no_address')
    end
  from reader
  left join chosen on true;
end;
