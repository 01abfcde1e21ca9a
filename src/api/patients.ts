import { zValidator } from '@hono/zod-validator'
import { type Context, Hono } from 'hono'
import { isStaff } from '../clinic/accounts/guard.ts'
import { personOf } from '../clinic/context.ts'
import { correctPatient, correctPatientInput } from '../clinic/patients/correct.ts'
import { findPatients, findPatientsInput } from '../clinic/patients/find.ts'
import { findPatient, type Patient } from '../clinic/patients/record.ts'
import { registerPatient, registerPatientInput } from '../clinic/patients/register.ts'
import {
  type FoundPatients,
  patientQuery,
  searchPatients,
  searchPatientsInput,
} from '../clinic/patients/search.ts'
import type { PatientSummary } from '../clinic/patients/summary.ts'
import { closed, id } from '../clinic/shapes.ts'
import { snakeKeys } from '../clinic/snake-case.ts'
import type { AppEnv } from '../http/app-env.ts'
import { conditionalGet, readIfMatch } from '../http/conditions.ts'
import { linkToNext, paging, readCursor } from '../http/cursor.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { idIn } from '../http/path-id.ts'
import { allowOnly, requireJson, requireVersion } from './conventions.ts'
import { requestToJson } from './correction-requests.ts'
import type { PatientJson, PatientSummaryJson } from './patient-answers.ts'
import { patientFlagsApi } from './patient-flags.ts'
import { patientMergesApi } from './patient-merges.ts'
import { problem } from './problem.ts'
import { refuseFields, refuseInvalid, refuseInvalidQuery, refuseNamed } from './refuse-invalid.ts'

export const patientBody = closed({ patient: inSnakeCase(registerPatientInput) })
export const patientSearchBody = closed({ search: inSnakeCase(searchPatientsInput) })
export const patientsSearch = inSnakeCase(
  findPatientsInput.extend(paging(50)).extend({ q: patientQuery.optional() }),
)

export const correctionBody = closed({ patient: inSnakeCase(correctPatientInput) })

export const patientsApi = new Hono<AppEnv>()

patientsApi.get('/', zValidator('query', patientsSearch, refuseInvalidQuery), async (c) => {
  const { q, cursor, ...asked } = c.req.valid('query')
  if (q !== undefined) {
    // A search has no second page.
    if (cursor !== undefined) return refuseNamed(c, { cursor: 'not_a_cursor' })
    const all = [asked.name, q].filter(Boolean).join(' ')
    return c.json(toFoundJson(await searchPatients(c.var.clinic, { q: all })))
  }
  const after = await readCursor(c, cursor, id)
  const found = await findPatients(c.var.clinic, { ...asked, after })
  if (found.next) await linkToNext(c, found.next)
  const patients: PatientSummaryJson[] = found.patients.map(snakeKeys)
  return c.json({ patients })
})
patientsApi.post('/', requireJson, zValidator('json', patientBody, refuseInvalid), async (c) => {
  const registered = await registerPatient(c.var.clinic, c.req.valid('json').patient)
  if (registered.ok) {
    // A patient who registers a dependant acts for one patient more.
    if (personOf(c.var.clinic.actor)?.kind === 'patient') c.var.apiClients.forget(c.var.keyHash)
    return showPatient(c, registered.patient, 201)
  }
  if (registered.refusal === 'may_exist') {
    return problem(c, 'may_exist', { candidates: registered.candidates.map(snakeKeys) })
  }
  if (registered.refusal !== 'invalid')
    return refuseIdentifier(c, registered) ?? problem(c, registered.refusal)
  return refuseFields(c, 'patient', registered.faults)
})
patientsApi.all('/', allowOnly('GET, HEAD, POST'))

// A body keeps what was typed out of addresses, which logs and histories keep.
patientsApi.post('/search', requireJson, zValidator('json', patientSearchBody, refuseInvalid), async (c) =>
  c.json(toFoundJson(await searchPatients(c.var.clinic, c.req.valid('json').search))),
)
patientsApi.all('/search', allowOnly('POST'))

patientsApi.get('/:id', conditionalGet, async (c) => {
  const asked = idIn(c, 'patient')
  const patient = await findPatient(c.var.clinic, asked)
  if (patient.id === asked) return showPatient(c, patient)
  c.header('Location', `/api/v1/patients/${patient.id}`)
  return c.json({ moved_to: patient.id }, 301)
})
patientsApi.patch(
  '/:id',
  requireVersion,
  requireJson,
  zValidator('json', correctionBody, refuseInvalid),
  async (c) => {
    const corrected = await correctPatient(c.var.clinic, {
      id: idIn(c, 'patient'),
      version: readIfMatch(c),
      ...c.req.valid('json').patient,
    })
    if (corrected.ok) {
      const { patient, request } = corrected
      c.header('ETag', `"${patient.version}"`)
      return c.json({
        patient: toJson(c, patient),
        correction_request: request?.status === 'open' ? requestToJson(request) : null,
      })
    }
    if (corrected.refusal === 'invalid') return refuseFields(c, 'patient', corrected.faults)
    return refuseIdentifier(c, corrected) ?? problem(c, corrected.refusal)
  },
)
patientsApi.all('/:id', allowOnly('GET, HEAD, PATCH'))
patientsApi.route('/', patientFlagsApi)
patientsApi.route('/:id', patientMergesApi)

function refuseIdentifier(c: Context<AppEnv>, refused: { refusal: string; holder?: PatientSummary | null }) {
  if (refused.refusal !== 'identifier_taken') return null
  return problem(c, 'identifier_taken', { holder: refused.holder ? snakeKeys(refused.holder) : null })
}

function showPatient(c: Context<AppEnv>, patient: Patient, status: 200 | 201 = 200): Response {
  c.header('ETag', `"${patient.version}"`)
  return c.json({ patient: toJson(c, patient) }, status)
}

/** Patients do not see what is meant for the staff. */
function toJson({ var: { clinic } }: Context<AppEnv>, patient: Patient): PatientJson {
  const { version: _, deskNote, flags, isOnLegalHold, erasedAt, ...told } = patient
  const json = { ...snakeKeys(told), erased_at: erasedAt?.toISOString() ?? null }
  return isStaff(clinic.actor)
    ? { ...json, desk_note: deskNote, flags, is_on_legal_hold: isOnLegalHold }
    : json
}

function toFoundJson({ patients, isCut }: FoundPatients): {
  patients: PatientSummaryJson[]
  is_cut: boolean
} {
  return { patients: patients.map(snakeKeys), is_cut: isCut }
}
