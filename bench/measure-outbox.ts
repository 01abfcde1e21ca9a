import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { bookNext, showKeys } from './asks.ts'
import { interleave, type Rounds, takeSample } from './sample.ts'
import type { Stage } from './stage.ts'

export interface OutboxResult {
  clients: number
  rounds: Rounds<'told' | 'untold'>
}

const clients = 16
/** The cost is smaller than the machine's variation from second to second, so there are many short alternating rounds. */
const shorter = 4

/** Bookings with the outbox, beside the same without: `append_event` is replaced before each round. */
export async function measureOutbox(stage: Stage): Promise<OutboxResult> {
  const { main, options } = stage
  const { scene } = main
  const written = await readFile(
    fileURLToPath(new URL('../drizzle/functions/append_event.sql', import.meta.url)),
    'utf8',
  )
  const without = written.replace(/\n\s*insert into outbox.*?;(?=\s*end;)/s, '')
  if (without === written) throw new Error('append_event no longer writes the outbox as this expects.')
  const countRows = async () => Number((await scene.sql.query('select count(*) from outbox')).rows[0].count)
  const seconds = (2 * options.seconds) / shorter
  const booking = (isTold: boolean) => async (warming: boolean) => {
    await scene.sql.query(isTold ? written : without)
    const before = await countRows()
    await showKeys(main)
    const sample = await takeSample(main, {
      clients,
      seconds: warming ? 2 * seconds : seconds,
      expected: 201,
      next: () => bookNext(scene, 'patient'),
    })
    const rows = (await countRows()) - before
    if (rows > 0 !== isTold) throw new Error(`The outbox got ${rows} rows. Nothing was measured.`)
    return sample
  }
  try {
    const things = { told: booking(true), untold: booking(false) }
    return { clients, rounds: await interleave(shorter * options.rounds, things) }
  } finally {
    await scene.sql.query(written)
  }
}
