import { linkPaths } from '../messages/link-paths.ts'

/** The addresses of all pages; links are never written by hand. */
export const paths = {
  account: () => '/account',
  closing: () => '/account/closing',
  newEmail: () => '/account/email',
  newEmailCodes: () => '/account/email/codes',
  stopEmailChange: (token = '') => `/account/email/stop${query({ token })}`,
  restoredEmail: (accountId: number) => `/accounts/${accountId}/email`,
  signOutDevice: (sessionId: number) => `/account/sessions/${sessionId}/sign-out`,
  signOutEverywhere: () => '/account/sign-out-everywhere',
  ownData: () => '/account/data',
  ownAccesses: (patientId: number, fields: Record<string, string> = {}) =>
    `/account/data/${patientId}${query(fields)}`,
  ownExport: (patientId: number, format: string) => `/account/data/${patientId}/export${query({ format })}`,
  booking: (fields: Record<string, string> = {}) => `/booking${query(fields)}`,
  holds: () => '/booking/holds',
  hold: (id: number, fields: Record<string, string> = {}) => `/booking/holds/${id}${query(fields)}`,
  holdExtension: (id: number) => `/booking/holds/${id}/extension`,
  holdSearch: (id: number) => `/booking/holds/${id}/patient-search`,
  holdRelease: (id: number) => `/booking/holds/${id}/release`,
  confirmation: (id: number) => `/booking/confirmation/${id}`,
  appointments: (fields: Record<string, string> = {}) => `/appointments${query(fields)}`,
  appointment: (id: number) => `/appointments/${id}`,
  reassignment: (id: number, patientId?: number) =>
    `/appointments/${id}/patient${query(patientId ? { patient_id: String(patientId) } : {})}`,
  reassignmentSearch: (id: number) => `/appointments/${id}/patient-search`,
  calendar: (id: number) => `/appointments/${id}/calendar.ics`,
  cancellation: (id: number) => `/appointments/${id}/cancellation`,
  otherTimes: (id: number, fields: Record<string, string> = {}) =>
    `/appointments/${id}/times${query(fields)}`,
  messageLink: linkPaths.appointment,
  messageLinkCalendar: linkPaths.calendar,
  messageLinkAnswer: (token: string) => `/m/${token}/answer`,
  messagePreferences: (token: string, fields: Record<string, string> = {}) =>
    linkPaths.preferences(token) + query(fields),
  unsubscribe: linkPaths.unsubscribe,
  ownMessages: (fields: Record<string, string> = {}) => `/account/messages${query(fields)}`,
  session: (id: number) => `/sessions/${id}`,
  sessionCancellation: (id: number) => `/sessions/${id}/cancellation`,
  sessionMove: (id: number) => `/sessions/${id}/rescheduling`,
  sessionCapacity: (id: number) => `/sessions/${id}/capacity`,
  sessionParticipants: (id: number) => `/sessions/${id}/participants`,
  sessionPatientSearch: (id: number) => `/sessions/${id}/patient-search`,
  allSeries: () => '/series',
  newSeries: (fields: Record<string, string> = {}) => `/series/new${query(fields)}`,
  seriesPreview: () => '/series/preview',
  seriesPatientSearch: () => '/series/patient-search',
  series: (id: number) => `/series/${id}`,
  seriesRescheduling: (id: number) => `/series/${id}/rescheduling`,
  seriesCancellation: (id: number) => `/series/${id}/cancellation`,
  dependants: (returnTo?: string) => `/dependants${query(returnTo ? { return_to: returnTo } : {})}`,
  linkRemoval: (patientId: number, accountId: number) =>
    `/patients/${patientId}/accounts/${accountId}/removal`,
  patientHistory: (id: number, fields: Record<string, string> = {}) =>
    `/patients/${id}/history${query(fields)}`,
  patientAccesses: (id: number, fields: Record<string, string> = {}) =>
    `/patients/${id}/accesses${query(fields)}`,
  patientExport: (id: number, format: string) => `/patients/${id}/export${query({ format })}`,
  patients: () => '/patients',
  newPatient: (returnTo?: string) => `/patients/new${query(returnTo ? { return_to: returnTo } : {})}`,
  family: () => '/account/family',
  familyInvitation: (patientId: number) => `/account/patients/${patientId}/invitation`,
  familyWithdrawal: (patientId: number) => `/account/patients/${patientId}/invitation/withdrawal`,
  acceptance: (invitationId: number) => `/account/invitations/${invitationId}/acceptance`,
  invitation: (id: number) => `/patients/${id}/invitation`,
  withdrawal: (id: number) => `/patients/${id}/invitation/withdrawal`,
  patientAccounts: (id: number) => `/patients/${id}/accounts`,
  patient: (id: number) => `/patients/${id}`,
  erasure: (id: number) => `/patients/${id}/erasure`,
  legalHold: (id: number) => `/patients/${id}/legal-hold`,
  ownErasure: () => '/account/erasure',
  erased: () => '/account/erasure/done',
  mergeSearch: (id: number) => `/patients/${id}/merge-search`,
  merge: (id: number, otherId?: number) =>
    `/patients/${id}/merge${query(otherId ? { with: String(otherId) } : {})}`,
  unmerge: (id: number) => `/patients/${id}/unmerge`,
  patientDetails: (id: number) => `/patients/${id}/details`,
  correctionRequests: () => '/patients/correction-requests',
  acceptCorrection: (id: number) => `/patients/correction-requests/${id}/acceptance`,
  declineCorrection: (id: number) => `/patients/correction-requests/${id}/rejection`,
  ownRecords: () => '/account/details',
  ownRecord: (id: number) => `/account/details/${id}`,
  passkeys: () => '/account/passkeys',
  newPasskey: (returnTo?: string) => `/account/passkeys/new${query(returnTo ? { return_to: returnTo } : {})}`,
  passkeyChallenge: () => '/account/passkeys/challenge',
  passkey: (id: number) => `/account/passkeys/${id}`,
  passkeyRemoval: (id: number) => `/account/passkeys/${id}/removal`,
  /** `on`, `days`, `by`, `doctor`, `view`, `location` … choose what is shown. */
  desk: (fields: Record<string, string> = {}) => `/desk${query(fields)}`,
  /** A WebSocket that tells which days of the location have changed. */
  deskLive: (locationId: number) => `/desk/live${query({ location: String(locationId) })}`,
  /** How a person likes to see the day. */
  deskView: () => '/desk/view',
  deskNames: () => '/desk/names',
  deskKeys: () => '/desk/keys',
  deskMine: (fields: Record<string, string> = {}) => `/desk/mine${query(fields)}`,
  deskBooking: (fields: Record<string, string> = {}) => `/desk/book${query(fields)}`,
  deskBookingSearch: (fields: Record<string, string> = {}) => `/desk/book/patient-search${query(fields)}`,
  deskAppointment: (id: number, fields: Record<string, string> = {}) =>
    `/desk/appointments/${id}${query(fields)}`,
  deskMove: (id: number, fields: Record<string, string> = {}) =>
    `/desk/appointments/${id}/move${query(fields)}`,
  deskCancellation: (id: number) => `/desk/appointments/${id}/cancellation`,
  deskArrival: (id: number) => `/desk/appointments/${id}/arrival`,
  deskStart: (id: number) => `/desk/appointments/${id}/start`,
  deskCompletion: (id: number) => `/desk/appointments/${id}/completion`,
  deskNoShow: (id: number) => `/desk/appointments/${id}/no-show`,
  deskConfirmation: (id: number) => `/desk/appointments/${id}/confirmation`,
  deskDecline: (id: number) => `/desk/appointments/${id}/decline`,
  deskUndo: (id: number) => `/desk/appointments/${id}/undo`,
  deskVisitType: (id: number) => `/desk/appointments/${id}/visit-type`,
  deskNote: (id: number) => `/desk/appointments/${id}/note`,
  deskMessage: (id: number) => `/desk/appointments/${id}/message`,
  deskIdentity: (id: number) => `/desk/appointments/${id}/identity`,
  deskFlag: (id: number) => `/desk/appointments/${id}/flag`,
  deskLabel: (id: number) => `/desk/appointments/${id}/label`,
  newWalkIn: (fields: Record<string, string> = {}) => `/desk/walk-ins/new${query(fields)}`,
  walkIns: () => '/desk/walk-ins',
  walkInSearch: () => '/desk/walk-ins/patient-search',
  walkIn: (id: number) => `/desk/walk-ins/${id}`,
  walkInBooking: (id: number) => `/desk/walk-ins/${id}/booking`,
  walkInRemoval: (id: number) => `/desk/walk-ins/${id}/removal`,
  walkInReturn: (id: number) => `/desk/walk-ins/${id}/return`,
  /** For the patient, without signing in. */
  walkInPage: (token: string) => `/w/${token}`,
  dayNotes: () => '/desk/notes',
  dayNoteClearing: (id: number) => `/desk/notes/${id}/clearing`,
  dayNoteRestoration: (id: number) => `/desk/notes/${id}/restoration`,
  blocks: (fields: Record<string, string> = {}) => `/desk/blocks${query(fields)}`,
  blocksPreview: () => '/desk/blocks/preview',
  block: (id: number) => `/desk/blocks/${id}`,
  blockRemoval: (id: number) => `/desk/blocks/${id}/removal`,
  stranded: (fields: Record<string, string> = {}) => `/desk/to-work-through${query(fields)}`,
  strandedStay: (appointmentId: number) => `/desk/to-work-through/${appointmentId}/stay`,
  strandedReopening: (appointmentId: number) => `/desk/to-work-through/${appointmentId}/reopening`,
  figures: (fields: Record<string, string> = {}) => `/desk/figures${query(fields)}`,
  figuresCsv: (fields: Record<string, string> = {}) => `/desk/figures.csv${query(fields)}`,
  messages: (fields: Record<string, string> = {}) => `/desk/messages${query(fields)}`,
  messageResend: (id: number) => `/desk/messages/${id}/resend`,
  messageStop: (id: number) => `/desk/messages/${id}/stop`,
  messagePatientSearch: () => '/desk/messages/patient-search',
  locations: (fields: Record<string, string> = {}) => `/admin/locations${query(fields)}`,
  locationsCsv: (fields: Record<string, string> = {}) => `/admin/locations.csv${query(fields)}`,
  newLocation: () => '/admin/locations/new',
  location: (id: number, fields: Record<string, string> = {}) => `/admin/locations/${id}${query(fields)}`,
  locationRetirement: (id: number) => `/admin/locations/${id}/retirement`,
  locationReopening: (id: number) => `/admin/locations/${id}/reopening`,
  visitTypes: (fields: Record<string, string> = {}) => `/admin/visit-types${query(fields)}`,
  visitTypesCsv: (fields: Record<string, string> = {}) => `/admin/visit-types.csv${query(fields)}`,
  newVisitType: () => '/admin/visit-types/new',
  visitType: (id: number, fields: Record<string, string> = {}) => `/admin/visit-types/${id}${query(fields)}`,
  visitTypeRetirement: (id: number) => `/admin/visit-types/${id}/retirement`,
  visitTypeReinstatement: (id: number) => `/admin/visit-types/${id}/reinstatement`,
  resources: (fields: Record<string, string> = {}) => `/admin/resources${query(fields)}`,
  resourcesCsv: (fields: Record<string, string> = {}) => `/admin/resources.csv${query(fields)}`,
  newResource: () => '/admin/resources/new',
  resource: (id: number, fields: Record<string, string> = {}) => `/admin/resources/${id}${query(fields)}`,
  resourceRetirement: (id: number) => `/admin/resources/${id}/retirement`,
  resourceReinstatement: (id: number) => `/admin/resources/${id}/reinstatement`,
  why: (fields: Record<string, string> = {}) => `/admin/why${query(fields)}`,
  whyCsv: (fields: Record<string, string> = {}) => `/admin/why.csv${query(fields)}`,
  settingsHistoryCsv: (fields: Record<string, string> = {}) => `/admin/history.csv${query(fields)}`,
  settingsHistory: (fields: Record<string, string> = {}) => `/admin/history${query(fields)}`,
  health: () => '/admin/health',
  emailDomain: () => '/admin/email',
  messageTexts: () => '/admin/messages',
  messageText: (kind: string, fields: Record<string, string> = {}) =>
    `/admin/messages/${kind}${query(fields)}`,
  messagePreview: (kind: string, fields: Record<string, string> = {}) =>
    `/admin/messages/${kind}/preview${query(fields)}`,
  messageTest: (kind: string) => `/admin/messages/${kind}/test`,
  securityLog: (fields: Record<string, string> = {}) => `/admin/security${query(fields)}`,
  signIn: (returnTo?: string, sessionHasEnded = false) =>
    `/sign-in${query({ ...(returnTo && { return_to: returnTo }), ...(sessionHasEnded && { ended: '1' }) })}`,
  signInAgain: (returnTo: string) => `/sign-in/again${query({ return_to: returnTo })}`,
  signInCode: () => '/sign-in/code',
  signInPasskey: (returnTo?: string) => `/sign-in/passkey${query(returnTo ? { return_to: returnTo } : {})}`,
  signInPasskeyChallenge: () => '/sign-in/passkey/challenge',
  signInLink: (token = '') => `/sign-in/link${query({ token })}`,
  signOut: () => '/sign-out',
  welcome: (returnTo?: string) => `/welcome${query(returnTo ? { return_to: returnTo } : {})}`,
  /** Google's Maps URLs, which phones open in their maps app. */
  directions: (address: string) =>
    `https://www.google.com/maps/dir/${query({ api: '1', destination: address })}`,
}

/** The address with these query fields changed; empty fields are removed. */
export function changedPath(here: string, fields: Record<string, string>): string {
  const { pathname, searchParams } = new URL(here, 'https://alobooking.invalid')
  for (const [name, value] of Object.entries(fields)) searchParams.set(name, value)
  return pathname + query(Object.fromEntries(searchParams))
}

/** A path on this site to return to, or else the booking page; never another site. */
export function safeReturnPath(written: string | undefined): string {
  const here = 'https://alobooking.invalid'
  // A longer one would not fit into the sign-in cookie.
  if (!written || written.length > 1_000 || !URL.canParse(written, here)) return paths.booking()
  const { origin, pathname, search } = new URL(written, here)
  // `/.//elsewhere` resolves to a path that browsers read as another host.
  const isOurs = written.startsWith('/') && origin === here && !pathname.startsWith('//')
  return isOurs ? pathname + search : paths.booking()
}

function query(fields: Record<string, string>): string {
  const written = new URLSearchParams(Object.entries(fields).filter(([, value]) => value)).toString()
  return written && `?${written}`
}
