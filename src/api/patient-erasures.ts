import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import { legalHoldInput, liftLegalHold, placeLegalHold } from '../clinic/patients/legal-hold.ts'
import { erasePatient, erasePatientInput } from '../clinic/retention/erase-patient.ts'
import { closed } from '../clinic/shapes.ts'
import type { AppEnv } from '../http/app-env.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { idIn } from '../http/path-id.ts'
import { allowOnly, requireJson } from './conventions.ts'
import type { ErasureJson, LegalHoldJson } from './patient-answers.ts'
import { problem } from './problem.ts'
import { refuseInvalid } from './refuse-invalid.ts'

export const erasureBody = closed({ erasure: inSnakeCase(erasePatientInput) })
export const legalHoldBody = closed({ legal_hold: inSnakeCase(legalHoldInput) })

/** What ends a patient's record, and what stops that. */
export const patientErasures = new Hono<AppEnv>()

patientErasures.post(
  '/:id/erasure',
  requireJson,
  zValidator('json', erasureBody, refuseInvalid),
  async (c) => {
    const patientId = idIn(c, 'patient')
    const erased = await erasePatient(c.var.clinic, { ...c.req.valid('json').erasure, patientId })
    if (!erased.ok) {
      if (erased.refusal !== 'has_future_appointments') return problem(c, erased.refusal)
      return problem(c, erased.refusal, { appointment_ids: erased.appointments.map(({ id }) => id) })
    }
    const erasure: ErasureJson = {
      patient_id: erased.patientId,
      erased_at: erased.erasedAt.toISOString(),
      cancelled_appointment_ids: erased.cancelledAppointmentIds,
      closed_account_ids: erased.closedAccountIds,
    }
    return c.json({ erasure })
  },
)
patientErasures.all('/:id/erasure', allowOnly('POST'))

patientErasures.put(
  '/:id/legal-hold',
  requireJson,
  zValidator('json', legalHoldBody, refuseInvalid),
  async (c) => {
    const patientId = idIn(c, 'patient')
    const placed = await placeLegalHold(c.var.clinic, { ...c.req.valid('json').legal_hold, patientId })
    const hold: LegalHoldJson = { patient_id: placed.patientId, is_on_legal_hold: placed.isOnLegalHold }
    return c.json({ legal_hold: hold })
  },
)
patientErasures.delete('/:id/legal-hold', async (c) => {
  await liftLegalHold(c.var.clinic, idIn(c, 'patient'))
  return c.body(null, 204)
})
patientErasures.all('/:id/legal-hold', allowOnly('PUT, DELETE'))
