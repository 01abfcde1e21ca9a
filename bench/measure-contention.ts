import { keyOf, showKeys, wish, write } from './asks.ts'
import type { FreeSlot } from './free-slots.ts'
import { describe } from './load.ts'
import { mostClients as rivals, type SizedClinic, type Stage } from './stage.ts'
import { percentile } from './statistics.ts'

export interface ContentionResult {
  rivals: number
  /** Successful bookings per round. */
  winners: number[]
  p50: number
  p99: number
  answers: Record<string, number>
}

/** Many patients book one slot at the same moment, repeatedly. */
export function measureContention(stage: Stage): Promise<ContentionResult> {
  const { scene } = stage.main
  return race(stage, (slot) => Promise.resolve((patientId) => wish(scene, { ...slot, patientId })))
}

/** Many patients book the last place of a session at the same moment, repeatedly. */
export async function measureLastPlace(stage: Stage): Promise<ContentionResult> {
  const { scene, client } = stage.main
  const { rows } = await scene.sql.query(
    `insert into visit_types (name, mode, minutes, bookable_online, horizon_days, capacity)
     select $2, mode, minutes, true, horizon_days, 1 from visit_types where id = $1
     returning id`,
    [scene.visitTypeId, scene.groupName],
  )
  const visitTypeId = Number(rows[0].id)
  await scene.sql.query(
    'insert into doctor_visit_types (doctor_id, visit_type_id) select unnest($1::bigint[]), $2',
    [scene.doctorIds, visitTypeId],
  )
  return race(stage, async ({ doctorId, startAt }) => {
    const session = { doctor_id: doctorId, visit_type_id: visitTypeId, start_at: startAt }
    const begun = await client.send(write('POST', '/sessions', scene.deskKey, { session }))
    if (begun.status !== 201) throw new Error(`No session began: ${describe(begun)}`)
    const { id } = JSON.parse(begun.body).session
    return (patientId) => ({ session_id: id, patient_id: patientId })
  })
}

/** `prepare` makes what one of them can have, and answers with what each asks for. */
async function race(
  { main, options }: Stage,
  prepare: (slot: FreeSlot) => Promise<(patientId: number) => object>,
): Promise<ContentionResult> {
  const { scene, client } = main
  await showKeys(main)
  const milliseconds: number[] = []
  const winners: number[] = []
  const answers: Record<string, number> = {}
  for (let round = 0; round < options.rounds * 10; round++) {
    const slot = scene.takeSlot()
    if (!slot) break
    const asked = await prepare(slot)
    const asks = rivalsFor(main, slot).map((patientId) =>
      write('POST', '/appointments', keyOf(scene, patientId), { appointment: asked(patientId) }),
    )
    const got = await Promise.all(asks.map((ask) => client.send(ask)))
    winners.push(got.filter(({ status }) => status === 201).length)
    for (const answer of got) {
      milliseconds.push(answer.milliseconds)
      const said = describe(answer)
      answers[said] = (answers[said] ?? 0) + 1
    }
  }
  const [p50, p99] = [percentile(milliseconds, 50), percentile(milliseconds, 99)]
  return { rivals, winners, p50, p99, answers }
}

/** The slot's own patient is certainly free, so that one request must win. */
function rivalsFor({ scene }: SizedClinic, { patientId }: FreeSlot): number[] {
  const crowd = scene.patients.slice(0, rivals).map(({ id }) => id)
  return [patientId, ...crowd.filter((id) => id !== patientId)].slice(0, rivals)
}
