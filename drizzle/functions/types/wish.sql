-- A request for a new appointment, apart from the columns that its row will have: those are in `wanted`.
create type wish as (
  -- The kind of the first event: held, booked or walked in.
  event text,
  -- When no doctor is named: any doctor at this location and of this specialty who offers the visit type.
  location_id bigint,
  specialty text,
  -- As the client wrote them. Without an end, the visit type says how long it takes.
  starts text,
  ends text,
  -- How many holds without a patient the network address may have open.
  most_holds integer,
  -- Who else takes part: other doctors and other patients.
  colleague_ids bigint[],
  companion_ids bigint[],
  -- Rooms and devices that the front desk chose.
  resource_ids bigint[]
);
