alter table patients add column email text;
--> statement-breakpoint
alter table patients add constraint patients_email_is_lower_case check (email = lower(email));
--> statement-breakpoint
create unique index patients_email_once on patients (email);
--> statement-breakpoint
create table accounts (
  id bigint generated always as identity primary key,
  email text not null,
  email_verified boolean not null default false,
  name text not null default '',
  image text,
  role text not null default 'patient',
  doctor_id bigint,
  terms_accepted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint accounts_doctor_id_doctors_id_fk foreign key (doctor_id) references doctors (id),
  constraint accounts_email_once unique (email),
  constraint accounts_email_is_lower_case check (email = lower(email)),
  constraint accounts_role_is_known check (role in ('patient', 'front_desk', 'doctor', 'admin')),
  constraint accounts_doctor_is_named check ((role = 'doctor') = (doctor_id is not null))
);
--> statement-breakpoint
create table sessions (
  id bigint generated always as identity primary key,
  account_id bigint not null,
  token text not null,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint sessions_account_id_accounts_id_fk
    foreign key (account_id) references accounts (id) on delete cascade,
  constraint sessions_token_once unique (token)
);
--> statement-breakpoint
create index sessions_by_account on sessions (account_id);
--> statement-breakpoint
create table verifications (
  id bigint generated always as identity primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
--> statement-breakpoint
create index verifications_by_identifier on verifications (identifier);
--> statement-breakpoint
create table account_patients (
  account_id bigint not null,
  patient_id bigint not null,
  relation text not null,
  constraint account_patients_pkey primary key (account_id, patient_id),
  constraint account_patients_account_id_accounts_id_fk
    foreign key (account_id) references accounts (id) on delete cascade,
  constraint account_patients_patient_id_patients_id_fk foreign key (patient_id) references patients (id),
  constraint account_patients_relation_is_known check (relation in ('self', 'dependant'))
);
--> statement-breakpoint
create table api_keys (
  id bigint generated always as identity primary key,
  name text not null,
  key_hash text not null,
  owner_id bigint not null,
  role text not null,
  scopes text[] not null,
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  constraint api_keys_owner_id_accounts_id_fk foreign key (owner_id) references accounts (id) on delete cascade,
  constraint api_keys_hash_once unique (key_hash),
  constraint api_keys_name_is_written check (name ~ '\S'),
  constraint api_keys_role_is_known check (role in ('patient', 'front_desk', 'doctor', 'admin')),
  constraint api_keys_scopes_are_known check (
    scopes <@ array['appointments:read', 'appointments:write', 'clinic:manage']
  )
);
