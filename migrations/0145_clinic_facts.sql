ALTER TABLE "clinic_settings" ADD COLUMN "name" text;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "languages" text[] DEFAULT '{"en","id"}' NOT NULL;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD CONSTRAINT "clinic_settings_face_is_sane" CHECK ("clinic_settings"."name" = btrim("clinic_settings"."name") and length("clinic_settings"."name") between 1 and 80) NOT VALID;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD CONSTRAINT "clinic_settings_languages_are_known" CHECK ("clinic_settings"."languages" <@ array['en', 'id'] and "clinic_settings"."messages_language" = any ("clinic_settings"."languages")) NOT VALID;
--> statement-breakpoint
-- Changes the clinic's settings that `wanted` names, by their columns, and records what they were and are. A version that is
-- not the current one changes nothing. Changes wait for one another.
--
-- Answers with the settings, and with `outcome`: changed, same, stale, or language_not_offered when the default language is
-- none of the clinic's.
create or replace function change_settings(wanted jsonb, expected_version integer, acting acting) returns jsonb
language plpgsql
volatile
set plan_cache_mode to force_generic_plan
as $$
declare
  before clinic_settings;
  after clinic_settings;
begin
  select * into before from clinic_settings for no key update;
  after := jsonb_populate_record(before, wanted);
  if before.version <> expected_version then
    return to_jsonb(before) || '{"outcome": "stale"}';
  end if;
  if after.messages_language <> all (after.languages) then
    return to_jsonb(before) || '{"outcome": "language_not_offered"}';
  end if;
  if after is distinct from before then
    after.version := before.version + 1;
    update clinic_settings
    set
      version = after.version,
      name = after.name,
      languages = after.languages,
      most_open_appointments = after.most_open_appointments,
      most_open_appointments_after_visit = after.most_open_appointments_after_visit,
      most_open_appointments_in_first_hour = after.most_open_appointments_in_first_hour,
      most_dependants = after.most_dependants,
      most_dependants_in_first_hour = after.most_dependants_in_first_hour,
      most_holds = after.most_holds,
      most_holds_in_first_hour = after.most_holds_in_first_hour,
      staff_need_passkeys = after.staff_need_passkeys,
      asks_birth_date = after.asks_birth_date,
      asks_phone = after.asks_phone,
      asks_sex = after.asks_sex,
      released_holds_kept_days = after.released_holds_kept_days,
      unfinished_accounts_kept_days = after.unfinished_accounts_kept_days,
      security_events_kept_days = after.security_events_kept_days,
      sign_in_events_kept_days = after.sign_in_events_kept_days,
      reasons_kept_days = after.reasons_kept_days,
      grace_seconds = after.grace_seconds,
      quiet_from = after.quiet_from,
      quiet_until = after.quiet_until,
      messages_language = after.messages_language,
      messages_name_visit_type = after.messages_name_visit_type,
      most_emails_a_day = after.most_emails_a_day,
      most_whatsapps_a_day = after.most_whatsapps_a_day,
      most_sms_a_day = after.most_sms_a_day,
      email_cost = after.email_cost,
      whatsapp_cost = after.whatsapp_cost,
      sms_cost = after.sms_cost,
      currency = after.currency,
      messages_kept_days = after.messages_kept_days,
      late_alert_minutes = after.late_alert_minutes,
      waiting_alert_minutes = after.waiting_alert_minutes,
      with_doctor_alert_minutes = after.with_doctor_alert_minutes,
      doctors_see_one_another = after.doctors_see_one_another;
    perform record_security_event(
      'settings.changed',
      null,
      (
        select jsonb_build_object('before', jsonb_object_agg(was.key, was.value), 'after', jsonb_object_agg(was.key, is_now.value))
        from jsonb_each(to_jsonb(before)) was
        join jsonb_each(to_jsonb(after)) is_now on is_now.key = was.key
        where was.key <> 'version'
        and was.value <> is_now.value
      ),
      acting
    );
    perform record_settings('clinic', '', acting);
    return to_jsonb(after) || '{"outcome": "changed"}';
  end if;
  return to_jsonb(before) || '{"outcome": "same"}';
end
$$;
--> statement-breakpoint
-- The new fields are no one's change.
update settings_states
set state = settings_of(subject, key)
where subject = 'clinic';
