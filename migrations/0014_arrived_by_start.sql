-- Who is there just now: few at any time, however many have been.
create index appointments_arrived on appointments (start_at, id) where status = 'arrived';
