import { Hono } from 'hono'
import { exportPatient } from '../../clinic/patients/export.ts'
import { findPatientAccesses, patientAccessKey } from '../../clinic/patients/find-accesses.ts'
import { findPatientHistory, patientEventKey } from '../../clinic/patients/find-history.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { frameOf } from '../frame.ts'
import { readKey, writeKey } from '../page-key.ts'
import { paths } from '../paths.ts'
import { AccessesPage } from './accesses-page.tsx'
import { HistoryPage } from './history-page.tsx'
import { accessesAPage } from './own-routes.tsx'
import { formatIn, sendInFormat } from './send-in-format.tsx'

/** For the front desk: who opened a patient's record, and everything about them to hand over. */
export const patientData = new Hono<AppEnv>()

patientData.get('/:id/accesses', async (c) => {
  const patientId = idIn(c, 'patient')
  const after = readKey(c.req.query('after'), patientAccessKey)
  const found = await findPatientAccesses(c.var.clinic, { patientId, limit: accessesAPage, after })
  const { next, patient } = found
  const older = next && paths.patientAccesses(patientId, { after: writeKey([next.at, next.id]) })
  const back = { path: paths.patient(patient.id), label: c.var.copy.personalData.toRecord }
  return c.html(<AccessesPage frame={frameOf(c)} {...found} {...{ older, back }} />)
})

patientData.get('/:id/history', async (c) => {
  const patientId = idIn(c, 'patient')
  const after = readKey(c.req.query('after'), patientEventKey)
  const found = await findPatientHistory(c.var.clinic, { patientId, limit: accessesAPage, after })
  const { next } = found
  const older = next === null ? null : paths.patientHistory(patientId, { after: writeKey([next]) })
  return c.html(<HistoryPage frame={frameOf(c)} {...found} older={older} />)
})

patientData.get('/:id/export', async (c) =>
  sendInFormat(c, await exportPatient(c.var.clinic, idIn(c, 'patient')), formatIn(c)),
)
