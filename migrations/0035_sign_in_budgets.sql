CREATE TABLE "security_counts" (
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"times" integer NOT NULL,
	"alarm_request_id" text,
	CONSTRAINT "security_counts_kind_subject_since_pk" PRIMARY KEY("kind","subject","since"),
	CONSTRAINT "security_counts_are_positive" CHECK ("security_counts"."times" > 0)
);
--> statement-breakpoint
ALTER TABLE "sign_in_codes" ADD COLUMN "wider_hash" text;
--> statement-breakpoint
CREATE INDEX "security_counts_by_hour" ON "security_counts" USING btree ("since");
--> statement-breakpoint
CREATE INDEX "security_counts_with_alarm" ON "security_counts" USING btree ("since") WHERE "security_counts"."alarm_request_id" is not null;
--> statement-breakpoint
-- How often within an hour is too often, and raises an alarm; null when nothing does.
create or replace function alarm_threshold(kind text, subject text) returns integer
language sql
immutable
begin atomic
  select case kind || ' by ' || split_part(subject, ':', 1)
    when 'sign_in.refused by network' then 20
    when 'sign_in.refused by wider' then 80
    when 'sign_in.refused by mailbox' then 20
    when 'sign_in.refused by everyone' then 500
    when 'sign_in.code_sent by everyone' then 1000
    when 'api_key.issued by everyone' then 10
    when 'role.changed by everyone' then 10
  end;
end;
--> statement-breakpoint
-- Deletes security events, the oldest first, `at_most` of each sort: sign-ins after 90 days, all others after a year, and
-- the counts behind alarms after 30 days. No clock that a caller gives can make it delete more than that by
-- PostgreSQL's own. The Worker's database role may not delete events; this function is the only way in which any go.
create or replace function forget_security_events(as_of timestamptz, at_most integer) returns integer
language sql
security definer
begin atomic
  with
  clock as materialized (select least(as_of, now()) as at),
  old as (
    (
      select event.id
      from security_events event
      where event.kind like 'sign\_in.%'
      and event.at < (select clock.at from clock) - interval '90 days'
      order by event.at, event.id
      limit at_most
    )
    union all
    (
      select event.id
      from security_events event
      where event.at < (select clock.at from clock) - interval '1 year'
      order by event.at, event.id
      limit at_most
    )
  ),
  forgotten as (
    delete from security_events where id = any (array(select old.id from old)) returning 1
  ),
  forgotten_counts as (
    delete from security_counts
    where ctid = any (array(
      select known.ctid
      from security_counts known
      where known.since < (select clock.at from clock) - interval '30 days'
      limit at_most
      for update skip locked
    ))
  )
  select count(*)::integer from forgotten;
end;
--> statement-breakpoint
-- How often something happened to a subject in the hours that began after `since`.
create or replace function times_counted(kind text, subject text, since timestamptz) returns bigint
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select coalesce(sum(known.times), 0)
  from security_counts known
  where known.kind = times_counted.kind
  and known.subject = times_counted.subject
  and known.since > times_counted.since;
end;
--> statement-breakpoint
-- A browser that asks for a code for a mailbox, or tries one.
create type sign_in_request as (
  email text,
  -- A keyed hash of the mailbox, which counts are kept by.
  mailbox_hash text,
  -- SHA-256 of the name in the browser's cookie.
  browser_hash text,
  -- A keyed hash of the wider IPv6 network; `acting` has the network.
  wider_hash text,
  -- Keyed hashes of the code for this browser, and of the long one that works in any.
  code_hash text,
  open_code_hash text,
  -- Whether this browser has signed in to the mailbox before.
  is_known_browser boolean,
  -- Whether a challenge has just shown that a person asks.
  passed_challenge boolean
);
--> statement-breakpoint
-- Counts something once for each subject in the hour of `acting`, unless it has happened `most` times already; null is no
-- limit. Returns how many subjects were counted. The request that reaches a threshold raises the alarm. Callers name
-- subjects from the narrowest to `everyone`, so that two at once never wait for each other. It runs with the owner's rights: the
-- Worker's database role may only read the counts.
create or replace function count_security_event(kind text, subjects text[], most integer, acting acting) returns integer
language sql
volatile
security definer
set plan_cache_mode to force_generic_plan
begin atomic
  with
  counted as (
    insert into security_counts as known (kind, subject, since, times)
    select kind, named.subject, date_bin('1 hour', acting.as_of, 'epoch'), 1
    from unnest(subjects) with ordinality named (subject, place)
    where named.subject is not null
    order by named.place
    on conflict on constraint security_counts_kind_subject_since_pk do update set
      times = known.times + 1,
      alarm_request_id = case
        when known.times + 1 = alarm_threshold(known.kind, known.subject) then acting.request_id
        else known.alarm_request_id
      end
    where most is null or known.times < most
    returning 1
  )
  select count(*)::integer from counted;
