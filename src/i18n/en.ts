import type { BookingRefusal, ChangeRefusal, Fault, HoldRefusal, SignInRefusal } from '../clinic/refusals.ts'

/** The pages' words in English. Another language is another object of the same type. */
export const en = {
  /** What `Intl` formats dates and times for, and what the page says it is written in (BCP 47). */
  language: 'en-GB' as string,
  /** As whoever speaks it calls it. */
  name: 'English',
  dir: 'ltr' as 'ltr' | 'rtl',
  brand: 'AloBooking',
  skipToContent: 'Skip to content',
  languages: 'Languages',

  booking: {
    title: 'Book an appointment',
    intro: 'Choose what you come for, then press a free time. It is held for you while you confirm.',
    doctor: 'Doctor',
    chooseDoctor: 'Choose a doctor',
    patient: 'Patient',
    choosePatient: 'Choose a patient',
    start: 'Start',
    end: 'End',
    timesAreLocal: (zones: string[]) => `On the clinic’s clock (${zones.join(', ')}).`,
    submit: 'Book',
    forWhom: 'For',
    noDoctors: 'No doctor offers time here yet.',
    anyTime: 'Book any other time',
    noVisitType: 'Nothing in particular',
    findPatient: 'Name of the patient, or a part of it',
    find: 'Find',
    noPatient: 'Nobody of that name is registered.',
    morePatients: 'More than twenty have that in their names. Write more of it.',
    overrideReason: 'Reason, if outside the hours',
    overrideHint: 'Without a reason only the doctor’s hours can be booked. It is kept with the appointment.',
    yoursAreAway:
      'The clinic’s books cannot be reached just now. These free times may be a little old, and yours cannot be shown.',
  },

  hold: {
    title: 'Held for you',
    until: (time: string) => `Until ${time} nobody else can take it.`,
    left: 'Time left:',
    /** Said aloud, once. */
    soon: 'Two minutes are left. You can ask for ten more.',
    over: 'It is no longer held. Book it now, and it is yours if nobody was quicker.',
    signIn: 'To book it, type in your e-mail. We send you a code; there is no password.',
    forWhom: 'Who comes?',
    reason: 'What is it about? (you need not say)',
    reasonHint: 'Only the doctor and the front desk read it.',
    confirm: 'Book this appointment',
    extend: 'Ten more minutes, please',
    letGo: 'Choose another time',
    banner: (day: string, time: string, doctor: string) => `Held for you: ${day}, ${time}, ${doctor}.`,
    goOn: 'Go on and book it',
    notBooked: 'Not booked yet',
    otherPerson: 'Book for somebody else',
    step: (n: number, of: number) => `Step ${n} of ${of}`,
  },

  lost: {
    taken: 'Somebody was quicker',
    expired: 'It is no longer held for you',
    refused: 'This time cannot be booked',
    tooMany: 'Too many times are held',
    nearest: 'These are free, and nearest to it',
    none: 'Nothing is free near it.',
    allTimes: 'All free times',
    reasons: {
      slot_taken: 'That time has just been taken.',
      hold_expired: 'Ten minutes are over, and somebody else may have it by now.',
      too_many_holds:
        'From where you are, ten times are being held already. Finish one of them, or wait a few minutes.',
      wrong_status: 'It was let go, here or in another window.',
    } satisfies Record<HoldLoss, string>,
  },

  finder: {
    visitType: 'What for',
    chooseVisitType: 'Choose a kind of visit',
    specialty: 'Specialty',
    anySpecialty: 'Any specialty',
    manyDoctors: 'Choose a specialty or a place to choose among its doctors.',
    anyDoctor: 'Any doctor',
    where: 'Where',
    anywhere: 'Anywhere',
    from: 'From (today, if left empty)',
    submit: 'Show free times',
    modes: { in_person: '', phone: ', by phone', video: ', by video' },
    describe: (name: string, minutes: number, mode: string) => `${name} (${minutes} min${mode})`,
    title: 'Free times',
    nothingFree:
      'Nothing is free in these 30 days. Choose another doctor, another kind of visit, or a later day.',
    notOffered: 'Nobody offers that here. Choose another doctor, another place, or another kind of visit.',
    later: 'Later times',
    asList: 'As a list',
    asWeek: 'As a week',
    weekTitle: (from: string, until: string) => `${from} – ${until}`,
    nextWeek: 'Next week',
    weekBefore: 'Week before',
    noneThatDay: 'Nothing free',
    yourTime: (time: string) => `${time} your time`,
    pages: 'Pages of free times',
  },

  hours: {
    title: 'When doctors see patients',
    closed: 'No weekly hours',
  },

  appointments: {
    title: 'Your appointments',
    deskTitle: 'Coming appointments',
    upcoming: 'Coming',
    past: 'Past',
    today: 'Today',
    yourDay: 'Your day',
    nothingToday: 'No appointments today.',
    nothingComing: 'Nothing is coming up.',
    nothingPast: 'There is nothing here yet.',
    all: 'All your appointments',
    allOfDesk: 'More, and past ones',
    show: 'Show',
    later: 'Later',
    earlier: 'Earlier',
    pages: 'Pages of appointments',
    bookOne: 'Book an appointment',
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

  signIn: {
    link: 'Sign in',
    signOut: 'Sign out',
    title: 'Sign in',
    intro:
      'We send a code to your e-mail. There is no password. If you are new here, this opens your account.',
    email: 'E-mail',
    sendCode: 'Send the code',
    codeTitle: 'Type in the code',
    codeSentTo: 'If the address is right, a code of six digits is on its way to',
    code: 'Code',
    codeHint: 'It is good for ten minutes.',
    submit: 'Sign in',
    otherAddress: 'Use another address, or get a new code',
    refused: {
      wrong_code: 'That is not the code we sent. Look again, or get a new one.',
      code_expired: 'That code is no longer good. Get a new one.',
      too_many_tries: 'That code was tried too often. Get a new one.',
      too_many_codes: 'This address has had five codes within an hour. Try again in an hour.',
    } satisfies Record<SignInRefusal, string>,
  },

  dependant: {
    link: 'Book for a child or a parent',
    title: 'For whom else do you book?',
    intro: 'Register a child, a parent, or whoever else you look after. You can then book for them.',
    name: 'Their name',
    submit: 'Register',
  },

  welcome: {
    title: 'Welcome',
    intro: 'Tell us your name, as the clinic shall call you.',
    name: 'Name',
    terms:
      'I agree that the clinic keeps my name, e-mail address and appointments to arrange my visits, and shows them to its staff only.',
    mustAgree: 'We cannot book for you without this.',
    submit: 'Continue',
  },

  codeMail: (code: string) => ({
    subject: 'Your AloBooking sign-in code',
    text: `Your code is ${code}.\n\nType it in where you asked for it. It is good for ten minutes.\nIf you did not ask for it, do nothing: nobody can use it without this mail.\n`,
  }),

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
    visitType: 'What for',
    doctor: 'Doctor',
    patient: 'Patient',
    number: 'Number',
    address: 'Address',
    directions: 'Directions',
    calendar: 'Add to your calendar',
    phone: 'Telephone',
    reason: 'What it is about',
    again: 'Book another appointment',
    change: 'Move or cancel this appointment',
  },

  change: {
    title: 'Your appointment',
    until: (minutes: number) =>
      minutes === 0
        ? 'You can move or cancel it until it begins.'
        : `You can move or cancel it until ${inWords(minutes)} before it begins.`,
    tooLate: 'It is too late to move or cancel it here. Please call the clinic.',
    move: 'Move it to another time',
    cancel: 'Cancel it',
    reallyCancel: 'Cancel this appointment',
    keepsNothing: 'Its time is then free for somebody else at once.',
    reason: 'Reason',
    reasonIfAny: 'Reason (you need not give one)',
    timesTitle: 'Choose another time',
    now: 'Until you choose, it stays where it is:',
    back: 'Leave it where it is',
    notMoved: 'Not moved',
    notCancelled: 'Not cancelled',
    refused: {
      too_late: 'It is too late for that. Please call the clinic.',
      not_yet: 'That can be done once it has begun.',
      not_today: 'That can be done on the day only.',
      wrong_status: 'It is no longer an appointment that is to come. Look at how it stands below.',
      stale: 'Somebody changed it since you opened this page. Look at how it stands below.',
    } satisfies Record<ChangeRefusal, string>,
  },

  calendar: {
    summary: (visit: string | null, doctor: string) => (visit ? `${visit}: ${doctor}` : doctor),
    description: (url: string, phone: string | null) =>
      `Move or cancel it here: ${url}${phone ? `\nOr call ${phone}.` : ''}`,
  },

  refused: {
    title: 'Not booked',
    documentTitle: 'Not booked: ',
    reasons: {
      slot_taken: 'The doctor has another appointment at that time.',
      patient_busy: 'The patient has another appointment at that time.',
      outside_hours: 'The doctor does not see patients at that time.',
      off_grid: 'Appointments do not start at that time. Choose one of the free times.',
      short_notice: 'That is too soon for this kind of visit. Choose a later time.',
      beyond_horizon: 'That is too far ahead for this kind of visit. Choose an earlier day.',
      day_full: 'The doctor sees no more visits of this kind on that day. Choose another day.',
      not_offered:
        'The doctor does not offer such a visit online. Choose another kind of visit, or ask the front desk.',
      in_the_past: 'That time has passed. Choose one that is still to come.',
      not_your_patient: 'You may not book for that patient.',
      invalid: 'Something is missing or cannot be read:',
    } satisfies Record<BookingRefusal, string>,
    bookInstead: (day: string, from: string, until: string) => `Book ${day}, ${from}–${until} instead`,
    nothingElseThatDay: 'Nothing later on that day is free for so long. Choose another time or day.',
  },

  health: {
    link: 'Health',
    title: 'How the clinic is',
    asOf: (environment: string, day: string, time: string) => `${environment}, ${day}, ${time} UTC`,
    again: 'Look again',
    verdict: 'Whether anything is wrong',
    nothingFails: 'We answer whatever is asked',
    weFail: (many: number) => `We failed ${many === 1 ? 'once' : `${many} times`} in the last hour`,
    weFailed: (many: number) =>
      `In the last 24 hours we failed ${many === 1 ? 'once' : `${many} times`}, but not in the last one.`,
    lookInLog: 'The log has a line for each, with its request id: message = failure.',
    isBehind: (last: string, expected: string) =>
      `The database is at ${last}, and this release comes with ${expected}.`,
    unknownMigration: 'a migration that this release does not know',
    rates: 'What came to nothing',
    lastHour: 'Last hour',
    lastDay: '24 hours',
    failedOf: (failed: string, all: string) => `${failed} of ${all}`,
    byHour: (most: string) => `By the hour, UTC; the highest is ${most}`,
    noneByHour: 'Nothing came to nothing in the last 24 hours.',
    byCode: 'Reason',
    byDoor: 'Where',
    byDoctor: 'Doctor',
    doors: { api: 'API', web: 'Pages' },
    noDoctor: 'None named',
    statements: 'Slowest statements',
    calls: (many: string, longest: string) => `on average, of ${many}; the longest ${longest}`,
    noStatements: 'None were counted yet.',
    statementsUnknown: {
      not_installed: 'Nobody counts them: the database lacks an extension. As its owner:',
      not_loaded: 'Nobody counts them: PostgreSQL must load a library at its start. In its settings:',
      not_permitted: 'They are counted, but not shown to us. As the owner of the database:',
    },
    sizes: 'How large it is',
    table: 'Table',
    rows: 'Rows, about',
    withIndexes: 'With its indexes',
    index: 'Index',
    reads: 'Reads',
    size: 'Size',
    unused: (many: number, since: string | null) =>
      `${many === 1 ? 'An index' : `${many} indexes`} that nobody has read${since ? ` since ${since}` : ''}`,
    noneUnused: 'Every index is read.',
    versions: 'What runs',
    release: 'Release',
    migration: 'Last migration',
  },

  faults: {
    missing: 'Fill this in.',
    not_an_object: 'Fill this in.',
    not_expected: 'Leave this out.',
    not_an_id: 'Choose one from the list.',
    not_a_time: 'Write a date and a time, such as 2026-11-23 09:00.',
    no_offset: 'Write a date and a time, such as 2026-11-23 09:00.',
    not_after_start: 'The end must be later than the start.',
    too_short: 'An appointment takes at least 5 minutes.',
    too_long: 'An appointment takes at most 8 hours.',
    not_the_length: 'This kind of visit takes another length of time.',
    not_an_email: 'Write an e-mail address, such as name@example.com.',
    not_a_name: 'Write a name without special characters.',
    too_long_a_name: 'Write at most 100 characters.',
    not_a_choice: 'Choose one from the list.',
    already_registered: 'This address belongs to another patient.',
    not_a_clock_time: 'Write a time, such as 09:00.',
    not_a_date: 'Write a date, such as 2026-11-23.',
    not_after_opening: 'This must be later.',
    not_a_wall_clock: 'Write a date and a time, such as 2026-11-23 09:00.',
    not_a_grid: 'Write a number of minutes that divides the day, in steps of 5.',
    not_a_zone: 'Write a time zone, such as Asia/Jakarta.',
    not_a_cursor: 'Go back to the first page.',
    out_of_range: 'Write a number that is possible here.',
    too_far_away: 'Choose a date nearer to today.',
    window_too_long: 'Choose at most 62 days.',
    absence_too_long: 'Choose at most two years.',
    not_a_list: 'Choose at most 100.',
    too_long_a_text: 'Write at most 500 characters.',
    unknown: 'Choose one from the list.',
    already_there: 'There is one of that name already.',
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
      next: 'Try again. If it stays so, tell us.',
    },
    forbidden: {
      title: 'This is not yours to do',
      next: 'Your account may not do that. Ask the front desk.',
    },
    crossSite: {
      title: 'That came from another site',
      next: 'For your safety it was not carried out. Open the page here and try again.',
    },
    noForm: { title: 'That could not be read', next: 'Open the page again and fill in the form there.' },
    tooMany: { title: 'That was too often', next: 'Wait a minute, then try again.' },
    tooLarge: { title: 'That was too much to read', next: 'Fill in the form again with less text.' },
    toBooking: 'To the booking page',
    orCall: 'You can always call the clinic:',
    number: 'Whoever looks into it needs this number:',
  },
}

/** Why a time is not, or no longer, held. */
type HoldLoss = 'slot_taken' | 'wrong_status' | Exclude<HoldRefusal, 'already_extended'>

/** Minutes as days, hours or minutes, whichever comes out even. */
function inWords(minutes: number): string {
  const [count, unit] =
    minutes % 1440 === 0
      ? [minutes / 1440, 'day']
      : minutes % 60 === 0
        ? [minutes / 60, 'hour']
        : [minutes, 'minute']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

export type Copy = typeof en
