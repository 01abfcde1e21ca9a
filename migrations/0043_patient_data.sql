CREATE TABLE "correction_requests" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "correction_requests_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"patient_id" bigint NOT NULL,
	"account_id" bigint,
	"changes" jsonb NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	"decided_by_id" bigint,
	"reason" text,
	CONSTRAINT "correction_requests_status_is_known" CHECK ("correction_requests"."status" in ('open', 'accepted', 'declined', 'withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "patient_accesses" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "patient_accesses_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"patient_id" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"account_id" bigint,
	"api_key_id" bigint,
	"what" text NOT NULL,
	"request_id" text
);
--> statement-breakpoint
CREATE TABLE "patient_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "patient_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"patient_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"account_id" bigint,
	"api_key_id" bigint,
	"request_id" text,
	"reason" text,
	"before" jsonb,
	"after" jsonb,
	CONSTRAINT "patient_events_kind_is_known" CHECK ("patient_events"."kind" ~ '^patient[.][a-z_]+$')
);
--> statement-breakpoint
CREATE TABLE "patient_identifiers" (
	"patient_id" bigint NOT NULL,
	"issuer" text NOT NULL,
	"value" text NOT NULL,
	CONSTRAINT "patient_identifiers_pkey" PRIMARY KEY("issuer","value"),
	CONSTRAINT "patient_identifiers_issuer_is_known" CHECK ("patient_identifiers"."issuer" in ('nik', 'bpjs', 'passport', 'record')),
	CONSTRAINT "patient_identifiers_value_is_sane" CHECK ("patient_identifiers"."value" ~ '^[0-9A-Z:./-]{1,40}$')
);
--> statement-breakpoint
CREATE TABLE "patient_invitations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "patient_invitations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"patient_id" bigint NOT NULL,
	"email" text NOT NULL,
	"code_hash" text,
	"failures" smallint DEFAULT 0 NOT NULL,
	"invited_at" timestamp with time zone NOT NULL,
	"invited_by_id" bigint,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"accepted_by_id" bigint,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "patient_invitations_email_is_lower_case" CHECK ("patient_invitations"."email" = lower("patient_invitations"."email"))
);
--> statement-breakpoint
CREATE TABLE "patient_merges" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "patient_merges_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"from_id" bigint NOT NULL,
	"into_id" bigint NOT NULL,
	"merged_at" timestamp with time zone NOT NULL,
	"merged_by_id" bigint,
	"appointment_ids" bigint[] NOT NULL,
	"links" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"filled" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"undone_at" timestamp with time zone,
	"undone_by_id" bigint,
	CONSTRAINT "patient_merges_join_two" CHECK ("patient_merges"."from_id" <> "patient_merges"."into_id")
);
--> statement-breakpoint
ALTER TABLE "account_patients" ADD COLUMN "linked_at" timestamp with time zone DEFAULT now() NOT NULL;
--> statement-breakpoint
ALTER TABLE "account_patients" ADD COLUMN "ends_on" date;
--> statement-breakpoint
ALTER TABLE "account_patients" ADD COLUMN "notice_sent_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "closed_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "asks_birth_date" text DEFAULT 'optional' NOT NULL;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "asks_phone" text DEFAULT 'optional' NOT NULL;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "asks_sex" text DEFAULT 'no' NOT NULL;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "released_holds_kept_days" smallint DEFAULT 30 NOT NULL;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "unfinished_accounts_kept_days" smallint DEFAULT 30 NOT NULL;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "security_events_kept_days" smallint DEFAULT 365 NOT NULL;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "sign_in_events_kept_days" smallint DEFAULT 90 NOT NULL;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD COLUMN "reasons_kept_days" smallint;
--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;
--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "sex" text;
--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "contact_email" text;
--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "languages" text[] DEFAULT '{}' NOT NULL;
--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "preferred_channel" text;
--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "address" text;
--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "desk_note" text;
--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "is_deceased" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "is_active" boolean DEFAULT true NOT NULL;
--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "moved_to_id" bigint;
--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "is_on_legal_hold" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "erased_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "patients" ADD COLUMN "created_at" timestamp with time zone DEFAULT now() NOT NULL;
--> statement-breakpoint
ALTER TABLE "correction_requests" ADD CONSTRAINT "correction_requests_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "correction_requests" ADD CONSTRAINT "correction_requests_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "correction_requests" ADD CONSTRAINT "correction_requests_decided_by_id_accounts_id_fk" FOREIGN KEY ("decided_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "patient_accesses" ADD CONSTRAINT "patient_accesses_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "patient_accesses" ADD CONSTRAINT "patient_accesses_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "patient_events" ADD CONSTRAINT "patient_events_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "patient_identifiers" ADD CONSTRAINT "patient_identifiers_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "patient_invitations" ADD CONSTRAINT "patient_invitations_patient_id_patients_id_fk" FOREIGN KEY ("patient_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "patient_invitations" ADD CONSTRAINT "patient_invitations_invited_by_id_accounts_id_fk" FOREIGN KEY ("invited_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "patient_invitations" ADD CONSTRAINT "patient_invitations_accepted_by_id_accounts_id_fk" FOREIGN KEY ("accepted_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "patient_merges" ADD CONSTRAINT "patient_merges_from_id_patients_id_fk" FOREIGN KEY ("from_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "patient_merges" ADD CONSTRAINT "patient_merges_into_id_patients_id_fk" FOREIGN KEY ("into_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "patient_merges" ADD CONSTRAINT "patient_merges_merged_by_id_accounts_id_fk" FOREIGN KEY ("merged_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "patient_merges" ADD CONSTRAINT "patient_merges_undone_by_id_accounts_id_fk" FOREIGN KEY ("undone_by_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "correction_requests_one_open" ON "correction_requests" USING btree ("patient_id") WHERE "correction_requests"."status" = 'open';
--> statement-breakpoint
CREATE INDEX "correction_requests_by_patient" ON "correction_requests" USING btree ("patient_id","id");
--> statement-breakpoint
CREATE INDEX "patient_accesses_by_patient" ON "patient_accesses" USING btree ("patient_id","at");
--> statement-breakpoint
CREATE INDEX "patient_accesses_by_time" ON "patient_accesses" USING btree ("at");
--> statement-breakpoint
CREATE INDEX "patient_events_by_patient" ON "patient_events" USING btree ("patient_id","id");
--> statement-breakpoint
CREATE INDEX "patient_identifiers_by_patient" ON "patient_identifiers" USING btree ("patient_id");
--> statement-breakpoint
CREATE INDEX "patient_invitations_by_email" ON "patient_invitations" USING btree ("email");
--> statement-breakpoint
CREATE INDEX "patient_invitations_by_patient" ON "patient_invitations" USING btree ("patient_id");
--> statement-breakpoint
CREATE INDEX "patient_invitations_by_expiry" ON "patient_invitations" USING btree ("expires_at");
--> statement-breakpoint
CREATE UNIQUE INDEX "patient_merges_one_in_force" ON "patient_merges" USING btree ("from_id") WHERE "patient_merges"."undone_at" is null;
--> statement-breakpoint
CREATE INDEX "patient_merges_by_into" ON "patient_merges" USING btree ("into_id");
--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_moved_to_id_patients_id_fk" FOREIGN KEY ("moved_to_id") REFERENCES "public"."patients"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "account_patients_by_patient" ON "account_patients" USING btree ("patient_id");
--> statement-breakpoint
CREATE INDEX "account_patients_by_end" ON "account_patients" USING btree ("ends_on") WHERE "account_patients"."ends_on" is not null;
--> statement-breakpoint
CREATE INDEX "patients_moved" ON "patients" USING btree ("moved_to_id") WHERE "patients"."moved_to_id" is not null;
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD CONSTRAINT "clinic_settings_askings_are_known" CHECK ("clinic_settings"."asks_birth_date" in ('no', 'optional', 'required')
        and "clinic_settings"."asks_phone" in ('no', 'optional', 'required')
        and "clinic_settings"."asks_sex" in ('no', 'optional', 'required'));
--> statement-breakpoint
ALTER TABLE "clinic_settings" ADD CONSTRAINT "clinic_settings_retention_is_sane" CHECK ("clinic_settings"."released_holds_kept_days" between 1 and 3650
        and "clinic_settings"."unfinished_accounts_kept_days" between 1 and 3650
        and "clinic_settings"."security_events_kept_days" between 30 and 3650
        and "clinic_settings"."sign_in_events_kept_days" between 30 and 3650
        and "clinic_settings"."reasons_kept_days" between 1 and 3650);
--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_contact_email_is_lower_case" CHECK ("patients"."contact_email" = lower("patients"."contact_email"));
--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_sex_is_fhir" CHECK ("patients"."sex" in ('female', 'male', 'other', 'unknown'));
--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_languages_are_few" CHECK (cardinality("patients"."languages") <= 5);
--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_channel_is_known" CHECK ("patients"."preferred_channel" in ('email', 'whatsapp', 'sms', 'phone'));
--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_address_is_sane" CHECK ("patients"."address" ~ '\S' and length("patients"."address") <= 500);
--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_note_is_sane" CHECK ("patients"."desk_note" ~ '\S' and length("patients"."desk_note") <= 1000);
--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_move_to_another" CHECK ("patients"."moved_to_id" <> "patients"."id");
--> statement-breakpoint
-- Everything that a patient is found by: the keys of `name_keys`, and
--   d: the date of birth
--   y: its year with one word of the name, because many people have one of the two
--   t: the digits of the telephone number, the last one first, because people know the last ones
--   e: the email address
create or replace function patient_keys(patient patients) returns setof text
language sql
stable
parallel safe
begin atomic
  select left(key, 200) from name_keys(patient.name) key
  union
  select left(key, 200) from name_keys(patient.called_name) key where key ~ '^w:'
  union
  select 'y:' || to_char(patient.birth_date, 'YYYY') || '|' || left(substr(key, 3), 100)
  from name_keys(patient.name) key
  where key ~ '^w:' and patient.birth_date is not null
  union
  select 'd:' || to_char(patient.birth_date, 'YYYY-MM-DD') where patient.birth_date is not null
  union
  select 't:' || reverse(substr(patient.phone, 2)) where patient.phone is not null
  union
  select 'e:' || left(email, 200)
  from unnest(array[patient.contact_email, patient.email]) email
  where email is not null;
end;
--> statement-breakpoint
-- Writes what happened to a patient's record: the fields that changed, before and after. This is the only place that writes
-- these events, with the owner's rights: the Worker's database role may only read them.
create or replace function append_patient_event(
  patient_id bigint, kind text, before jsonb, after jsonb, reason text, acting acting
) returns void
language sql
volatile
security definer
set plan_cache_mode to force_generic_plan
begin atomic
  insert into patient_events (
    patient_id, kind, at, actor_kind, account_id, api_key_id, request_id, reason, before, after
  )
  values (
    append_patient_event.patient_id, append_patient_event.kind, acting.as_of, acting.actor_kind, acting.account_id,
    acting.api_key_id, acting.request_id, append_patient_event.reason, append_patient_event.before,
    append_patient_event.after
  );
end;
--> statement-breakpoint
-- Changes the clinic's settings that `wanted` names, by their columns, and records what they were and are. A version that is
-- not the current one changes nothing. Changes wait for one another.
--
-- Answers with the settings, and with `outcome`: changed, same or stale.
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
  if after is distinct from before then
    after.version := before.version + 1;
    update clinic_settings
    set
      version = after.version,
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
      reasons_kept_days = after.reasons_kept_days;
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
    return to_jsonb(after) || '{"outcome": "changed"}';
  end if;
  return to_jsonb(before) || '{"outcome": "same"}';
end
$$;

--> statement-breakpoint
-- What the previous release knows as the address that signs in is where they are written to.
update patients set contact_email = email where email is not null;
--> statement-breakpoint
-- Adults may act for adults, and children whose birth date is known until they are 18.
update account_patients
set ends_on = (patients.birth_date + interval '18 years')::date
from patients
where patients.id = account_patients.patient_id
and relation = 'dependant'
and patients.birth_date + interval '18 years' > now();
--> statement-breakpoint
create or replace trigger patients_are_indexed
after insert or update of name, called_name, birth_date, phone, contact_email, email on patients
for each row execute function index_patient();
