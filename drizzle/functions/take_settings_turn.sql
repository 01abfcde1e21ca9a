-- Makes changes of one thing that admins manage take turns, until the transaction ends. Not a lock of its row: what was
-- never recorded has none.
create or replace function take_settings_turn(of_subject text, of_key text) returns void
language sql
volatile
return pg_advisory_xact_lock(hashtext('settings ' || of_subject), hashtext(of_key));
