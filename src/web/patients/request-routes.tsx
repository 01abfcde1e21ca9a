import { type Context, Hono } from 'hono'
import { requireRight } from '../../clinic/accounts/guard.ts'
import {
  acceptCorrection,
  type DecidedCorrection,
  declineCorrection,
  declineCorrectionInput,
  findOpenRequests,
} from '../../clinic/patients/correction-requests.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { readFields, readForm } from '../read-form.ts'
import { RequestsPage } from './requests-page.tsx'

/** What patients want corrected, and the front desk's decisions. */
export const correctionRequests = new Hono<AppEnv>()

correctionRequests.get('/', (c) => show(c))

correctionRequests.post('/:id/acceptance', async (c) =>
  answer(c, await acceptCorrection(c.var.clinic, idIn(c, 'correction request'))),
)

correctionRequests.post('/:id/rejection', async (c) => {
  requireRight(c.var.clinic.actor, 'decide corrections')
  const id = idIn(c, 'correction request')
  const read = readFields(await readForm(c), declineCorrectionInput.shape)
  if (!read.ok) {
    const words = c.var.copy.faults[read.faults.reason ?? 'missing']
    return show(c, { problem: { id, words } }, 422)
  }
  return answer(c, await declineCorrection(c.var.clinic, { id, ...read.values }))
})

function answer(c: Context<AppEnv>, decided: DecidedCorrection) {
  if (decided.ok) return c.redirect(paths.correctionRequests(), 303)
  c.set('refusal', decided.refusal)
  return show(c, { refused: decided.refusal }, 409)
}

type Problems = Pick<Parameters<typeof RequestsPage>[0], 'refused' | 'problem'>

async function show(c: Context<AppEnv>, problems: Problems = {}, status: 200 | 409 | 422 = 200) {
  requireRight(c.var.clinic.actor, 'decide corrections')
  const { requests, next } = await findOpenRequests(c.var.clinic, { limit: 50 })
  const page = { requests, isMore: next !== null, newKey: newFormKey }
  return c.html(<RequestsPage frame={frameOf(c)} {...page} {...problems} />, status)
}
