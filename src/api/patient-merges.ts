import { zValidator } from '@hono/zod-validator'
import { type Context, Hono } from 'hono'
import type { Merge } from '../clinic/appointments/merge.ts'
import { mergePatients, mergePatientsInput } from '../clinic/appointments/merge-patients.ts'
import { unmergePatients } from '../clinic/appointments/unmerge-patients.ts'
import { closed } from '../clinic/shapes.ts'
import { snakeKeys } from '../clinic/snake-case.ts'
import type { AppEnv } from '../http/app-env.ts'
import { inSnakeCase } from '../http/in-snake-case.ts'
import { idIn } from '../http/path-id.ts'
import { appointmentToJson } from './appointment-json.ts'
import { allowOnly, requireJson } from './conventions.ts'
import type { PatientMergeJson } from './patient-answers.ts'
import { problem } from './problem.ts'
import { refuseFields, refuseInvalid } from './refuse-invalid.ts'

export const mergeBody = closed({ merge: inSnakeCase(mergePatientsInput.omit({ id: true })) })

/** Mounted below the `:id` of a patient. */
export const patientMergesApi = new Hono<AppEnv>()

patientMergesApi.post('/merge', requireJson, zValidator('json', mergeBody, refuseInvalid), async (c) => {
  const merged = await mergePatients(c.var.clinic, {
    id: idIn(c, 'patient'),
    ...c.req.valid('json').merge,
  })
  if (merged.ok) return c.json({ merge: toJson(merged.merge) })
  switch (merged.refusal) {
    case 'invalid':
      return refuseFields(c, 'merge', merged.faults)
    case 'appointments_overlap':
      return problem(c, merged.refusal, { overlap: merged.overlap.map((one) => appointmentToJson(c, one)) })
    case 'records_differ':
      return problem(c, merged.refusal, { differing: merged.differing })
    case 'already_merged':
      return problem(c, merged.refusal, { moved_to: merged.movedToId })
    default:
      return problem(c, merged.refusal)
  }
})
patientMergesApi.delete('/merge', async (c: Context<AppEnv>) => {
  const unmerged = await unmergePatients(c.var.clinic, { id: idIn(c, 'patient') })
  if (!unmerged.ok) return problem(c, unmerged.refusal)
  return c.json({ merge: toJson(unmerged.merge) })
})
patientMergesApi.all('/merge', allowOnly('POST, DELETE'))

function toJson({ mergedAt, undoUntil, undoneAt, ...merge }: Merge): PatientMergeJson {
  return {
    ...snakeKeys(merge),
    merged_at: mergedAt.toISOString(),
    undo_until: undoUntil.toISOString(),
    undone_at: undoneAt?.toISOString() ?? null,
  }
}