end;
--> statement-breakpoint
-- The alarms that a request has raised in this hour: what happened too often, and by whom: `network`, `wider`, `mailbox` or
-- `everyone`. Asked in the transaction of the change, it logs each alarm once.
create or replace function find_raised_alarms(acting acting) returns table (kind text, subject text, times integer)
language sql
stable
begin atomic
  select known.kind, split_part(known.subject, ':', 1), known.times
  from security_counts known
  where known.since = date_bin('1 hour', acting.as_of, 'epoch')
  and known.alarm_request_id = acting.request_id
  and known.times = alarm_threshold(known.kind, known.subject);
end;
--> statement-breakpoint
-- Whether so many attempts to sign in failed lately, from this network or to this mailbox or in all, that a stranger's
-- browser may try a code only once.
create or replace function is_guessed_often(asked sign_in_request, acting acting) returns boolean
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  select
    not asked.is_known_browser
    and not asked.passed_challenge
    and (
      times_counted('sign_in.refused', 'network:' || acting.network_hash, acting.as_of - interval '1 hour') >= 20
      or times_counted('sign_in.refused', 'wider:' || asked.wider_hash, acting.as_of - interval '1 hour') >= 80
      or times_counted('sign_in.refused', 'mailbox:' || asked.mailbox_hash, acting.as_of - interval '1 day') >= 30
      or times_counted('sign_in.refused', 'everyone', acting.as_of - interval '1 hour') >= 1000
    );
end;
--> statement-breakpoint
-- Whether a code may be sent: `sent`, or why not. A browser that has signed in to the mailbox before has a budget of its
-- own, which no stranger can use up. When strangers have used up the mailbox's, one code that works in any browser is sent
-- (`open_code_sent`) or waits there already (`open_code_waits`), so that the owner can still sign in.
create or replace function judge_code_request(asked sign_in_request, acting acting) returns text
language sql
stable
set plan_cache_mode to force_generic_plan
begin atomic
  with
  mailed as (
    select
      code.browser_hash = asked.browser_hash as is_own,
      code.network_hash = acting.network_hash as is_of_network,
      code.wider_hash = asked.wider_hash as is_of_wider,
      code.browser_hash = 'any' as is_open,
      code.used_at is null and code.expires_at > acting.as_of as is_valid,
      code.sent_at > acting.as_of - interval '1 hour' as is_of_this_hour
    from sign_in_codes code
    where code.email = asked.email
    and code.sent_at > acting.as_of - interval '1 day'
  ),
  to_mailbox as (
    select
      count(*) as in_a_day,
      count(*) filter (where is_own and is_of_this_hour) as for_browser,
      count(*) filter (where is_of_network and is_of_this_hour) as for_network,
      count(*) filter (where is_of_network) as for_network_in_a_day,
      count(*) filter (where is_of_wider and is_of_this_hour) as for_wider,
      count(*) filter (where is_of_wider) as for_wider_in_a_day,
      count(*) filter (where is_open and is_valid) as valid_in_any_browser
    from mailed
  ),
  to_anyone as (
    select
      times_counted('sign_in.code_sent', 'network:' || acting.network_hash, acting.as_of - interval '1 hour') as for_network,
      times_counted('sign_in.code_sent', 'wider:' || asked.wider_hash, acting.as_of - interval '1 hour') as for_wider,
      times_counted('sign_in.code_sent', 'everyone', acting.as_of - interval '1 hour') as in_an_hour,
      times_counted('sign_in.code_sent', 'mailbox:' || asked.mailbox_hash, acting.as_of - interval '7 days') as in_a_week
  )
  select case
    when to_mailbox.for_browser >= 5 then 'too_many_codes'
    when asked.is_known_browser then 'sent'
    when to_mailbox.for_network >= 5 or to_mailbox.for_network_in_a_day >= 10 then 'too_many_codes'
    when to_mailbox.for_wider >= 10 or to_mailbox.for_wider_in_a_day >= 20 then 'too_many_codes'
    when to_anyone.for_network >= 120 or to_anyone.for_wider >= 480 then 'too_many_codes'
    when not asked.passed_challenge and (
      to_anyone.for_network >= case when to_anyone.in_an_hour < 1000 then 30 else 2 end
      or to_anyone.for_wider >= case when to_anyone.in_an_hour < 1000 then 120 else 8 end
    ) then 'challenge_needed'
    when (to_mailbox.in_a_day >= 80 or to_anyone.in_a_week >= 160) and to_mailbox.valid_in_any_browser > 0
      then 'open_code_waits'
    when to_mailbox.in_a_day >= 80 or to_anyone.in_a_week >= 160 then 'open_code_sent'
    else 'sent'
  end
  from to_mailbox, to_anyone;
