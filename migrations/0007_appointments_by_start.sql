create index appointments_by_start on appointments (start_at, id);
