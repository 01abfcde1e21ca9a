-- The starts inside the window at which every need of a visit type can be met at a location, each by someone or something
-- else: every start when it has no needs. Which doctor is free is another question, so search a location once for all of its
-- doctors. Only a doctor who could meet a need themselves makes a difference: name them in `except_resource`, and they meet
-- none.
--
-- What meets a need must be there, and free, from `before_minutes` before the appointment until `after_minutes` after it. Needs
-- may share candidates, so it is not enough that each can be met. By Hall's theorem all can be met exactly when any few of
-- them together have as many candidates as there are needs among them. Only needs of one type share candidates.
create or replace function starts_with_needs(
  of_visit_type bigint, at_location bigint, within tstzrange, lasting interval, except_resource bigint, as_of timestamptz,
  except_for bigint default null
) returns tstzmultirange
language sql
stable
begin atomic
  select starts_with_needs_without(
    of_visit_type, at_location, within, lasting, except_resource, as_of, except_for, null
  );
end;
