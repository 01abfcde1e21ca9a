import type { SecurityEventKind } from '../clinic/accounts/find-security-events.ts'
import type { AlarmSubject } from '../clinic/happenings.ts'
import type {
  BookingRefusal,
  ChangeRefusal,
  Fault,
  HoldRefusal,
  PasskeyRefusal,
  SignInRefusal,
} from '../clinic/refusals.ts'

/** The pages' words in English. Another language is another object of the same type. */
export const en = {
  /** A BCP 47 tag: the page's `lang`, and what `Intl` formats dates and times with. */
  language: 'en-GB' as string,
  /** The language's own name for itself. */
  name: 'English',
  dir: 'ltr' as 'ltr' | 'rtl',
  brand: 'AloBooking',
  skipToContent: 'Skip to content',
  languages: 'Languages',
  timeIn: (city: string) => `${city} time`,

  booking: {
    title: 'Book an appointment',
    intro: 'Choose a visit type, then a free time. We hold it for 10 minutes while you confirm.',
    doctor: 'Doctor',
    chooseDoctor: 'Choose a doctor',
    patient: 'Patient',
    choosePatient: 'Choose a patient',
    start: 'Start',
    end: 'End',
    localTime: (cities: string[]) => `The doctor’s local time (${cities.join(', ')}).`,
    submit: 'Book appointment',
    forWhom: 'For',
    noDoctors: 'No doctors can be booked here yet.',
    bookAnyTime: 'Book any time',
    noVisitType: 'No visit type',
    findPatient: 'Patient’s name, date of birth, phone or email',
    findHint: 'Part of it is enough, like “siti 1990” or the last digits of the phone number.',
    find: 'Find',
    noPatient: 'No patient matches.',
    tooManyPatients: 'More patients may match. Type more of the name, or add the date of birth.',
    overrideReason: 'Reason for booking outside hours',
    overrideHint: 'Only needed outside the doctor’s hours. It’s kept with the appointment.',
    appointmentsUnavailable:
      'We can’t show your appointments at the moment, and the free times may be out of date. Please try again in a minute.',
  },

  hold: {
    title: 'Confirm your appointment',
    until: (time: string, zone: string) => `We’re holding this time for you until ${time}, ${zone}.`,
    timeLeft: 'Time left:',
    /** Announced once by screen readers. */
    almostOver: (canExtend: boolean): string =>
      canExtend ? 'Two minutes left. Need longer? Add 10 minutes.' : 'Two minutes left.',
    ranOut: 'Your hold ran out. You can still book this time if no one else has taken it.',
    signIn: 'We email you a code to confirm it’s you. No password needed.',
    forWhom: 'Who is this appointment for?',
    reason: 'Reason for your visit (optional)',
    reasonHint: 'Only your doctor and the front desk can read this.',
    confirm: 'Book appointment',
    extend: 'Add 10 minutes',
    changeTime: 'Change time',
    banner: (day: string, time: string, doctor: string) => `You’re holding ${day}, ${time} with ${doctor}.`,
    bannerTitle: 'Held for you',
    finish: 'Finish booking',
    notBooked: 'Not booked yet',
    someoneElse: 'Book for someone else',
    step: (n: number, of: number) => `Step ${n} of ${of}`,
  },

  lost: {
    taken: 'That time was just taken',
    expired: 'This time is no longer held for you',
    refused: 'This time can’t be booked',
    tooMany: 'Too many times are being held from your network',
    tooManyAppointments: 'No more online bookings for now',
    nearest: 'Closest free times',
    none: 'Nothing is free around that time',
    allTimes: 'See all free times',
    reasons: {
      slot_taken: 'Please choose another time.',
      hold_expired: 'Your hold ran out, so someone else may have taken it.',
      too_many_holds: 'Finish one of those bookings, or try again in a few minutes.',
      wrong_status: 'You released or booked it, here or in another window.',
    } satisfies Record<HoldLoss, string>,
  },

  finder: {
    visitType: 'Visit type',
    chooseVisitType: 'Choose a visit type',
    specialty: 'Specialty',
    anySpecialty: 'Any specialty',
    manyDoctors: 'Choose a specialty or a location to see its doctors.',
    anyDoctor: 'Any doctor',
    where: 'Location',
    anywhere: 'Any location',
    from: 'From (today if left empty)',
    submit: 'Show free times',
    modes: { in_person: '', phone: ', by phone', video: ', by video' },
    describe: (name: string, minutes: number, mode: string) => `${name}, ${minutes} min${mode}`,
    title: 'Free times',
    nothingFree: 'Nothing free in these 30 days. Try another doctor, another visit type or a later date.',
    nothingFreeYet: 'Nothing free in the first days. See later times.',
    notSearched: 'Not searched',
    weekIsCut:
      'Only the first days were searched. To see the whole week, choose a doctor, a specialty or a location.',
    notOffered: 'No doctor here offers this visit type. Try another doctor, location or visit type.',
    later: 'Later times',
    asList: 'See as a list',
    asWeek: 'See by week',
    weekTitle: (from: string, until: string) => `${from} – ${until}`,
    nextWeek: 'Next week',
    weekBefore: 'Previous week',
    noneThatDay: 'Nothing free',
    yourTime: (time: string) => `${time} your time`,
    pages: 'More free times',
  },

  hours: {
    title: 'Doctors’ hours',
    closed: 'No weekly hours',
  },

  appointments: {
    title: 'Your appointments',
    deskTitle: 'Upcoming appointments',
    upcoming: 'Upcoming',
    past: 'Past',
    today: 'Today',
    yourDay: 'Your day',
    nothingToday: 'No appointments today',
    nothingUpcoming: 'No appointments coming up',
    nothingPast: 'No past appointments',
    all: 'See all your appointments',
    allOfDesk: 'See all appointments',
    show: 'Show',
    later: 'Show later appointments',
    earlier: 'Show older appointments',
    pages: 'More appointments',
    bookOne: 'Book an appointment',
    with: 'with',
    statuses: {
      pending: 'On hold',
      booked: 'Booked',
      arrived: 'Arrived',
      fulfilled: 'Completed',
      cancelled: 'Cancelled',
      noshow: 'Missed',
    },
  },

  signIn: {
    link: 'Sign in',
    signOut: 'Sign out',
    title: 'Sign in',
    intro:
      'We email you a code to confirm it’s you. No password needed. New here? This also creates your account.',
    email: 'Your email',
    sendCode: 'Email me a code',
    codeTitle: 'Check your email',
    codeSentTo: 'We sent a 6-digit code to',
    code: 'Code from the email',
    codeHint: 'It can take a minute to arrive, and works for 10 minutes. Look in your spam folder, too.',
    openCodeSentTo: 'Many codes were requested today. So we sent one long code to',
    openCodeHint:
      'Open the newest email from us. Its code has 16 letters and digits and works for a day, in any browser.',
    challengeNeedsScript:
      'This check needs JavaScript. Without it, try again in an hour, or call the clinic.',
    submit: 'Sign in',
    otherAddress: 'Change email or send a new code',
    sessionHasEnded:
      'Your session has ended. Sign in again to carry on: we email you a code to confirm it’s you.',
    refused: {
      wrong_code: 'That code didn’t match. Check it, or send a new one.',
      code_expired: 'That code has expired. Send a new one.',
      too_many_tries: 'Too many wrong tries with that code. Send a new one.',
      too_many_codes:
        'Too many codes were sent to this address or requested from your network. Try again in an hour, or call the clinic.',
      challenge_needed:
        'Many people are signing in right now. Confirm below that you’re a person, then try again.',
    } satisfies Record<SignInRefusal, string>,
  },

  account: {
    link: 'Account',
    title: 'Your account',
    name: 'Name',
    email: 'Email',
    sessions: {
      title: 'Where you’re signed in',
      intro: 'Don’t recognise one of these? Sign it out.',
      thisDevice: 'This device',
      unknownDevice: 'Unknown device',
      activeNow: 'Active now',
      lastActive: (ago: string) => `Last active ${ago}`,
      signOutDevice: (device: string) => `Sign out ${device}`,
      everywhere: 'Sign out everywhere',
      everywhereHint: 'Signs you out on every device, including this one.',
    },
  },

  passkeys: {
    title: 'Passkeys',
    intro: 'A passkey signs you in with your fingerprint, face or screen lock. You won’t need a code.',
    signIn: 'Sign in with a passkey',
    add: 'Add a passkey',
    added: (ago: string) => `Added ${ago}`,
    lastUsed: (ago: string) => `Last used ${ago}`,
    neverUsed: 'Not used yet',
    synced: 'Synced to your other devices',
    oneDeviceOnly: 'On one device only',
    rename: 'Rename',
    renameOne: (name: string) => `Rename ${name}`,
    remove: 'Remove',
    removeOne: (name: string) => `Remove ${name}`,
    newTitle: 'Set up a passkey',
    required: 'The clinic asks you to sign in with a passkey. Set one up to continue.',
    create: 'Create a passkey',
    notNow: 'Not now',
    /** Its first name where the device is unknown. */
    defaultName: 'Passkey',
    confirmTitle: 'Confirm it’s you',
    confirmIntro: 'Your account is protected by a passkey. Use it to continue.',
    use: 'Use my passkey',
    notInThisBrowser:
      'Passkeys don’t work in this browser. Use another browser or device, and make sure JavaScript is on.',
    lost: 'Lost your passkey? Call the clinic:',
    renameTitle: 'Rename passkey',
    name: 'Name',
    nameHint: 'Choose a name that tells you where it is, such as “Work phone”.',
    saveName: 'Save',
    removeTitle: 'Remove this passkey?',
    afterRemoval:
      'You won’t be able to sign in with it any more. Delete it from your device’s passwords or settings, too.',
    confirmRemoval: 'Yes, remove it',
    back: 'Back to your account',
    notUsed: 'Your passkey didn’t work',
    notAdded: 'The passkey wasn’t added',
    notRemoved: 'Not removed',
    refused: {
      passkey_expired: 'That took too long. Please try again.',
      passkey_unknown: 'No account here has this passkey. It may have been removed.',
      passkey_failed: 'We couldn’t check it. Please try again.',
      passkey_of_another:
        'It belongs to another account. Choose a passkey of the account you’re signed in to.',
      already_added: 'This passkey has been added before.',
      too_many_passkeys: 'You have 20 passkeys already. Remove one first.',
      not_confirmed: 'Use one of your passkeys first.',
      last_passkey:
        'The clinic asks you to have a passkey, and this is your only one. Add another one first.',
    } satisfies Record<PasskeyRefusal, string>,
    /** What the browser’s script says. */
    inBrowser: {
      get: { failed: 'No passkey was used. Please try again.', known: '' },
      create: {
        failed: 'No passkey was created. Please try again.',
        known: 'This device already has a passkey for your account.',
      },
    },
  },

  signInLink: {
    title: 'Sign in with your link',
    intro: 'The clinic made this link for you. It works once. Next, you can set up a passkey.',
    submit: 'Continue',
    expiredTitle: 'This link no longer works',
    expired: 'It was used before, or it’s too old. Ask the clinic for a new one.',
    withCode: 'Sign in with a code',
  },

  dependant: {
    link: 'Book for someone else',
    title: 'Who else do you book for?',
    intro: 'Add a child, a parent or anyone else you look after. Then you can book appointments for them.',
    name: 'Their full name',
    birthDate: 'Their date of birth (optional)',
    submit: 'Add person',
    refused: {
      title: 'Not added',
      too_many_dependants: 'You can’t add any more people online.',
      call: 'To add someone else, please call the clinic:',
    },
    mayExist: {
      title: 'Have you already added them?',
      reason: 'You already book for someone who may be the same person.',
      use: 'Book for them',
      anyway: 'This is someone else. Add them',
    },
  },

  newPatient: {
    link: 'Register a new patient',
    title: 'Register a new patient',
    name: 'Full name',
    birthDate: 'Date of birth (optional)',
    phone: 'Phone (optional)',
    phoneHint: 'With the country code, like +62 812 3456 7890.',
    email: 'Email (optional)',
    emailHint: 'A family can share one. It gives nobody access to the record.',
    submit: 'Register patient',
    mayExist: {
      title: 'Is this person already registered?',
      reason: 'Please check with them before you register them again.',
      use: 'Use this record',
      anyway: 'This is someone else. Register them',
    },
  },

  /** What stands beside a name to tell people apart. */
  patient: {
    called: (name: string) => `called ${name}`,
    born: (date: string) => `born ${date}`,
    phoneEnding: (digits: string) => `phone ends in ${digits}`,
  },

  /** A patient's record. */
  record: {
    details: 'Details',
    name: 'Name',
    calledName: 'Called',
    birthDate: 'Date of birth',
    sex: 'Sex (as recorded for care)',
    sexes: { female: 'Female', male: 'Male', other: 'Other', unknown: 'Unknown' },
    phone: 'Phone',
    email: 'Email',
    languages: 'Languages',
    channel: 'Best way to reach them',
    channels: { email: 'Email', whatsapp: 'WhatsApp', sms: 'SMS', phone: 'Phone call' },
    address: 'Address',
    issuers: { nik: 'NIK', bpjs: 'BPJS number', passport: 'Passport', record: 'Record number' },
    deskNote: 'Note for the front desk',
    number: 'Patient number',
    deceased: 'Deceased',
    inactive: 'No longer a patient here',
    onLegalHold: 'On legal hold',
    erased: 'Erased patient',
    book: 'Book an appointment for this patient',
  },

  welcome: {
    title: 'Welcome',
    intro: 'One last step: tell the clinic who you are.',
    name: 'Your full name',
    terms:
      'I agree that the clinic stores my name, email address and appointment details to arrange my appointments, and that only its staff can see them.',
    mustAgree: 'Please agree, so that we can book for you',
    submit: 'Continue',
  },

  codeMail: (code: string) => ({
    subject: 'Your AloBooking sign-in code',
    text: `Your code is ${code}.\n\nEnter it on the page where you asked for it. It works for 10 minutes.\n\nDidn’t ask for a code? You can ignore this email. Don’t share the code with anyone.\n`,
  }),

  openCodeMail: (code: string) => ({
    subject: 'A sign-in code that works in any browser',
    text: `Many sign-in codes were requested for this address today, perhaps by someone else. To keep your inbox clear, we stop sending them for now.\n\nTo sign in, use this code. It works once, in any browser, until tomorrow at this time:\n\n${code}\n\nDon’t share it with anyone. If you don’t want to sign in, you can ignore this email.\n`,
  }),

  confirmation: {
    titles: {
      pending: 'Appointment on hold',
      booked: 'Appointment booked',
      arrived: 'Checked in',
      fulfilled: 'Appointment completed',
      cancelled: 'Appointment cancelled',
      noshow: 'Appointment missed',
    },
    when: 'When',
    where: 'Where',
    visitType: 'Visit type',
    doctor: 'Doctor',
    patient: 'Patient',
    number: 'Appointment number',
    directions: 'Get directions',
    calendar: 'Add to your calendar',
    phone: 'Phone',
    reason: 'Reason for visit',
    again: 'Book another appointment',
    change: 'Reschedule or cancel',
  },

  change: {
    title: 'Your appointment',
    until: (minutes: number) =>
      minutes === 0
        ? 'You can reschedule or cancel until it starts.'
        : `You can reschedule or cancel up to ${inWords(minutes)} before it starts.`,
    tooLate: 'It’s too late to reschedule or cancel online. Please call the clinic.',
    move: 'Reschedule',
    cancel: 'Cancel appointment',
    confirmCancel: 'Yes, cancel it',
    freesTime: 'This time becomes free for others right away.',
    reason: 'Reason',
    reasonIfAny: 'Reason (optional)',
    timesTitle: 'Choose a new time',
    currentTime: 'Until you choose a new time, you keep this one:',
    keepTime: 'Keep my current time',
    notMoved: 'Not rescheduled',
    notCancelled: 'Not cancelled',
    refused: {
      too_late: 'It’s too late to change this appointment online. Please call the clinic.',
      not_yet: 'You can do this once the appointment has started.',
      not_today: 'You can only do this on the day of the appointment.',
      wrong_status: 'This appointment can no longer be changed. Its current details are below.',
      stale: 'This appointment has changed since you opened this page. Its current details are below.',
    } satisfies Record<ChangeRefusal, string>,
  },

  calendar: {
    summary: (visitType: string | null, doctor: string) => (visitType ? `${visitType}: ${doctor}` : doctor),
    description: (url: string, phone: string | null) =>
      `Reschedule or cancel: ${url}${phone ? `\nOr call ${phone}.` : ''}`,
  },

  refused: {
    title: 'Not booked',
    documentTitle: 'Not booked: ',
    reasons: {
      slot_taken: 'The doctor already has an appointment at that time.',
      patient_busy: 'The patient already has an appointment at that time.',
      outside_hours: 'The doctor doesn’t see patients at that time.',
      off_grid: 'Appointments can’t start at that time. Choose one of the free times.',
      short_notice: 'That’s too soon for this visit type. Choose a later time.',
      beyond_horizon: 'That’s too far ahead for this visit type. Choose an earlier day.',
      day_full: 'The doctor is fully booked for this visit type that day. Choose another day.',
      not_offered:
        'This visit type can’t be booked online with this doctor. Choose another one, or ask the front desk.',
      in_the_past: 'That time has passed. Choose a later one.',
      not_your_patient: 'You can’t book for that patient.',
      too_many_appointments:
        'You can’t book any more appointments online. Cancel one you no longer need first.',
      invalid: 'Please check your answers.',
    } satisfies Record<BookingRefusal, string>,
    bookInstead: (day: string, from: string, until: string) => `Book ${day}, ${from}–${until} instead`,
    nothingElseThatDay: 'Nothing later that day is long enough. Choose another time or day.',
  },

  securityLog: {
    title: 'Security log',
    intro: 'Who signed in, who was refused, and whose rights changed. Times are in UTC.',
    what: 'What happened',
    when: 'When',
    kind: 'What happened',
    everyKind: 'Everything',
    account: 'Account number',
    notANumber: 'Enter a number like 42',
    from: 'From',
    to: 'To',
    submit: 'Show',
    none: 'Nothing to show for these filters.',
    older: 'Show older entries',
    accountNumber: (id: number) => `Account ${id}`,
    nobodyYet: 'an address without an account',
    by: (name: string) => ` by ${name}`,
    codeSent: (who: string) => `Sign-in code sent to ${who}`,
    refused: (who: string, why: string) => `Sign-in refused for ${who}: ${why}`,
    signedIn: (who: string, method: string) => `${who} signed in with ${method}`,
    sessionEnded: (who: string, how: string) => `Session of ${who} ended: ${how}`,
    passkeyAdded: (who: string) => `${who} added a passkey`,
    passkeyRemoved: (who: string) => `${who} removed a passkey`,
    roleChanged: (who: string, from: string, to: string) => `Role of ${who} changed from ${from} to ${to}`,
    keyIssued: (who: string) => `API key issued for ${who}`,
    keyRevoked: (who: string) => `API key of ${who} revoked`,
    exported: (who: string) => `Data of ${who} exported`,
    erased: (who: string) => `Data of ${who} erased`,
    settingsChanged: 'Clinic settings changed',
    kinds: {
      'sign_in.code_sent': 'Sign-in codes sent',
      'sign_in.refused': 'Refused sign-ins',
      'sign_in.succeeded': 'Sign-ins',
      'session.ended': 'Ended sessions',
      'passkey.added': 'Added passkeys',
      'passkey.removed': 'Removed passkeys',
      'role.changed': 'Changed roles',
      'api_key.issued': 'Issued API keys',
      'api_key.revoked': 'Revoked API keys',
      'data.exported': 'Exports of data',
      'data.erased': 'Erasures of data',
      'settings.changed': 'Changed settings',
    } satisfies Record<SecurityEventKind, string>,
    roles: {
      patient: 'patient',
      front_desk: 'front desk',
      doctor: 'doctor',
      admin: 'admin',
    } as Record<string, string>,
    methods: {
      code: 'a code',
      passkey: 'a passkey',
      code_and_passkey: 'a code and a passkey',
      link: 'a one-time link',
    } as Record<string, string>,
    endings: {
      signed_out: 'signed out',
      ended_by_owner: 'signed out from another device',
      everywhere: 'signed out everywhere',
      replaced: 'replaced by a new sign-in in the same browser',
      role_changed: 'the role changed',
    } as Record<string, string>,
    reasons: {
      wrong_code: 'wrong code',
      code_expired: 'no valid code',
      too_many_tries: 'too many wrong tries',
      too_many_codes: 'too many codes requested',
      challenge_needed: 'a challenge was due',
      open_code_waits: 'too many codes for this address today',
      link_expired: 'the link was used or has expired',
      passkey_failed: 'the passkey could not be checked',
      passkey_expired: 'the passkey request had expired',
      passkey_of_another: 'a passkey of another account',
      passkey_unknown: 'unknown passkey',
    } as Record<string, string>,
    alarms: 'Look into this',
    alarm: (times: number, what: string, by: string) => `${what}: ${times} ${by},`,
    subjects: {
      network: 'from one network',
      wider: 'from neighbouring networks',
      mailbox: 'for one email address',
      everyone: 'in all',
    } satisfies Record<AlarmSubject, string>,
    inHourFrom: (hour: string) => `in the hour from ${hour}`,
    whatToDo:
      'If you don’t know why, tell the person who runs AloBooking. The operations guide says what to do.',
  },

  health: {
    link: 'Health',
    title: 'Health',
    asOf: (environment: string, day: string, time: string) => `${environment} · ${day}, ${time} UTC`,
    refresh: 'Refresh',
    verdict: 'Status',
    noneFailed: 'No failures on our side in the last hour',
    failedLastHour: (many: number) =>
      `${many} ${many === 1 ? 'failure' : 'failures'} on our side in the last hour`,
    failedLastDay: (many: number) =>
      `In the last 24 hours, there ${many === 1 ? 'was 1 failure' : `were ${many} failures`}.`,
    lookInLog: 'Each one has a line in the log with its request id: message = failure.',
    isBehind: (last: string, expected: string) =>
      `The database is at ${last}, but this release needs ${expected}.`,
    unknownMigration: 'an unknown migration',
    rates: 'Failed requests',
    lastHour: 'Last hour',
    lastDay: '24 hours',
    failedOf: (failed: string, all: string) => `${failed} of ${all}`,
    byHour: (most: string) => `Per hour, UTC (highest: ${most})`,
    noneByHour: 'No failures in the last 24 hours',
    byCode: 'Reason',
    byDoor: 'Source',
    byDoctor: 'Doctor',
    doors: { api: 'API', web: 'Pages' },
    noDoctor: 'No doctor named',
    statements: 'Slowest queries',
    calls: (many: string, longest: string) => `on average · calls: ${many} · slowest: ${longest}`,
    noStatements: 'No queries counted yet',
    statementsUnknown: {
      not_installed: 'No statistics yet: the database lacks an extension. As its owner, run:',
      not_loaded: 'No statistics yet: PostgreSQL must load a library when it starts. Add to its settings:',
      not_permitted: 'We may not read the statistics. As the owner of the database, run:',
    },
    sizes: 'Database size',
    table: 'Table',
    rows: 'Rows (estimate)',
    withIndexes: 'Size with indexes',
    index: 'Index',
    reads: 'Reads',
    size: 'Size',
    unused: (many: number, since: string | null) =>
      `${many} unused ${many === 1 ? 'index' : 'indexes'}${since ? ` since ${since}` : ''}`,
    noneUnused: 'All indexes are in use.',
    versions: 'Versions',
    release: 'Release',
    migration: 'Last migration',
  },

  faults: {
    missing: 'Please fill this in',
    not_an_object: 'Please fill this in',
    not_expected: 'Leave this empty',
    not_an_id: 'Choose one from the list',
    not_a_time: 'Enter a date and time like 2026-11-23 09:00',
    overlaps_another: 'Change the times or the dates: these hours overlap others',
    not_a_whole_minute: 'Enter a time without seconds, such as 09:00',
    no_offset: 'Enter a date and time like 2026-11-23 09:00',
    not_after_start: 'The end must be later than the start',
    too_short: 'An appointment takes at least 5 minutes',
    too_long: 'An appointment takes at most 8 hours',
    not_the_length: 'This visit type has a different length',
    not_an_email: 'Enter an email like name@example.com',
    not_a_name: 'Enter this without special characters',
    invisible: 'Delete this and type it again: it contains characters that cannot be seen',
    too_long_a_name: 'Use at most 100 characters',
    not_a_choice: 'Choose one from the list',
    not_a_clock_time: 'Enter a time like 09:00',
    not_a_phone: 'Enter the number with its country code, like +62 812 3456 7890',
    not_a_birth_date: 'Enter a date of birth like 1990-05-17, not later than today',
    not_a_date: 'Enter a date like 2026-11-23',
    not_after_opening: 'This must be later than the start',
    not_a_wall_clock: 'Enter a date and time like 2026-11-23 09:00',
    not_a_grid: 'Enter minutes in steps of 5 that divide a day evenly, like 15 or 20',
    not_a_zone: 'Enter a time zone like Asia/Jakarta',
    not_a_cursor: 'Go back to the first page',
    out_of_range: 'This number is too low or too high',
    too_far_away: 'Choose a date closer to today',
    window_too_long: 'Choose at most 62 days',
    absence_too_long: 'Choose at most two years',
    not_a_list: 'Choose at most 100',
    too_long_a_text: 'Use at most 500 characters',
    unknown: 'Choose one from the list',
    already_there: 'This name is already in use',
    beyond_issuer: 'This goes beyond what you may grant',
  } satisfies Record<Fault, string>,

  problems: {
    notFound: {
      title: 'Page not found',
      next: 'Check the address. Looking for an appointment? Sign in with the email it was booked with.',
    },
    unavailable: {
      title: 'We can’t reach the clinic’s system right now',
      next: 'Please try again in a few seconds. Nothing is booked unless you saw a confirmation.',
    },
    internal: {
      title: 'Something went wrong on our side',
      next: 'Please try again. If it keeps happening, let us know.',
    },
    forbidden: {
      title: 'You don’t have access to this',
      next: 'Your account isn’t allowed to do this. If you think it should be, ask the front desk.',
    },
    crossSite: {
      title: 'That request came from another website',
      next: 'We didn’t carry it out, to keep you safe. Open the page on this website and try again.',
    },
    noForm: {
      title: 'We couldn’t read that form',
      next: 'Please go back to the page and fill in the form again.',
    },
    tooMany: { title: 'Too many requests', next: 'Please wait a minute, then try again.' },
    tooLarge: { title: 'That’s too much text', next: 'Please fill in the form again with less text.' },
    toBooking: 'Book an appointment',
    orCall: 'You can also call the clinic:',
    number: 'Reference number for support:',
  },
}

/** Why a time cannot be held, or is no longer held. */
type HoldLoss = 'slot_taken' | 'wrong_status' | Exclude<HoldRefusal, 'already_extended'>

/** Minutes in the largest unit that divides them: days, hours or minutes. */
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
