-- A request to change an appointment, apart from the columns that it sets: those are in `wanted`, with its id.
create type change as (
  -- The kind of the event, and the statuses from which it is possible.
  event text,
  from_statuses text[],
  -- The number of events that the client has seen; null when it does not matter.
  version integer,
  -- Why, in the words of the person who changes it; the event keeps it.
  reason text,
  -- Whose appointment it must be: anyone's, this doctor's, a hold of this browser or, unless `of_patients` is null, one of
  -- the account's patients'. Its links say which those are; what the Worker lists here may be a minute old.
  of_anyone boolean,
  of_patients bigint[],
  of_doctor bigint,
  of_browser text,
  -- To extend a hold: by how much.
  longer interval,
  -- To book a hold: for whom, when neither the request nor the hold names a patient.
  default_patient_id bigint,
  -- To move: as the client wrote them. Without an end, the length stays the usual one.
  starts text,
  ends text,
  -- Rooms and devices that the front desk chose.
  resource_ids bigint[]
);
