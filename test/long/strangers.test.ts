import { beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../../src/api/description/registry.ts'
import {
  type SampleCall,
  type SampleClinic,
  sampleCall,
  samplePath,
} from '../../src/api/description/sample.ts'
import { openClinic } from '../support/clinic.ts'
import {
  defineVisitType,
  giveKey,
  hireDoctor,
  locationOf,
  openAccount,
  openSession,
  registerPatient,
} from '../support/people.ts'
import { allRoutes } from '../support/routes.ts'
import { openSampleClinic } from '../support/sample-clinic.ts'

// Who gets what at every address. "Right" and "wrong" refer to the appointment and patient of the request.

const actors = [
  'anonymous',
  'wrong patient',
  'right patient',
  'front desk',
  'doctor',
  'other doctor',
  'admin',
  'revoked key',
  'expired session',
] as const
type ActorName = (typeof actors)[number]
type Row = Record<ActorName, string>

const everyone = (answer: string): Row => Object.fromEntries(actors.map((actor) => [actor, answer])) as Row
const row = (...answers: string[]): Row =>
  Object.fromEntries(actors.map((actor, n) => [actor, answers[n]])) as Row

const signIn = '303 /sign-in'
const held = '303 /booking/holds'
/** The same page, with the visit type and the doctor of the appointment chosen. */
const chosen = '302 /appointments/times'
/** Staff work with appointments there. */
const toDesk = Array(4).fill('303 /desk/appointments')
const toMove = Array(4).fill('303 /desk/appointments/move')
/** Public, but an invalid key is still refused. */
const publicRead = row('200', '200', '200', '200', '200', '200', '200', '401', '200')
const adminOnly = (answer: string) => row('401', '403', '403', '403', '403', '403', answer, '401', '401')
const deskOnly = row('401', '403', '403', '200', '403', '403', '200', '401', '401')

// biome-ignore format: a table is read in columns
const table: Record<string, Row> = {
  //                                     anonymous  wrong   right   desk    doctor  other   admin   revoked  expired
  'GET /api/v1/appointments/:id':     row('401',    '404',  '200',  '200',  '200',  '404',  '200',  '401',   '401'),
  'GET /api/v1/appointments':         row('401',    '200',  '200',  '200',  '200',  '200',  '200',  '401',   '401'),
  'PATCH /api/v1/appointments/:id':   row('401',    '404',  '200',  '200',  '403',  '403',  '200',  '401',   '401'),
  'POST /api/v1/appointments/:id/cancellation': row('401', '404', '200', '200', '403', '403', '200', '401', '401'),
  'POST /api/v1/appointments/:id/confirmation': row('401', '403', '403', '200', '200', '404', '200', '401', '401'),
  'POST /api/v1/appointments/:id/decline':      row('401', '403', '403', '200', '200', '404', '200', '401', '401'),
  'POST /api/v1/appointments/:id/arrival':      row('401', '403', '403', '200', '200', '404', '200', '401', '401'),
  'POST /api/v1/appointments/:id/start':        row('401', '403', '403', '200', '200', '404', '200', '401', '401'),
  'DELETE /api/v1/appointments/:id/start':      row('401', '403', '403', '200', '200', '404', '200', '401', '401'),
  'POST /api/v1/appointments/:id/undo':         row('401', '403', '403', '200', '200', '404', '200', '401', '401'),
  'PUT /api/v1/appointments/:id/note':          row('401', '403', '403', '200', '200', '404', '200', '401', '401'),
  'POST /api/v1/appointments/:id/completion':   row('401', '403', '403', '200', '200', '404', '200', '401', '401'),
  'POST /api/v1/appointments/:id/no-show':      row('401', '403', '403', '200', '200', '404', '200', '401', '401'),
  'DELETE /api/v1/appointments/:id/arrival':    row('401', '403', '403', '200', '200', '404', '200', '401', '401'),
  'DELETE /api/v1/appointments/:id/completion': row('401', '403', '403', '200', '200', '404', '200', '401', '401'),
  'DELETE /api/v1/appointments/:id/no-show':    row('401', '403', '403', '200', '200', '404', '200', '401', '401'),
  'POST /api/v1/appointments/:id/reassignment': row('401', '403', '403', '200', '403', '403', '200', '401', '401'),
  'PUT /api/v1/appointments/:id/visit-type':   row('401', '404', '200', '200', '403', '403', '200', '401', '401'),
  'PUT /api/v1/appointments/:id/participants': row('401', '403', '403', '200', '403', '403', '200', '401', '401'),
  'GET /api/v1/appointments/:id/events':        row('401', '403', '403', '200', '200', '404', '200', '401', '401'),
  'POST /api/v1/appointments':        row('401',    '403',  '201',  '201',  '403',  '403',  '201',  '401',   '401'),
  'POST /api/v1/holds':               row('401',    '403',  '201',  '201',  '403',  '403',  '201',  '401',   '401'),
  'GET /api/v1/holds/:id':            row('401',    '404',  '200',  '200',  '403',  '403',  '200',  '401',   '401'),
  'DELETE /api/v1/holds/:id':         row('401',    '404',  '204',  '204',  '403',  '403',  '204',  '401',   '401'),
  'POST /api/v1/holds/:id/extension': row('401',    '404',  '200',  '200',  '403',  '403',  '200',  '401',   '401'),
  'POST /api/v1/walk-ins':            row('401',    '403',  '403',  '201',  '403',  '403',  '201',  '401',   '401'),
  'POST /api/v1/series':              row('401',    '403',  '403',  '201',  '403',  '403',  '201',  '401',   '401'),
  'POST /api/v1/series/preview':      row('401',    '403',  '403',  '200',  '403',  '403',  '200',  '401',   '401'),
  'GET /api/v1/series/:id':           row('401',    '404',  '200',  '200',  '200',  '404',  '200',  '401',   '401'),
  'POST /api/v1/series/:id/rescheduling': row('401', '403', '403', '200', '403', '403', '200', '401', '401'),
  'POST /api/v1/series/:id/cancellation': row('401', '403', '403', '200', '403', '403', '200', '401', '401'),
  'GET /api/v1/sessions':             publicRead,
  'POST /api/v1/sessions':            row('401',    '403',  '403',  '201',  '403',  '403',  '201',  '401',   '401'),
  'GET /api/v1/sessions/:id':         row('401',    '403',  '403',  '200',  '200',  '404',  '200',  '401',   '401'),
  'PATCH /api/v1/sessions/:id':       row('401',    '403',  '403',  '200',  '403',  '403',  '200',  '401',   '401'),
  'POST /api/v1/sessions/:id/cancellation': row('401', '403', '403', '200', '403', '403', '200', '401', '401'),
  'POST /api/v1/sessions/:id/rescheduling': row('401', '403', '403', '200', '403', '403', '200', '401', '401'),
  'GET /api/v1/patients':             row('401',    '200',  '200',  '200',  '200',  '200',  '200',  '401',   '401'),
  'GET /api/v1/patients/:id':         row('401',    '404',  '200',  '200',  '200',  '404',  '200',  '401',   '401'),
  'POST /api/v1/patients/:id/merge':  row('401',    '403',  '403',  '200',  '403',  '403',  '200',  '401',   '401'),
  'DELETE /api/v1/patients/:id/merge': row('401',   '403',  '403',  '200',  '403',  '403',  '200',  '401',   '401'),
  'PATCH /api/v1/patients/:id':      row('401', '404', '200', '200', '403', '403', '200', '401', '401'),
  'GET /api/v1/correction-requests':                   row('401', '200', '200', '200', '403', '403', '200', '401', '401'),
  'POST /api/v1/correction-requests/:id/acceptance':    row('401', '403', '403', '200', '403', '403', '200', '401', '401'),
  'POST /api/v1/correction-requests/:id/rejection':     row('401', '403', '403', '200', '403', '403', '200', '401', '401'),
  'POST /api/v1/patients':            row('401',    '201',  '201',  '201',  '403',  '403',  '201',  '401',   '401'),
  'DELETE /api/v1/patients/:id/accounts/:accountId': row('401', '404', '204', '204', '403', '403', '204', '401', '401'),
  'POST /api/v1/patients/search':     row('401',    '200',  '200',  '200',  '200',  '200',  '200',  '401',   '401'),
  'POST /api/v1/patients/:id/erasure':       row('401', '403', '403', '200', '403', '403', '200', '401', '401'),
  'PUT /api/v1/patients/:id/legal-hold':     adminOnly('200'),
  'DELETE /api/v1/patients/:id/legal-hold':  adminOnly('204'),
  // Of a patient who is new to the doctor; GET /patients/:id/history shows what theirs sees.
  'GET /api/v1/patients/:id/events': row('401',   '403',  '403',  '200',  '404',  '404',  '200',  '401',   '401'),
  'GET /api/v1/patients/:id/accesses': row('401',   '404',  '200',  '200',  '403',  '403',  '200',  '401',   '401'),
  'GET /api/v1/patients/:id/export':  row('401',    '403',  '403',  '200',  '403',  '403',  '200',  '401',   '401'),
  'GET /api/v1/patients/:id/accounts':         row('401', '404', '200', '200', '403', '403', '200', '401', '401'),
  'POST /api/v1/patients/:id/accounts':        row('401', '403', '403', '201', '403', '403', '201', '401', '401'),
  'POST /api/v1/patients/:id/invitation':   row('401', '404', '201', '201', '403', '403', '201', '401', '401'),
  'DELETE /api/v1/patients/:id/invitation': row('401', '404', '204', '204', '403', '403', '204', '401', '401'),
  'GET /api/v1/doctors':              publicRead,
  'GET /api/v1/doctors/:id':          publicRead,
  'GET /api/v1/doctors/:id/slots':    publicRead,
  'GET /api/v1/doctors/:id/slots/explanation': row('401', '403', '403', '200', '200', '403', '200', '401', '401'),
  'GET /api/v1/slots':                publicRead,
  'GET /api/v1/locations':            publicRead,
  'GET /api/v1/visit-types':          publicRead,
  'GET /api/v1/locations/:id':        publicRead,
  'GET /api/v1/visit-types/:id':      publicRead,
  'GET /api/v1/doctors/:id/weekly-hours': publicRead,
  'GET /api/v1/settings':             adminOnly('200'),
  'PATCH /api/v1/settings':           adminOnly('200'),
  'POST /api/v1/doctors':             adminOnly('201'),
  'PATCH /api/v1/doctors/:id':        adminOnly('200'),
  'PUT /api/v1/doctors/:id/weekly-hours': adminOnly('200'),
  'PUT /api/v1/doctors/:id/visit-types':  adminOnly('200'),
  'POST /api/v1/locations':           adminOnly('201'),
  'GET /api/v1/travel-times':         adminOnly('200'),
  'PUT /api/v1/travel-times':         adminOnly('200'),
  'PATCH /api/v1/locations/:id':      adminOnly('200'),
  'PUT /api/v1/patients/:id/flags/:flag':    row('401', '403', '403', '200', '200', '200', '200', '401', '401'),
  'DELETE /api/v1/patients/:id/flags/:flag': row('401', '403', '403', '200', '200', '200', '200', '401', '401'),
  'GET /api/v1/resources':            row('401', '403', '403', '200', '200', '200', '200', '401', '401'),
  'GET /api/v1/resources/:id':        row('401', '403', '403', '200', '200', '200', '200', '401', '401'),
  'POST /api/v1/resources':           adminOnly('201'),
  'PATCH /api/v1/resources/:id':      adminOnly('200'),
  'PUT /api/v1/resources/:id/weekly-hours': adminOnly('200'),
  'GET /api/v1/resources/:id/absences':               row('401', '403', '403', '200', '403', '403', '200', '401', '401'),
  'POST /api/v1/resources/:id/absences':              row('401', '403', '403', '201', '403', '403', '201', '401', '401'),
  'DELETE /api/v1/resources/:id/absences/:absenceId': row('401', '403', '403', '204', '403', '403', '204', '401', '401'),
  'POST /api/v1/visit-types':         adminOnly('201'),
  'PUT /api/v1/visit-types/:id':      adminOnly('200'),
  'PATCH /api/v1/visit-types/:id':    adminOnly('200'),
  'GET /api/v1/doctors/:id/time-off':                row('401', '403', '403', '200', '200', '403', '200', '401', '401'),
  'POST /api/v1/doctors/:id/time-off':               row('401', '403', '403', '201', '201', '403', '201', '401', '401'),
  'DELETE /api/v1/doctors/:id/time-off/:absenceId':  row('401', '403', '403', '204', '204', '403', '204', '401', '401'),
  'GET /api/v1/locations/:id/closures':              row('401', '403', '403', '200', '403', '403', '200', '401', '401'),
  'POST /api/v1/locations/:id/closures':             row('401', '403', '403', '201', '403', '403', '201', '401', '401'),
  'DELETE /api/v1/locations/:id/closures/:absenceId':row('401', '403', '403', '204', '403', '403', '204', '401', '401'),
  'GET /api/v1/accounts':             adminOnly('200'),
  'PATCH /api/v1/accounts/:id':       adminOnly('200'),
  'POST /api/v1/accounts/:id/email': row('401', '403', '403', '200', '403', '403', '200', '401', '401'),
  'GET /api/v1/api-keys':             adminOnly('200'),
  'POST /api/v1/api-keys':            adminOnly('201'),
  'DELETE /api/v1/api-keys/:id':      adminOnly('204'),
  'GET /api/v1/messages':             deskOnly,
  'GET /api/v1/messages/:id':         deskOnly,
  'POST /api/v1/messages/:id/resend': deskOnly,
  'POST /api/v1/messages/:id/stop':   deskOnly,
  'GET /api/v1/security-events':      adminOnly('200'),
  'GET /api/v1':                      publicRead,
  'GET /api/docs':                    everyone('200'),
  'GET /api/v1/health':               adminOnly('200'),
  'GET /api/v1/openapi.json':         everyone('200'),
  'GET /api/problems/:code':          everyone('200'),
  'GET /healthz':                     everyone('200'),
  'GET /':                            row('302 /booking', '302 /booking', '302 /booking', '302 /desk', '302 /desk', '302 /desk', '302 /desk', '302 /booking', '302 /booking'),
  'GET /booking':                     row('200', '200', '200', '200', '302 /desk/book', '302 /desk/book', '200', '200', '200'),
  'GET /assets/:file':                everyone('404'),
  'GET /booking/holds':               everyone('302 /booking'),
  'POST /booking/holds':              row(held,     held,   held,   held,   '403',  '403',  held,   held,     held),
  'GET /booking/holds/:id':           row(signIn,   '404',  '200',  '200',  '403',  '403',  '200',  signIn,   signIn),
  'POST /booking/holds/:id':          row(signIn,   '404',  '303 /booking/confirmation', '303 /booking/confirmation', '403', '403', '303 /booking/confirmation', signIn, signIn),
  'GET /booking/holds/:id/patient-search':  everyone('302 /booking/holds'),
  'POST /booking/holds/:id/patient-search': row(signIn, '403', '403', '200', '403', '403', '200', signIn, signIn),
  'POST /booking/holds/:id/extension': row(signIn,  '404',  held,   held,   '403',  '403',  held,   signIn,   signIn),
  'POST /booking/holds/:id/release':  row(signIn,   '404',  '303 /booking', '303 /booking', '403', '403', '303 /booking', signIn, signIn),
  'GET /desk':                              row('404', '404', '404', '200', '200', '200', '200', '404', signIn),
  'GET /desk/view':                         row('404', '404', '404', '302 /desk', '302 /desk', '302 /desk', '302 /desk', '404', signIn),
  'POST /desk/view':                        row('404', '404', '404', '303 /desk', '303 /desk', '303 /desk', '303 /desk', '404', signIn),
  'GET /desk/names':                        row('404', '404', '404', '302 /desk', '302 /desk', '302 /desk', '302 /desk', '404', signIn),
  'POST /desk/names':                       row('404', '404', '404', '303 /desk', '303 /desk', '303 /desk', '303 /desk', '404', signIn),
  'GET /desk/live':                         row('404', '404', '404', '426', '426', '426', '426', '404', signIn),
  'GET /desk/keys':                         row('404', '404', '404', '200', '200', '200', '200', '404', signIn),
  'POST /desk/keys':                        row('404', '404', '404', '303 /desk/keys', '303 /desk/keys', '303 /desk/keys', '303 /desk/keys', '404', signIn),
  'GET /desk/figures':                       row('404', '404', '404', '200', '200', '200', '200', '404', signIn),
  'GET /desk/figures.csv':                   row('404', '404', '404', '200', '200', '200', '200', '404', signIn),
  'GET /desk/mine':                          row('404', '404', '404', '404', '200', '200', '404', '404', signIn),
  'GET /desk/messages':                     row('404', '404', '404', '200', '403', '403', '200', '404', signIn),
  // Of an appointment in years, which has no events.
  'GET /desk/appointments/:id': row('404', '404', '404', '200', '200', '404', '200', '404', signIn),
  'GET /desk/appointments/:id/label': row('404', '404', '404', '200', '200', '404', '200', '404', signIn),
  'GET /desk/appointments/:id/arrival': row('404', '404', '404', '302 /desk/appointments', '302 /desk/appointments', '302 /desk/appointments', '302 /desk/appointments', '404', signIn),
  'GET /desk/appointments/:id/start': row('404', '404', '404', '302 /desk/appointments', '302 /desk/appointments', '302 /desk/appointments', '302 /desk/appointments', '404', signIn),
  'GET /desk/appointments/:id/completion': row('404', '404', '404', '302 /desk/appointments', '302 /desk/appointments', '302 /desk/appointments', '302 /desk/appointments', '404', signIn),
  'GET /desk/appointments/:id/no-show': row('404', '404', '404', '302 /desk/appointments', '302 /desk/appointments', '302 /desk/appointments', '302 /desk/appointments', '404', signIn),
  'GET /desk/appointments/:id/confirmation': row('404', '404', '404', '302 /desk/appointments', '302 /desk/appointments', '302 /desk/appointments', '302 /desk/appointments', '404', signIn),
  'GET /desk/appointments/:id/undo': row('404', '404', '404', '302 /desk/appointments', '302 /desk/appointments', '302 /desk/appointments', '302 /desk/appointments', '404', signIn),
  'GET /desk/appointments/:id/cancellation': row('404', '404', '404', '302 /desk/appointments', '302 /desk/appointments', '302 /desk/appointments', '302 /desk/appointments', '404', signIn),
  'GET /desk/appointments/:id/decline': row('404', '404', '404', '302 /desk/appointments', '302 /desk/appointments', '302 /desk/appointments', '302 /desk/appointments', '404', signIn),
  'GET /desk/appointments/:id/note': row('404', '404', '404', '302 /desk/appointments', '302 /desk/appointments', '302 /desk/appointments', '302 /desk/appointments', '404', signIn),
  'GET /desk/appointments/:id/identity': row('404', '404', '404', '302 /desk/appointments', '302 /desk/appointments', '302 /desk/appointments', '302 /desk/appointments', '404', signIn),
  'GET /desk/appointments/:id/message': row('404', '404', '404', '302 /desk/appointments', '302 /desk/appointments', '302 /desk/appointments', '302 /desk/appointments', '404', signIn),
  'POST /desk/appointments/:id/arrival': row('404', '404', '404', '409', '409', '404', '409', '404', signIn),
  'POST /desk/appointments/:id/start': row('404', '404', '404', '409', '409', '404', '409', '404', signIn),
  'POST /desk/appointments/:id/completion': row('404', '404', '404', '409', '409', '404', '409', '404', signIn),
  'POST /desk/appointments/:id/no-show': row('404', '404', '404', '409', '409', '404', '409', '404', signIn),
  'POST /desk/appointments/:id/undo': row('404', '404', '404', '409', '409', '404', '409', '404', signIn),
  'POST /desk/appointments/:id/confirmation': row('404', '404', '404', '303 /desk/appointments', '303 /desk/appointments', '404', '303 /desk/appointments', '404', signIn),
  'POST /desk/appointments/:id/decline': row('404', '404', '404', '409', '409', '404', '409', '404', signIn),
  'POST /desk/appointments/:id/cancellation': row('404', '404', '404', '303 /desk/appointments', '403', '403', '303 /desk/appointments', '404', signIn),
  'POST /desk/appointments/:id/visit-type': row('404', '404', '404', '303 /desk/appointments', '403', '403', '303 /desk/appointments', '404', signIn),
  'POST /desk/appointments/:id/note': row('404', '404', '404', '303 /desk/appointments', '303 /desk/appointments', '404', '303 /desk/appointments', '404', signIn),
  'POST /desk/appointments/:id/identity': row('404', '404', '404', '303 /desk/appointments', '303 /desk/appointments', '404', '303 /desk/appointments', '404', signIn),
  'POST /desk/appointments/:id/flag': row('404', '404', '404', '303 /desk/appointments', '303 /desk/appointments', '404', '303 /desk/appointments', '404', signIn),
  'POST /desk/appointments/:id/message': row('404', '404', '404', '404', '403', '403', '404', '404', signIn),
  'GET /desk/appointments/:id/move':       row('404', '404', '404', '200', '403', '403', '200', '404', signIn),
  'POST /desk/appointments/:id/move':      row('404', '404', '404', '303 /desk', '403', '403', '303 /desk', '404', signIn),
  'GET /desk/book':                        row('404', '404', '404', '200', '200', '200', '200', '404', signIn),
  'GET /desk/book/patient-search':         row('404', '404', '404', '302 /desk/book', '302 /desk/book', '302 /desk/book', '302 /desk/book', '404', signIn),
  'GET /desk/book/next-free':              row('404', '404', '404', '302 /desk/book', '302 /desk/book', '302 /desk/book', '302 /desk/book', '404', signIn),
  'POST /desk/book/patient-search':        row('404', '404', '404', '200', '200', '200', '200', '404', signIn),
  'POST /desk/book':                       row('404', '404', '404', '303 /desk', '303 /desk', '403', '303 /desk', '404', signIn),
  'GET /desk/walk-ins': row('404', '404', '404', '302 /desk/walk-ins/new', '302 /desk/walk-ins/new', '302 /desk/walk-ins/new', '302 /desk/walk-ins/new', '404', signIn),
  'GET /desk/walk-ins/new': row('404', '404', '404', '200', '403', '403', '200', '404', signIn),
  'GET /desk/walk-ins/patient-search': row('404', '404', '404', '302 /desk/walk-ins/new', '302 /desk/walk-ins/new', '302 /desk/walk-ins/new', '302 /desk/walk-ins/new', '404', signIn),
  'POST /desk/walk-ins/patient-search': row('404', '404', '404', '200', '403', '403', '200', '404', signIn),
  'POST /desk/walk-ins': row('404', '404', '404', '422', '403', '403', '422', '404', signIn),
  'GET /desk/walk-ins/:id': row('404', '404', '404', '200', '403', '403', '200', '404', signIn),
  'GET /desk/walk-ins/:id/removal': row('404', '404', '404', '302 /desk/walk-ins', '302 /desk/walk-ins', '302 /desk/walk-ins', '302 /desk/walk-ins', '404', signIn),
  'GET /desk/walk-ins/:id/return': row('404', '404', '404', '302 /desk/walk-ins', '302 /desk/walk-ins', '302 /desk/walk-ins', '302 /desk/walk-ins', '404', signIn),
  'GET /desk/walk-ins/:id/booking': row('404', '404', '404', '302 /desk/walk-ins', '302 /desk/walk-ins', '302 /desk/walk-ins', '302 /desk/walk-ins', '404', signIn),
  'POST /desk/walk-ins/:id/booking': row('404', '404', '404', '303 /desk', '403', '403', '303 /desk', '404', signIn),
  'POST /desk/walk-ins/:id/removal': row('404', '404', '404', '303 /desk/walk-ins', '403', '403', '303 /desk/walk-ins', '404', signIn),
  'POST /desk/walk-ins/:id/return': row('404', '404', '404', '303 /desk/walk-ins', '403', '403', '303 /desk/walk-ins', '404', signIn),
  'GET /desk/notes': row('404', '404', '404', '302 /desk', '302 /desk', '302 /desk', '302 /desk', '404', signIn),
  'POST /desk/notes': row('404', '404', '404', '422', '422', '422', '422', '404', signIn),
  'POST /desk/notes/:id/clearing': row('404', '404', '404', '303 /desk', '404', '404', '303 /desk', '404', signIn),
  'POST /desk/notes/:id/restoration': row('404', '404', '404', '303 /desk', '404', '404', '303 /desk', '404', signIn),
  'GET /desk/blocks': row('404', '404', '404', '200', '200', '200', '200', '404', signIn),
  'GET /desk/blocks/preview': row('404', '404', '404', '302 /desk/blocks', '302 /desk/blocks', '302 /desk/blocks', '302 /desk/blocks', '404', signIn),
  'GET /desk/blocks/:id': row('404', '404', '404', '302 /desk/blocks', '404', '404', '302 /desk/blocks', '404', signIn),
  'POST /desk/blocks/preview': row('404', '404', '404', '422', '422', '422', '422', '404', signIn),
  'POST /desk/blocks': row('404', '404', '404', '422', '422', '422', '422', '404', signIn),
  'POST /desk/blocks/:id/removal': row('404', '404', '404', '404', '404', '404', '404', '404', signIn),
  'GET /desk/to-work-through': row('404', '404', '404', '200', '403', '403', '200', '404', signIn),
  'POST /desk/to-work-through/:id/stay': row('404', '404', '404', '303 /desk/to-work-through', '403', '403', '303 /desk/to-work-through', '404', signIn),
  'POST /desk/to-work-through/:id/reopening': row('404', '404', '404', '303 /desk/to-work-through', '403', '403', '303 /desk/to-work-through', '404', signIn),
  'GET /w/:token': everyone('200'),
  'GET /desk/messages/patient-search':      row('404', '404', '404', '302 /desk/messages', '302 /desk/messages', '302 /desk/messages', '302 /desk/messages', '404', signIn),
  'POST /desk/messages/patient-search':     row('404', '404', '404', '200', '403', '403', '200', '404', signIn),
  'POST /desk/messages/:id/resend':         row('404', '404', '404', '303 /desk/messages', '403', '403', '303 /desk/messages', '404', signIn),
  'POST /desk/messages/:id/stop':           row('404', '404', '404', '303 /desk/messages', '403', '403', '303 /desk/messages', '404', signIn),
  'GET /admin/locations':              row(signIn, '403', '403', '403', '403', '403', '200', signIn, signIn),
  'GET /admin/locations.csv':          row(signIn, '403', '403', '403', '403', '403', '200', signIn, signIn),
  'GET /admin/locations/new':          row(signIn, '403', '403', '403', '403', '403', '200', signIn, signIn),
  'POST /admin/locations/new':         row(signIn, '403', '403', '403', '403', '403', '422', signIn, signIn),
  'GET /admin/locations/:id':          row(signIn, '403', '403', '403', '403', '403', '200', signIn, signIn),
  'POST /admin/locations/:id':         row(signIn, '403', '403', '403', '403', '403', '422', signIn, signIn),
  'GET /admin/locations/:id/retirement': row(signIn, '403', '403', '403', '403', '403', '200', signIn, signIn),
  'POST /admin/locations/:id/retirement': row(signIn, '403', '403', '403', '403', '403', '303 /admin/locations', signIn, signIn),
  'POST /admin/locations/:id/reopening': row(signIn, '403', '403', '403', '403', '403', '303 /admin/locations', signIn, signIn),
  'GET /admin/resources':              row(signIn, '403', '403', '403', '403', '403', '200', signIn, signIn),
  'GET /admin/resources.csv':          row(signIn, '403', '403', '403', '403', '403', '200', signIn, signIn),
  'GET /admin/resources/new':          row(signIn, '403', '403', '403', '403', '403', '200', signIn, signIn),
  'POST /admin/resources/new':         row(signIn, '403', '403', '403', '403', '403', '422', signIn, signIn),
  'GET /admin/resources/:id':          row(signIn, '403', '403', '403', '403', '403', '200', signIn, signIn),
  'POST /admin/resources/:id':         row(signIn, '403', '403', '403', '403', '403', '422', signIn, signIn),
  'GET /admin/resources/:id/retirement': row(signIn, '403', '403', '403', '403', '403', '200', signIn, signIn),
  'POST /admin/resources/:id/retirement': row(signIn, '403', '403', '403', '403', '403', '303 /admin/resources', signIn, signIn),
  'POST /admin/resources/:id/reinstatement': row(signIn, '403', '403', '403', '403', '403', '303 /admin/resources', signIn, signIn),
  // Of nobody yet: the page asks about whom.
  'GET /admin/why':                    row(signIn, '403', '403', '200', '200', '200', '200', signIn, signIn),
  'GET /admin/why.csv':                row(signIn, '403', '403', '302 /admin/why', '302 /admin/why', '302 /admin/why', '302 /admin/why', signIn, signIn),
  'GET /admin/visit-types':            row(signIn, '403', '403', '403', '403', '403', '200', signIn, signIn),
  'GET /admin/visit-types.csv':        row(signIn, '403', '403', '403', '403', '403', '200', signIn, signIn),
  'GET /admin/visit-types/new':        row(signIn, '403', '403', '403', '403', '403', '200', signIn, signIn),
  'POST /admin/visit-types/new':       row(signIn, '403', '403', '403', '403', '403', '422', signIn, signIn),
  'GET /admin/visit-types/:id':        row(signIn, '403', '403', '403', '403', '403', '200', signIn, signIn),
  'POST /admin/visit-types/:id':       row(signIn, '403', '403', '403', '403', '403', '422', signIn, signIn),
  'GET /admin/visit-types/:id/retirement': row(signIn, '403', '403', '403', '403', '403', '200', signIn, signIn),
  'POST /admin/visit-types/:id/retirement': row(signIn, '403', '403', '403', '403', '403', '303 /admin/visit-types', signIn, signIn),
  'POST /admin/visit-types/:id/reinstatement': row(signIn, '403', '403', '403', '403', '403', '303 /admin/visit-types', signIn, signIn),
  'GET /admin/history':                row(signIn, '403', '403', '403', '403', '403', '200', signIn, signIn),
  'GET /admin/history.csv':            row(signIn, '403', '403', '403', '403', '403', '200', signIn, signIn),
  'GET /admin/health':                row(signIn,   '403',  '403',  '403',  '403',  '403',  '200',  signIn,   signIn),
  'GET /admin/messages':              row(signIn,   '403',  '403',  '403',  '403',  '403',  '200',  signIn,   signIn),
  'GET /admin/messages/:kind':        row(signIn,   '403',  '403',  '403',  '403',  '403',  '200',  signIn,   signIn),
  'POST /admin/messages/:kind':       row(signIn,   '403',  '403',  '403',  '403',  '403',  '422',  signIn,   signIn),
  'GET /admin/messages/:kind/preview':  row(signIn, '403',  '403',  '403',  '403',  '403',  '200',  signIn,   signIn),
  'POST /admin/messages/:kind/preview': row(signIn, '403',  '403',  '403',  '403',  '403',  '200',  signIn,   signIn),
  'POST /admin/messages/:kind/test':    row(signIn, '403',  '403',  '403',  '403',  '403',  '200',  signIn,   signIn),
  'GET /admin/email':                 row(signIn,   '403',  '403',  '403',  '403',  '403',  '200',  signIn,   signIn),
  'GET /admin/security':              row(signIn,   '403',  '403',  '403',  '403',  '403',  '200',  signIn,   signIn),
  'GET /appointments':                row(signIn,   '200',  '200',  '200',  '200',  '200',  '200',  signIn,   signIn),
  'GET /appointments/:id/calendar.ics': row(signIn, '404',  '200',  '200',  '200',  '404',  '200',  signIn,   signIn),
  'GET /booking/confirmation/:id':    row(signIn,   '404',  '200',  '200',  '200',  '404',  '200',  signIn,  signIn),
  'GET /sessions/:id':                   row(signIn, '403', '403', '200', '200', '404', '200', signIn, signIn),
  'POST /sessions/:id/patient-search':   row(signIn, '403', '403', '200', '403', '403', '200', signIn, signIn),
  'POST /sessions/:id/participants':     row(signIn, '403', '403', '303 /sessions', '403', '403', '303 /sessions', signIn, signIn),
  'POST /sessions/:id/capacity':         row(signIn, '403', '403', '303 /sessions', '403', '403', '303 /sessions', signIn, signIn),
  'POST /sessions/:id/cancellation':     row(signIn, '403', '403', '303 /sessions', '403', '403', '303 /sessions', signIn, signIn),
  'POST /sessions/:id/rescheduling':     row(signIn, '403', '403', '303 /sessions', '403', '403', '303 /sessions', signIn, signIn),
  'GET /appointments/:id':               row(signIn, '404', '200', ...toDesk, signIn, signIn),
  'POST /appointments/:id/cancellation': row(signIn, '404', '303 /appointments', ...toDesk, signIn, signIn),
  'GET /appointments/:id/patient':         row(signIn, '403', '403', '200', '403', '403', '200', signIn, signIn),
  'POST /appointments/:id/patient-search': row(signIn, '403', '403', '200', '403', '403', '200', signIn, signIn),
  'POST /appointments/:id/patient':        row(signIn, '403', '403', '303 /desk/appointments', '403', '403', '303 /desk/appointments', signIn, signIn),
  'GET /appointments/:id/times':         row(signIn, '404', chosen, ...toMove, signIn, signIn),
  'POST /appointments/:id/times':        row(signIn, '404', '303 /appointments', ...toMove, signIn, signIn),
  'GET /series':                         everyone('302 /series/new'),
  'GET /series/preview':                 everyone('302 /series/new'),
  'GET /series/patient-search':          everyone('302 /series/new'),
  'GET /series/new':                     row(signIn, '403', '403', '200', '403', '403', '200', signIn, signIn),
  'POST /series/patient-search':         row(signIn, '403', '403', '200', '403', '403', '200', signIn, signIn),
  'POST /series/preview':                row(signIn, '403', '403', '422', '403', '403', '422', signIn, signIn),
  'POST /series':                        row(signIn, '403', '403', '422', '403', '403', '422', signIn, signIn),
  'GET /series/:id':                     row(signIn, '404', '200', '200', '200', '404', '200', signIn, signIn),
  'POST /series/:id/rescheduling':       row(signIn, '403', '403', '422', '403', '403', '422', signIn, signIn),
  'POST /series/:id/cancellation':       row(signIn, '403', '403', '422', '403', '403', '422', signIn, signIn),
  'GET /account/passkeys':               row(signIn, ...Array(6).fill('302 /account'), signIn, signIn),
  'GET /account/passkeys/new':           row(signIn, ...Array(6).fill('200'), signIn, signIn),
  'POST /account/passkeys':              row(signIn, ...Array(6).fill('422'), signIn, signIn),
  'POST /account/passkeys/challenge':    row(signIn, ...Array(6).fill('200'), signIn, signIn),
  'GET /account/passkeys/:id':           row(signIn, ...Array(6).fill('404'), signIn, signIn),
  'POST /account/passkeys/:id':          row(signIn, ...Array(6).fill('404'), signIn, signIn),
  'GET /account/passkeys/:id/removal':   row(signIn, ...Array(6).fill('404'), signIn, signIn),
  'POST /account/passkeys/:id/removal':  row(signIn, ...Array(6).fill('404'), signIn, signIn),
  'GET /sign-in/passkey':                row('302 /sign-in', ...Array(6).fill('200'), '302 /sign-in', '302 /sign-in'),
  'POST /sign-in/passkey':               everyone('422'),
  'POST /sign-in/passkey/challenge':     everyone('200'),
  'GET /sign-in/link':                   everyone('200'),
  'POST /sign-in/link':                  everyone('422'),
  // The link is what lets in, whoever is signed in.
  'GET /m/:token':                       everyone('200'),
  'GET /m/:token/calendar.ics':          everyone('200'),
  // At another time than the appointment's.
  'POST /m/:token/answer':               everyone('409'),
  'GET /m/preferences/:token':           everyone('200'),
  'POST /m/preferences/:token':          everyone('303 /m/preferences/TOKEN'),
  // Without a kind of message.
  'GET /m/preferences/:token/unsubscribe':  everyone('410'),
  'POST /m/preferences/:token/unsubscribe': everyone('410'),
  'GET /account/messages':               row(signIn, ...Array(6).fill('200'), signIn, signIn),
  'POST /account/messages':              row(signIn, ...Array(6).fill('303 /account/messages'), signIn, signIn),
  'GET /account':                        row(signIn, ...Array(6).fill('200'), signIn, signIn),
  'POST /account/sessions/:id/sign-out': row(signIn, ...Array(6).fill('404'), signIn, signIn),
  'GET /account/closing':                row(signIn, ...Array(6).fill('200'), signIn, signIn),
  'POST /account/closing':               row(signIn, ...Array(6).fill('422'), signIn, signIn),
  'GET /account/email':                  row(signIn, ...Array(6).fill('200'), signIn, signIn),
  'POST /account/email':                 row(signIn, ...Array(6).fill('303 /account/email/codes'), signIn, signIn),
  'GET /account/email/codes':            row(signIn, ...Array(6).fill('302 /account/email'), signIn, signIn),
  'POST /account/email/codes':           row(signIn, ...Array(6).fill('303 /account/email'), signIn, signIn),
  'GET /account/email/stop':             everyone('200'),
  'POST /account/email/stop':            everyone('422'),
  'GET /accounts/:id/email':             row(signIn, '403', '403', '200', '403', '403', '200', signIn, signIn),
  'POST /accounts/:id/email':            row(signIn, '403', '403', '200', '403', '403', '200', signIn, signIn),
  'POST /account/sign-out-everywhere':   row(signIn, ...Array(6).fill('303 /booking'), signIn, signIn),
  'GET /account/erasure':                row(signIn, '200', '200', '403', '403', '403', '403', signIn, signIn),
  'POST /account/erasure':               row(signIn, '422', '422', '403', '403', '403', '403', signIn, signIn),
  'GET /account/erasure/done':           everyone('200'),
  'GET /patients/:id/erasure':           row(signIn, '403', '403', '200', '403', '403', '200', signIn, signIn),
  'POST /patients/:id/erasure':          row(signIn, '403', '403', '422', '403', '403', '422', signIn, signIn),
  'POST /patients/:id/legal-hold':       row(signIn, '403', '403', '403', '403', '403', '303 /patients', signIn, signIn),
  'GET /account/family':                     row(signIn, '200', '200', '403', '403', '403', '403', signIn, signIn),
  'POST /account/invitations/:id/acceptance': row(signIn, '409', '409', '403', '403', '403', '403', signIn, signIn),
  'POST /account/patients/:id/invitation':    row(signIn, '404', '200', '403', '403', '403', '403', signIn, signIn),
  'POST /account/patients/:id/invitation/withdrawal': row(signIn, '404', '303 /account/family', '403', '403', '403', '403', signIn, signIn),
  'POST /patients/:id/invitation':            row(signIn, '403', '403', '200', '403', '403', '200', signIn, signIn),
  'POST /patients/:id/invitation/withdrawal': row(signIn, '403', '403', '303 /patients', '403', '403', '303 /patients', signIn, signIn),
  'POST /patients/:id/accounts':              row(signIn, '403', '403', '422', '403', '403', '422', signIn, signIn),
  'GET /dependants':                  row(signIn,   '200',  '200',  '302 /patients/new', '403', '403', '302 /patients/new', signIn, signIn),
  'POST /dependants':                 row(signIn, '303 /booking', '303 /booking', '303 /booking', '403', '403', '303 /booking', signIn, signIn),
  'GET /patients':                    row(signIn,   '403',  '403',  '200',  '200',  '200',  '200',  signIn,  signIn),
  'POST /patients':                   row(signIn,   '403',  '403',  '200',  '200',  '200',  '200',  signIn,  signIn),
  'GET /patients/new':                row(signIn,   '403',  '403',  '200',  '403',  '403',  '200',  signIn,  signIn),
  'POST /patients/new':               row(signIn,   '403',  '403',  '303 /booking', '403', '403', '303 /booking', signIn, signIn),
  'GET /patients/:id/accounts/:accountId/removal':  row(signIn, '404', '200', '200', '403', '403', '200', signIn, signIn),
  'POST /patients/:id/accounts/:accountId/removal': row(signIn, '404', '303 /account', '303 /patients', '403', '403', '303 /patients', signIn, signIn),
  'POST /patients/:id/merge-search':  row(signIn,   '403',  '403',  '200',  '403',  '403',  '200',  signIn,  signIn),
  'GET /patients/:id/merge':          row(signIn,   '403',  '403',  '302 /patients', '403', '403', '302 /patients', signIn, signIn),
  'POST /patients/:id/merge':         row(signIn,   '403',  '403',  '303 /patients', '403', '403', '303 /patients', signIn, signIn),
  // It was never merged.
  'POST /patients/:id/unmerge':       row(signIn,   '403',  '403',  '404',  '403',  '403',  '404',  signIn,  signIn),
  'GET /patients/:id/details':        row(signIn,   '404',  '200',  '200',  '403',  '403',  '200',  signIn,  signIn),
  'POST /patients/:id/details':       row(signIn,   '404',  '303 /account/details', '303 /patients', '403', '403', '303 /patients', signIn, signIn),
  'GET /account/details':             row(signIn,   ...Array(6).fill('200'), signIn, signIn),
  'GET /account/details/:id':         row(signIn,   '404',  '200',  '200',  '403',  '403',  '200',  signIn,  signIn),
  'POST /account/details/:id':        row(signIn,   '404',  '303 /account/details', '303 /patients', '403', '403', '303 /patients', signIn, signIn),
  'GET /patients/correction-requests': row(signIn,  '403',  '403',  '200',  '403',  '403',  '200',  signIn,  signIn),
  'POST /patients/correction-requests/:id/acceptance': row(signIn, '403', '403', '303 /patients/correction-requests', '403', '403', '303 /patients/correction-requests', signIn, signIn),
  'POST /patients/correction-requests/:id/rejection': row(signIn, '403', '403', '303 /patients/correction-requests', '403', '403', '303 /patients/correction-requests', signIn, signIn),
  'GET /patients/:id':                row(signIn,   '403',  '403',  '200',  '200',  '404',  '200',  signIn,  signIn),
  'GET /patients/:id/accesses':       row(signIn,   '404',  '200',  '200',  '403',  '403',  '200',  signIn,  signIn),
  'GET /patients/:id/history':        row(signIn,   '403',  '403',  '200',  '200',  '404',  '200',  signIn,  signIn),
  'GET /patients/:id/export':         row(signIn,   '403',  '403',  '200',  '403',  '403',  '200',  signIn,  signIn),
  'GET /account/data':                row(signIn,   '200',  '200',  '403',  '403',  '403',  '403',  signIn,  signIn),
  'GET /account/data/:id':            row(signIn,   '404',  '200',  '200',  '403',  '403',  '200',  signIn,  signIn),
  'GET /account/data/:id/export':     row(signIn,   '404',  '200',  '403',  '403',  '403',  '403',  signIn,  signIn),
  'GET /sign-in/again':               row('302 /sign-in', ...Array(6).fill('200'), '302 /sign-in', '302 /sign-in'),
  'GET /sign-in':                     row('200', ...Array(6).fill('302 /booking'), '200', '200'),
  'POST /sign-in':                    everyone('303 /sign-in/code'),
  'GET /sign-in/code':                row('302 /sign-in', ...Array(6).fill('302 /booking'), '302 /sign-in', '302 /sign-in'),
  'POST /sign-in/code':               everyone('303 /sign-in'),
  'GET /welcome':                     row('302 /sign-in', ...Array(6).fill('302 /booking'), '302 /sign-in', '302 /sign-in'),
  'POST /welcome':                    row(signIn, ...Array(6).fill('303 /booking'), signIn, signIn),
  'POST /sign-out':                   everyone('303 /booking'),
  // Of a clinic without these providers; test/providers shows whom the others believe.
  'GET /providers/whatsapp':          everyone('404'),
  'POST /providers/resend':           everyone('404'),
  'POST /providers/twilio':           everyone('404'),
  'POST /providers/whatsapp':         everyone('404'),
}

const clinic = await openClinic()
const { sql } = clinic
let sample: SampleClinic
let accounts: Partial<Record<ActorName, number>>
let doctor: number
let patient: number
let appointment: number
let hour = 0

beforeAll(async () => {
  const [other, stranger] = [await hireDoctor(sql), await registerPatient(sql, 'Patient Stranger')]
  doctor = await hireDoctor(sql)
  patient = await registerPatient(sql, 'Patient Right')
  accounts = {
    'wrong patient': await openAccount(sql, { patientIds: [stranger] }),
    'right patient': await openAccount(sql, { patientIds: [patient] }),
    'front desk': await openAccount(sql, { role: 'front_desk' }),
    doctor: await openAccount(sql, { role: 'doctor', doctorId: doctor }),
    'other doctor': await openAccount(sql, { role: 'doctor', doctorId: other }),
    admin: await openAccount(sql, { role: 'admin' }),
  }
  const { rows } = await sql.query(
    `insert into appointments (doctor_id, patient_id, start_at, end_at)
     select $1, $2, noon, noon + interval '30 minutes'
     from (select date_trunc('day', now(), 'Asia/Jakarta') + interval '12 hours' as noon) today
     returning id`,
    [doctor, patient],
  )
  appointment = Number(rows[0].id)
  sample = openSampleClinic(clinic, { doctor, patient })
})

const roleOf = {
  'front desk': 'front_desk',
  doctor: 'doctor',
  'other doctor': 'doctor',
  admin: 'admin',
} as const

/** An API key or a session cookie, new for every request. */
async function credentialsOf(actor: ActorName): Promise<Record<string, string>> {
  const longAgo = new Date('2020-01-01')
  const owner = accounts[actor] ?? accounts.admin ?? 0
  if (actor === 'anonymous') return {}
  if (actor === 'expired session') return { Cookie: await openSession(sql, owner, longAgo) }
  if (actor === 'revoked key') {
    return { Authorization: `Bearer ${await giveKey(sql, owner, { role: 'admin', revokedAt: longAgo })}` }
  }
  const role = actor in roleOf ? roleOf[actor as keyof typeof roleOf] : 'patient'
  const [key, cookie] = await Promise.all([giveKey(sql, owner, { role }), openSession(sql, owner)])
  return { Authorization: `Bearer ${key}`, Cookie: cookie }
}

/** What is posted on the pages about the right patient: enough to succeed, if the actor may. */
async function formFor(path: string): Promise<Record<string, string>> {
  hour += 1
  const start = Date.parse('2033-01-01T00:00:00Z') + hour * 3_600_000
  const start_at = new Date(start).toISOString()
  const visit_type_id = String(await defineVisitType(sql))
  const slot = `${doctor}/${start_at}`
  const other = String(await registerPatient(sql))
  const { rows } = await sql.query('select version from patients where id = $1', [patient])
  const corrected = { name: 'Patient Right', version: String(rows[0].version) }
  const invitation = { email: `invited-${hour}@example.com`, relation: 'dependant' }
  const forms: Record<string, Record<string, string>> = {
    '/desk/book': { doctor_id: String(doctor), patient_id: String(patient), start_at, minutes: '30' },
    '/booking/holds/:id': { patient_id: String(patient) },
    '/booking/holds': { visit_type_id, slot },
    '/appointments/:id/cancellation': { reason: 'Snow' },
    '/sessions/:id/participants': { patient_id: other },
    '/sessions/:id/capacity': { capacity: '20' },
    '/sessions/:id/cancellation': { reason: 'Snow' },
    '/sessions/:id/rescheduling': {
      start_at: `2034-01-0${1 + (hour % 9)}T${String(hour % 24).padStart(2, '0')}:00`,
    },
    '/patients/:id/details': corrected,
    '/account/details/:id': corrected,
    '/patients/correction-requests/:id/rejection': { reason: 'Snow' },
    '/appointments/:id/times': { slot },
    '/desk/appointments/:id/move': { slot },
    '/desk/appointments/:id/cancellation': { reason: 'Snow' },
    '/desk/appointments/:id/decline': { reason: 'Snow' },
    '/desk/appointments/:id/note': { note: 'Snow' },
    '/desk/appointments/:id/identity': { id_card: '1' },
    '/desk/appointments/:id/flag': { flag: 'interpreter', is_set: '1' },
    '/desk/appointments/:id/message': { message_id: '999999' },
    '/desk/appointments/:id/visit-type': { visit_type_id },
    '/account/invitations/:id/acceptance': { birth_date: '1990-05-17' },
    '/account/patients/:id/invitation': invitation,
    '/patients/:id/invitation': invitation,
    '/patients/:id/accounts': invitation,
    '/account/email': { email: `new-${hour}@example.com` },
    '/accounts/:id/email': { email: `restored-${hour}@example.com`, reason: 'ID card' },
    '/appointments/:id/patient': { patient_id: other, reason: 'Snow' },
    '/patients/:id/merge': { with: other, keep: String(patient) },
    '/patients': { q: 'Anybody' },
    '/sign-in': { email: `${hour}@example.com` },
    '/sign-in/code': { code: '000000' },
    '/m/:token/answer': { start_at },
    '/m/preferences/:token': { chooses: 'yes', reminder: 'yes' },
    '/account/messages': { chooses: 'yes', reminder: 'yes' },
  }
  return forms[path] ?? { name: 'Anybody', terms: 'accepted' }
}

/** The call that an actor makes: the sample call of an operation, or a page or its form. */
async function callOf(route: string): Promise<Omit<SampleCall, 'body'> & { body: BodyInit | null }> {
  const operation = operations.find((one) => one.route === route)
  if (operation) return sampleCall(operation, sample)
  const [method = '', path = ''] = route.split(' ')
  const body = method === 'POST' ? new URLSearchParams(await formFor(path)) : null
  const query = path === '/desk/live' ? `?location=${await locationOf(sql, doctor)}` : ''
  return { method, path: (await samplePath(path, sample)) + query, headers: {}, body }
}

/** Only what is the same for everyone may be cached. */
function keptBy(route: string, actor: ActorName): string {
  if (['GET /api/docs', 'GET /api/v1/openapi.json'].includes(route)) return 'public, max-age=300'
  const isPublic = route === 'GET /booking' && ['anonymous', 'revoked key'].includes(actor)
  return isPublic ? 'no-cache' : 'private, no-store'
}

async function ask(route: string, actor: ActorName): Promise<string> {
  // Earlier bookings must not be in the way, and a patient may hold only two slots.
  await sql.query("update appointments set status = 'cancelled' where status <> 'cancelled' and id <> $1", [
    appointment,
  ])
  const { method, path, headers, body } = await callOf(route)
  const response = await fetch(clinic.origin + path, {
    method,
    redirect: 'manual',
    headers: { ...(await credentialsOf(actor)), ...headers, Origin: clinic.origin },
    body,
  })
  expect([route, response.headers.get('Cache-Control')]).toEqual([route, keptBy(route, actor)])
  const location = response.headers.get('Location')
  const isRedirect = response.status >= 300 && response.status < 400
  if (!isRedirect || !location) return String(response.status)
  return `${response.status} ${new URL(location, clinic.origin).pathname.replace(/\d+-patient-[^/]+/, 'TOKEN').replace(/\/\d+\b/, '')}`
}

const routes = new Set(allRoutes().map(({ method, path }) => `${method} ${path}`))

describe.each([...routes])('%s', (route) => {
  const answers = table[route]
  if (!answers) {
    it('has a row in the table', () => expect(Object.keys(table)).toContain(route))
    return
  }
  it.each(Object.entries(answers))('answers %s with %s', async (actor, answer) => {
    expect(await ask(route, actor as ActorName)).toBe(answer)
  })
})

it('no row is for a route that no longer exists', () => {
  expect(Object.keys(table).filter((route) => !routes.has(route))).toEqual([])
})

describe('the booking page shows', () => {
  beforeAll(
    async () => void (await sample.things.appointments?.({ operation: undefined, parent: undefined })),
  )

  const page = async (actor: ActorName, more = '') => {
    const visitType = await defineVisitType(sql)
    const address = `${clinic.origin}/booking?visit_type_id=${visitType}${more}`
    const response = await fetch(address, { headers: await credentialsOf(actor) })
    return response.text()
  }

  it.each(['anonymous', 'expired session', 'revoked key'] as const)(
    'a visitor (%s) no patient and no appointment',
    async (actor) => {
      const html = await page(actor)
      expect(html).not.toContain('Patient ')
      expect(html).not.toContain('class="card appointment')
    },
  )

  it('a patient only their own appointments', async () => {
    expect(await page('right patient')).toContain('Patient Right')
    expect(await page('wrong patient')).not.toContain('Patient ')
  })

  it('the front desk everything', async () => {
    const found = await fetch(`${clinic.origin}/desk/book/patient-search`, {
      method: 'POST',
      body: new URLSearchParams({ q: 'stranger' }),
      headers: { ...(await credentialsOf('front desk')), Origin: clinic.origin },
    })
    expect(await found.text()).toContain('Patient Stranger')
    expect(await page('front desk')).toContain('Patient Right')
  })
})
