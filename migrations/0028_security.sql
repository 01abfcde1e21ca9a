CREATE TABLE "account_links" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"account_id" bigint NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "clinic_settings" (
	"id" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"most_open_appointments" smallint DEFAULT 4 NOT NULL,
	"most_open_appointments_after_visit" smallint DEFAULT 8 NOT NULL,
	"most_open_appointments_in_first_hour" smallint DEFAULT 2 NOT NULL,
	"most_dependants" smallint DEFAULT 8 NOT NULL,
	"most_dependants_in_first_hour" smallint DEFAULT 3 NOT NULL,
	"most_holds" smallint DEFAULT 2 NOT NULL,
	"most_holds_in_first_hour" smallint DEFAULT 1 NOT NULL,
	"staff_need_passkeys" boolean DEFAULT false NOT NULL,
	CONSTRAINT "clinic_settings_are_one_row" CHECK ("clinic_settings"."id"),
	CONSTRAINT "clinic_settings_caps_are_sane" CHECK (least("clinic_settings"."most_open_appointments", "clinic_settings"."most_open_appointments_after_visit",
        "clinic_settings"."most_open_appointments_in_first_hour", "clinic_settings"."most_holds", "clinic_settings"."most_holds_in_first_hour") >= 1
        and least("clinic_settings"."most_dependants", "clinic_settings"."most_dependants_in_first_hour") >= 0
        and greatest("clinic_settings"."most_open_appointments", "clinic_settings"."most_open_appointments_after_visit",
        "clinic_settings"."most_open_appointments_in_first_hour", "clinic_settings"."most_holds", "clinic_settings"."most_holds_in_first_hour",
        "clinic_settings"."most_dependants", "clinic_settings"."most_dependants_in_first_hour") <= 100)
);
--> statement-breakpoint
INSERT INTO "clinic_settings" DEFAULT VALUES;
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "passkeys_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"account_id" bigint NOT NULL,
	"credential_id" text NOT NULL,
	"public_key" "bytea" NOT NULL,
	"counter" bigint DEFAULT 0 NOT NULL,
	"transports" text[] DEFAULT '{}' NOT NULL,
	"is_backed_up" boolean DEFAULT false NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone NOT NULL,
	CONSTRAINT "passkeys_credential_once" UNIQUE("credential_id"),
	CONSTRAINT "passkeys_name_is_written" CHECK ("passkeys"."name" ~ '\S' and length("passkeys"."name") <= 100)
);
--> statement-breakpoint
CREATE TABLE "security_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "security_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"account_id" bigint,
	"actor_kind" text NOT NULL,
	"by_account_id" bigint,
	"by_api_key_id" bigint,
	"request_id" text,
	"network_hash" text,
	"place" text,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "security_events_kind_is_one" CHECK ("security_events"."kind" ~ '^[a-z_]{1,40}[.][a-z_]{1,40}$')
);
--> statement-breakpoint
ALTER TABLE "api_keys" DROP CONSTRAINT "api_keys_scopes_are_known";
--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "issued_by_key_id" bigint;
--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "issued_by" bigint;
--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "device" text;
--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "place" text;
--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "signed_in_with" text DEFAULT 'code' NOT NULL;
--> statement-breakpoint
ALTER TABLE "account_links" ADD CONSTRAINT "account_links_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "account_links_by_account" ON "account_links" USING btree ("account_id");
--> statement-breakpoint
CREATE INDEX "account_links_by_expiry" ON "account_links" USING btree ("expires_at");
--> statement-breakpoint
CREATE INDEX "passkeys_by_account" ON "passkeys" USING btree ("account_id");
--> statement-breakpoint
CREATE INDEX "security_events_by_time" ON "security_events" USING btree ("at","id");
--> statement-breakpoint
CREATE INDEX "security_events_by_account" ON "security_events" USING btree ("account_id","at");
--> statement-breakpoint
CREATE INDEX "security_events_by_network" ON "security_events" USING btree ("network_hash","at");
--> statement-breakpoint
CREATE INDEX "security_events_by_kind" ON "security_events" USING btree ("kind","at");
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_issued_by_key_id_api_keys_id_fk" FOREIGN KEY ("issued_by_key_id") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_issued_by_accounts_id_fk" FOREIGN KEY ("issued_by") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "api_keys_by_issuer" ON "api_keys" USING btree ("issued_by_key_id");
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_scopes_are_known" CHECK ("api_keys"."scopes" <@ array['appointments:read', 'appointments:write', 'clinic:manage', 'accounts:manage']);
--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_method_is_known" CHECK ("sessions"."signed_in_with" in ('code', 'passkey', 'code_and_passkey', 'link'));
--> statement-breakpoint
alter type acting add attribute session_hash text;
--> statement-breakpoint
alter type acting add attribute network_hash text;
--> statement-breakpoint
alter type acting add attribute place text;
--> statement-breakpoint
-- Appends to the security log. `about` is the account that it concerns; null when nobody has that mailbox yet. This is
-- the only place that writes it.
create or replace function record_security_event(kind text, about bigint, details jsonb, acting acting) returns void
language sql
volatile
set plan_cache_mode to force_generic_plan
begin atomic
  insert into security_events (
    at, kind, account_id, actor_kind, by_account_id, by_api_key_id, request_id, network_hash, place, details
  )
  values (
    acting.as_of, kind, about, acting.actor_kind, acting.account_id, acting.api_key_id, acting.request_id,
    acting.network_hash, acting.place, coalesce(details, '{}')
  );
end;
