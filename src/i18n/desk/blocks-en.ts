import { isolate } from '../isolate.ts'

export const blocks = {
  title: 'Hours, blocks and time off',
  intro: 'Nothing is cancelled: whoever is booked at that time stays booked and is listed here.',
  backToDay: 'Back to the day',
  week: (day: string) => `From ${day}`,
  previous: 'Earlier week',
  next: 'Later week',
  none: 'Nothing is blocked or added in these seven days.',
  add: 'Add',
  change: 'Change',
  changeTitle: (name: string) => `Change ${isolate(name)}`,
  whose: 'Who or what',
  doctors: 'Doctors',
  resources: 'Rooms and devices',
  place: 'The whole location',
  kind: 'Kind',
  kinds: {
    block: 'Block, such as a meeting',
    reserve: 'Emergency reserve: only the front desk books in it',
    away: 'Time off',
    hours: 'Extra hours: patients can also book in them',
  },
  hoursHint: (place: string) =>
    `Extra hours are of one doctor, on one day, at ${isolate(place)}, and need no name. To shorten a day, enter time off.`,
  kindHint: 'Rooms, devices and the location have no extra hours; the other kinds are all the same for them.',
  names: {
    block: 'Block',
    reserve: 'Emergency reserve',
    away: 'Time off',
    hours: 'Extra hours',
    out_of_order: 'Out of order',
    closed: 'Closed',
  },
  name: 'Name or reason (optional)',
  from: 'From',
  to: 'Until',
  everywhere: 'At all locations of the doctor',
  check: 'Show whom it affects',
  save: 'Save',
  affects: (many: number) =>
    many === 0 ? 'Affects no patients' : many === 1 ? 'Affects 1 patient' : `Affects ${many} patients`,
  staysBooked: 'They stay booked until you move or cancel them. You find them under “To work through”.',
  inHours: (many: number) =>
    many === 0
      ? 'No patients are booked in them.'
      : many === 1
        ? '1 patient is booked in them.'
        : `${many} patients are booked in them.`,
  ifRemoved:
    'If you remove these hours, the patients stay booked outside the doctor’s hours, and you find them under “To work through”.',
  nowOutside: (many: number) =>
    many === 1
      ? '1 patient is now booked outside the hours'
      : `${many} patients are now booked outside the hours`,
  opens:
    'No appointment has to move. Patients can book these times as soon as you save, unless time off or a closure covers them.',
  overlapsHours: (from: string, to: string) =>
    `The doctor already has hours from ${from} to ${to} that day. Choose times outside them.`,
  onlyDoctors: 'Choose a doctor: only doctors have extra hours.',
  oneDay: 'Extra hours end on the day on which they begin, at midnight at the latest.',
  inReserve: 'They keep their time: the doctor is there.',
  beforeSaving: 'Not saved yet',
  remove: 'Remove',
  removed: 'Removed',
  undo: 'Undo',
  saved: 'Saved',
  notSaved: 'Not saved',
  fix: 'Fix what is marked below.',
  alreadyThere: 'There is another entry at exactly these times. Change that one, or choose other times.',
  noPhone: 'no phone number',
  chooseWhose: 'Choose who or what',
  everywhereShort: 'all locations',
}
