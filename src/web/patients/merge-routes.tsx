import { type Context, Hono } from 'hono'
import { requireRight } from '../../clinic/accounts/guard.ts'
import { comparePatients } from '../../clinic/appointments/compare-patients.ts'
import { mergePatients, mergePatientsInput } from '../../clinic/appointments/merge-patients.ts'
import { searchForMerge } from '../../clinic/appointments/search-others.ts'
import { unmergePatients } from '../../clinic/appointments/unmerge-patients.ts'
import { id } from '../../clinic/shapes.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { idIn } from '../../http/path-id.ts'
import { newFormKey } from '../form-key.tsx'
import { frameOf } from '../frame.ts'
import { paths } from '../paths.ts'
import { readFields, readForm } from '../read-form.ts'
import { MergePage, MergeSearchPage, NotUndonePage } from './merge-pages.tsx'

export const merges = new Hono<AppEnv>()

merges.post('/:id/merge-search', async (c) => {
  const typed = (await readForm(c))('q').slice(0, 200)
  const found = await searchForMerge(c.var.clinic, idIn(c, 'patient'), typed)
  return c.html(<MergeSearchPage frame={frameOf(c)} {...found} typed={typed} />)
})

merges.get('/:id/merge', (c) => showComparison(c, c.req.query('with')))

merges.post('/:id/merge', async (c) => {
  const form = await readForm(c)
  const { reason } = mergePatientsInput.shape
  const read = readFields(form, { with: id, keep: id, reason })
  const [one, { with: other, keep }] = [idIn(c, 'patient'), read.values]
  if (!other || !keep) return showComparison(c, form('with'), { refused: c.var.copy.faults.missing })
  const merged = await mergePatients(c.var.clinic, {
    id: keep === one ? other : one,
    intoId: keep,
    reason: read.values.reason,
    confirmed: form('confirmed') === 'yes',
  })
  if (merged.ok) return c.redirect(paths.patient(merged.merge.intoId), 303)
  c.set('refusal', merged.refusal)
  const refusal = merged.refusal === 'invalid' ? merged.faults.intoId : merged.refusal
  return showComparison(c, String(other), { refused: c.var.copy.merge.refused[refusal], keepId: keep })
})

merges.post('/:id/unmerge', async (c) => {
  const from = idIn(c, 'patient')
  const unmerged = await unmergePatients(c.var.clinic, { id: from })
  if (unmerged.ok) return c.redirect(paths.patient(from), 303)
  c.set('refusal', unmerged.refusal)
  const reason = c.var.copy.merge.undoRefused[unmerged.refusal]
  return c.html(<NotUndonePage frame={frameOf(c)} reason={reason} patientId={from} />, 409)
})

async function showComparison(
  c: Context<AppEnv>,
  written: string | undefined,
  said: { refused?: string; keepId?: number } = {},
): Promise<Response> {
  requireRight(c.var.clinic.actor, 'merge patients')
  const [one, other] = [idIn(c, 'patient'), id.safeParse(written).data]
  if (!other) return c.redirect(paths.patient(one))
  const compared = await comparePatients(c.var.clinic, one, other)
  const page = <MergePage frame={frameOf(c)} compared={compared} formKey={newFormKey()} {...said} />
  return c.html(page, said.refused ? 409 : 200)
}
