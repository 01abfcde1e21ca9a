import type { Fault, Refusal } from '../clinic/refusals.ts'

/** The page's words in English. Another language is another object of the same type. */
export const en = {
  language: 'en-GB',
  brand: 'AloBooking',
  skipToContent: 'Skip to content',
  tagline: 'No minute is promised twice.',

  booking: {
    title: 'Book an appointment',
    intro: 'Choose a doctor and a time. You see at once whether it is yours.',
    doctor: 'Doctor',
    chooseDoctor: 'Choose a doctor',
    patient: 'Patient',
    choosePatient: 'Choose a patient',
    start: 'Start',
    end: 'End',
    timesAreLocal: (zones: string[]) => `On the clinic’s clock (${zones.join(', ')}).`,
    submit: 'Book',
    noDoctors: 'No doctor offers time here yet.',
  },

  hours: {
    title: 'When doctors see patients',
    closed: 'No weekly hours',
    until: '–',
  },

  appointments: {
    title: 'Appointments',
    order: 'Last booked first',
    empty: 'Nothing is booked yet. The first appointment will stand here.',
    nothingOlder: 'There are no older appointments.',
    older: 'Older',
    newest: 'Newest',
    pages: 'Pages of appointments',
    with: 'with',
    statuses: {
      pending: 'Held',
      booked: 'Booked',
      arrived: 'Arrived',
      fulfilled: 'Completed',
      cancelled: 'Cancelled',
      noshow: 'No-show',
    },
  },

  confirmation: {
    titles: {
      pending: 'This time is held for you',
      booked: 'Your appointment is booked',
      arrived: 'You have arrived',
      fulfilled: 'This appointment has taken place',
      cancelled: 'This appointment was cancelled',
      noshow: 'This appointment was missed',
    },
    when: 'When',
    where: 'Where',
    doctor: 'Doctor',
    patient: 'Patient',
    number: 'Number',
    again: 'Book another appointment',
  },

  refused: {
    title: 'Not booked',
    documentTitle: 'Not booked: ',
    reasons: {
      slot_taken: 'The doctor has another appointment at that time.',
      patient_busy: 'The patient has another appointment at that time.',
      outside_hours: 'The doctor does not see patients at that time.',
      in_the_past: 'That time has passed. Choose one that is still to come.',
      invalid: 'Something is missing or cannot be read:',
    } satisfies Record<Refusal, string>,
    bookInstead: (day: string, from: string, until: string) => `Book ${day}, ${from}–${until} instead`,
    nothingElseThatDay: 'Nothing else of that length is free on that day. Choose another day.',
  },

  faults: {
    missing: 'Fill this in.',
    not_an_object: 'Fill this in.',
    not_an_id: 'Choose one from the list.',
    not_a_time: 'Write a date and a time, such as 2026-11-23 09:00.',
    no_offset: 'Write a date and a time, such as 2026-11-23 09:00.',
    not_after_start: 'The end must be later than the start.',
    too_short: 'An appointment takes at least 5 minutes.',
    too_long: 'An appointment takes at most 8 hours.',
  } satisfies Record<Fault, string>,

  problems: {
    notFound: {
      title: 'This page is not here',
      next: 'The address may be mistyped, or the appointment is gone.',
    },
    unavailable: {
      title: 'The clinic cannot be reached just now',
      next: 'Nothing you wrote was booked unless it was confirmed. Try again in a few seconds.',
    },
    internal: {
      title: 'Something went wrong on our side',
      next: 'Try again. If it stays so, tell us this number:',
    },
    tooLarge: { title: 'That was too much to read', next: 'Fill in the form again with less text.' },
    toBooking: 'To the booking page',
  },
}

export type Copy = typeof en
