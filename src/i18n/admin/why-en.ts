import { isolate } from '../isolate.ts'

const times = (many: number) => (many === 1 ? '1 time' : `${many} times`)

/** The words of the page that explains what is free. */
export const why = {
  title: 'Why is nothing free?',
  intro: 'Each rule takes its part of the day, in this order. Patients see the result of the same rules.',
  ask: 'Which day to explain',
  doctor: 'Doctor',
  visitType: 'Visit type',
  choose: 'Choose one',
  describe: (name: string, minutes: number) => `${name}, ${minutes} min`,
  location: 'Location',
  anywhere: 'Any location',
  day: 'Day',
  explain: 'Explain',
  problems: {
    doctor_id: 'Choose a doctor.',
    visit_type_id: 'Choose a visit type.',
    location_id: 'The doctor does not work at this location.',
    on: 'Enter a day within ten years.',
  },
  nothingFree: (day: string) => `Nothing is free on ${day}`,
  free: (many: number, day: string) => `${times(many)} ${many === 1 ? 'is' : 'are'} free on ${day}`,
  leftOver: (minutes: number, from: string, visit: string, needed: number) =>
    `${minutes} minutes are left, from ${from}. ${isolate(visit)} needs ${needed}.`,
  usedUp: (rule: string) => `The last minute goes to “${rule}”.`,
  firstFree: 'The first free time after that day is',
  neverFree: 'Nothing is free on any later day that can be booked.',
  stops: {
    doctor_retired: 'The doctor is retired, so nobody can book them.',
    location_closed: 'The location is closed for good, so nothing takes place there.',
    visit_type_withdrawn: 'The visit type is no longer in use.',
    sessions_only: 'This visit type has sessions for several patients instead of free times.',
    not_offered: 'The doctor does not offer this visit type.',
    front_desk_only: 'Patients cannot book this visit type online; the front desk can.',
  },
  helps: 'What would help most',
  help: {
    time_off: 'Change the time off',
    closures: 'Change the closure',
    appointments: 'Move the appointments',
    buffers: 'Shorten the buffers',
    travel: 'Shorten the way between locations',
    needs: 'Free a room, device or person',
    notice: 'Shorten the notice',
    horizon: 'Let patients book further ahead',
    cap: 'Raise the daily limit',
  },
  instead: (visit: string) => `Offer ${isolate(visit)} instead`,
  timesFrom: (many: number, from: string) => `${times(many)}, from ${from}`,
  fitsAt: (from: string) => `fits at ${from}`,
  ruleByRule: (day: string) => `${day}, rule by rule`,
  otherDays: 'Other days',
  stillFree: 'Still free',
  takenByIt: 'Taken by this rule',
  clock: (from: string, to: string, zone: string) => `${from} to ${to}, ${zone}`,
  rules: {
    hours: 'Weekly hours',
    time_off: 'Time off',
    closures: 'Closure',
    appointments: 'Appointments',
    buffers: 'Buffers',
    travel: 'Way between locations',
    needs: 'Rooms, devices and people',
    past: 'Time that is over',
    notice: 'Notice',
    horizon: 'How far ahead',
    cap: 'Daily limit',
    grid: 'Length and grid',
  },
  change: {
    hours: 'Change hours',
    time_off: 'Change time off',
    closures: 'See the location',
    appointments: 'See the day',
    needs: 'Change rooms and devices',
  },
  minutes: 'min',
  left: 'left',
  notReached: 'Not reached: nothing was left.',
  without: (many: number) => (many === 0 ? 'Without it: still nothing' : `Without it: ${times(many)} free`),
  bar: (left: string, taken: string) =>
    `Free after this: ${left}. ${taken ? `Taken: ${taken}` : 'Nothing taken'}.`,
  none: 'none',
  span: (from: string, to: string) => `${from} to ${to}`,
  says: {
    at: (span: string, location: string) => `${span} at ${isolate(location)}`,
    noHours: 'No hours on this day',
    noTimeOff: 'None on this day',
    kinds: { away: 'Away', block: 'Block', reserve: 'Kept in reserve' },
    noClosure: 'Open on this day',
    closed: 'Closed',
    booked: (many: number, starts: string) => `${many} booked: ${starts}`,
    noneBooked: 'None booked',
    buffers: (before: number, after: number) => {
      const parts = [before > 0 && `${before} minutes before`, after > 0 && `${after} minutes after`]
      const own = parts.filter(Boolean).join(' and ')
      return own
        ? `${own}; booked appointments keep their own`
        : 'None for this visit type; booked appointments keep their own'
    },
    fromOther: (location: string) => `Also booked at ${isolate(location)}`,
    noWay: 'No appointment elsewhere',
    takenBy: (name: string, doctor: string, span: string) =>
      doctor
        ? `${isolate(name)} is taken by ${isolate(doctor)}, ${span}`
        : `${isolate(name)} is taken, ${span}`,
    needsNothing: 'Nothing that is needed is taken',
    past: 'Times before now are over',
    notice: (hours: number, from: string) => `${hours} hours: online only from ${from}`,
    noNotice: 'No notice needed',
    horizon: (days: number, last: string) => `Up to ${days} days ahead, until ${last}`,
    cap: (cap: number, booked: number) => `${cap} a day: ${booked} booked`,
    noCap: 'No limit',
    grid: (grid: number, visit: string, minutes: number) =>
      `Starts every ${grid} minutes. ${isolate(visit)} needs ${minutes} in one piece.`,
    starts: (starts: string) => `Starts at ${starts}.`,
  },
  csv: 'Download as CSV',
  link: 'Link to this answer',
}