end;
--> statement-breakpoint
-- Records how an attempt to sign in ended, and counts it when it was refused; `why` is null when it was not.
create or replace function log_sign_in(why text, account bigint, asked sign_in_request, acting acting) returns void
language plpgsql
volatile
as $$
begin
  if why is null then
    perform record_security_event('sign_in.succeeded', account, '{"with": "code"}', acting);
    return;
  end if;
  perform count_security_event('sign_in.refused', array[
    'network:' || acting.network_hash, 'wider:' || asked.wider_hash, 'mailbox:' || asked.mailbox_hash, 'everyone'
  ], null, acting);
  perform log_refused_sign_in(why, account, acting);
end;
$$;
--> statement-breakpoint
-- Appends to the security log. `about` is the account that it concerns; null when nobody has that mailbox yet. This is
-- the only place that writes it, with the owner's rights: the Worker's database role may only read it. New keys and roles
-- are also counted, because many of them raise an alarm.
create or replace function record_security_event(kind text, about bigint, details jsonb, acting acting) returns void
language sql
volatile
security definer
set plan_cache_mode to force_generic_plan
begin atomic
  select count_security_event(kind, array['everyone'], null, acting)
  where kind in ('api_key.issued', 'role.changed');

  insert into security_events (
    at, kind, account_id, actor_kind, by_account_id, by_api_key_id, request_id, network_hash, place, details
  )
  values (
    acting.as_of, kind, about, acting.actor_kind, acting.account_id, acting.api_key_id, acting.request_id,
    acting.network_hash, acting.place, coalesce(details, '{}')
  );
end;
--> statement-breakpoint
-- Stores the code that is to be mailed, unless too many were, and returns what `judge_code_request` says. Requests for one
-- mailbox, or from one network, take turns, so that every code counts. Strangers get 5,000 codes an hour in all.
create or replace function send_sign_in_code(asked sign_in_request, acting acting) returns text
language plpgsql
volatile
as $$
declare
  verdict text;
  account bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended(who, 0))
  from (
    select who
    from (values
      (1, 'codes to ' || asked.email),
      (2, 'codes for ' || acting.network_hash),
      (3, 'codes for ' || asked.wider_hash)
    ) one (place, who)
    where who is not null
    order by place
    offset 0
  ) in_order;

  verdict := judge_code_request(asked, acting);

  if verdict in ('sent', 'open_code_sent') and 0 = count_security_event(
    'sign_in.code_sent', array['everyone'], case when not asked.is_known_browser then 5000 end, acting
  ) then
    verdict := 'too_many_codes';
  end if;

  select id into account from accounts where accounts.email = asked.email;

  if verdict not in ('sent', 'open_code_sent') then
    perform log_refused_sign_in(verdict, account, acting);
    return verdict;
  end if;

  insert into sign_in_codes (email, browser_hash, network_hash, wider_hash, code_hash, sent_at, expires_at)
  select
    asked.email,
    case verdict when 'sent' then asked.browser_hash else 'any' end,
    coalesce(acting.network_hash, 'unknown'),
    asked.wider_hash,
    case verdict when 'sent' then asked.code_hash else asked.open_code_hash end,
    acting.as_of,
    acting.as_of + case verdict when 'sent' then interval '10 minutes' else interval '1 day' end;

  if not asked.is_known_browser then
    perform count_security_event('sign_in.code_sent', array[
      'network:' || acting.network_hash, 'wider:' || asked.wider_hash, 'mailbox:' || asked.mailbox_hash
    ], null, acting);
  end if;
  perform record_security_event('sign_in.code_sent', account, '{}', acting);
  return verdict;
end;
$$;
--> statement-breakpoint
-- Records that a sign-in, or a code for one, was refused. In an hour with thousands of refusals the log keeps the first
-- 2,000, and `security_counts` counts the rest, so that nobody can fill the database by guessing.
create or replace function log_refused_sign_in(why text, account bigint, acting acting) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  select record_security_event('sign_in.refused', account, jsonb_build_object('why', why), acting)
  where count_security_event('sign_in.refused', array['logged'], 2000, acting) > 0;
end;
