import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bookNext, showKeys } from './asks.ts'
import { interleave, type Rounds, takeSample } from './sample.ts'
import type { Site, Stage } from './stage.ts'

export interface SeenResult {
  clients: number
  rounds: Rounds<'seen' | 'unseen'>
}

const clients = 16
/** What is looked for is smaller than what the machine does from one second to the next: many short rounds, in turn. */
const shorter = 4

/** Bookings with a line, times and Sentry for each request, beside the same Worker without any of it. */
export async function measureSeen(stage: Stage): Promise<SeenResult> {
  const { main, options } = stage
  const seconds = (2 * options.seconds) / shorter
  const sentry = createServer((_, response) => response.end('{}'))
  await once(sentry.listen(0, '127.0.0.1'), 'listening')
  const { port } = sentry.address() as AddressInfo
  const booking = (site: Site) => async (warming: boolean) => {
    await showKeys({ client: site.client, scene: main.scene })
    return takeSample(site, {
      clients,
      seconds: warming ? 2 * seconds : seconds,
      expected: 201,
      next: () => bookNext(main.scene, 'patient'),
    })
  }
  const bindings = { LOG_LEVEL: 'info', SENTRY_DSN: `http://public@127.0.0.1:${port}/1` }
  try {
    return await stage.beside(
      'clinic',
      (seen) =>
        stage.beside('blind', async (unseen) => {
          const things = { seen: booking(seen), unseen: booking(unseen) }
          return { clients, rounds: await interleave(shorter * options.rounds, things) }
        }),
      { bindings },
    )
  } finally {
    sentry.close()
  }
}
