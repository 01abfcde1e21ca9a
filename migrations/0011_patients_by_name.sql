-- By any three letters of a name: the front desk finds one patient among many.
create extension if not exists pg_trgm;
--> statement-breakpoint
create index patients_by_part_of_name on patients using gin (name gin_trgm_ops);
