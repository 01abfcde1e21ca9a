import { keyOf, showKeys, wish, write } from './asks.ts'
import { describe } from './load.ts'
import { mostClients as rivals, type Stage } from './stage.ts'
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
export async function measureContention({ main, options }: Stage): Promise<ContentionResult> {
  const { scene, client } = main
  await showKeys(main)
  const crowd = scene.patients.slice(0, rivals)
  const milliseconds: number[] = []
  const winners: number[] = []
  const answers: Record<string, number> = {}
  for (let round = 0; round < options.rounds * 10; round++) {
    const slot = scene.takeSlot()
    if (!slot) break
    // The slot's own patient is certainly free, so that one request must win.
    const ids = [slot.patientId, ...crowd.map(({ id }) => id).filter((id) => id !== slot.patientId)]
    const asks = ids.slice(0, rivals).map((patientId) => {
      const appointment = wish(scene, { ...slot, patientId })
      return write('POST', '/appointments', keyOf(scene, patientId), { appointment })
    })
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
