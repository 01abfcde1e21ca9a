create table sign_in_codes (
  id bigint generated always as identity primary key,
  email text not null,
  browser_hash text not null,
  network_hash text not null,
  code_hash text not null,
  attempts smallint not null default 0,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint sign_in_codes_email_is_lower_case check (email = lower(email)),
  constraint sign_in_codes_attempts_are_few check (attempts between 0 and 5)
);
--> statement-breakpoint
create index sign_in_codes_by_email on sign_in_codes (email, sent_at);
--> statement-breakpoint
create index sign_in_codes_by_expiry on sign_in_codes (expires_at);
--> statement-breakpoint
alter table sessions add column token_hash text;
--> statement-breakpoint
alter table sessions add column last_seen_at timestamptz not null default now();
--> statement-breakpoint
-- Everyone stays signed in. The clear tokens stay as well, because the Worker that is still running looks for them.
update sessions set token_hash = encode(sha256(convert_to(token, 'UTF8')), 'hex');
--> statement-breakpoint
alter table sessions add constraint sessions_token_hash_once unique (token_hash);
--> statement-breakpoint
alter table sessions alter column token drop not null;
