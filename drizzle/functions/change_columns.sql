-- Sets the columns of one row that `wanted` names, as JSON, and leaves the others. Says whether there is such a row. What
-- may be wanted, and by whom, is the caller's business.
create or replace function change_columns(of_table text, of_id bigint, wanted jsonb) returns boolean
language plpgsql
volatile
as $$
declare
  columns text;
  is_known boolean;
begin
  if of_table not in ('locations', 'doctors', 'visit_types', 'resources', 'clinic_settings') then
    raise exception 'The columns of % are not changed this way.', of_table;
  end if;
  select string_agg(quote_ident(name), ', ' order by name) into columns from jsonb_object_keys(wanted) name;
  execute format(
    case when columns is null
      then 'select true from %1$I where id = $2'
      else 'update %1$I one set (%2$s) = (select %2$s from jsonb_populate_record(one, $1)) where id = $2 returning true'
    end,
    of_table, columns
  ) into is_known using wanted, of_id;
  return coalesce(is_known, false);
end
$$;
