import { Hono } from 'hono'
import { exportOwnData } from '../../clinic/patients/export.ts'
import { findPatientAccesses, patientAccessKey } from '../../clinic/patients/find-accesses.ts'
import { readOwnDataPage } from '../../clinic/patients/read-own-data-page.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { frameOf } from '../frame.ts'
import { readKey, writeKey } from '../page-key.ts'
import { paths } from '../paths.ts'
import { AccessesPage } from './accesses-page.tsx'
import { OwnDataPage } from './own-data-page.tsx'
import { formatIn, sendInFormat } from './send-in-format.tsx'

/** What patients can see of, and take along from, what the clinic keeps about them and their dependants. */
export const ownData = new Hono<AppEnv>()

export const accessesAPage = 50

ownData.get('/', async (c) => {
  return c.html(<OwnDataPage frame={frameOf(c)} people={await readOwnDataPage(c.var.clinic)} />)
})

ownData.get('/:id', async (c) => {
  const patientId = idIn(c, 'patient')
  const after = readKey(c.req.query('after'), patientAccessKey)
  const found = await findPatientAccesses(c.var.clinic, { patientId, limit: accessesAPage, after })
  const { next } = found
  const older = next && paths.ownAccesses(patientId, { after: writeKey([next.at, next.id]) })
  const back = { path: paths.ownData(), label: c.var.copy.personalData.title }
  return c.html(<AccessesPage frame={frameOf(c)} {...found} {...{ older, back }} />)
})

ownData.get('/:id/export', async (c) => {
  const exported = await exportOwnData(c.var.clinic, idIn(c, 'patient'))
  if (!exported.ok) {
    c.set('refusal', exported.refusal)
    return c.redirect(paths.signInAgain(paths.ownData()))
  }
  return sendInFormat(c, exported, formatIn(c))
})
