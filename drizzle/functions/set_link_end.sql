-- Trigger: sets when a link ends, whoever writes it, so that no verb can forget it. With another end, the account is told
-- again. A closed account gets no link.
create or replace function set_link_end() returns trigger
language plpgsql
set plan_cache_mode to force_generic_plan
as $$
begin
  if tg_op = 'INSERT' then
    perform from accounts where id = new.account_id and closed_at is not null for key share;
    if found then
      return null;
    end if;
  end if;
  new.ends_on := link_ends_on(
    new.relation, (select birth_date from patients where id = new.patient_id), new.linked_at
  );
  if tg_op = 'UPDATE' and new.ends_on is distinct from old.ends_on then
    new.notice_sent_at := null;
  end if;
  return new;
end
$$;
