import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bookNext, showKeys } from './asks.ts'
import { interleave, type Rounds, takeSample } from './sample.ts'
import type { Site, Stage } from './stage.ts'

export interface ObservabilityResult {
  clients: number
  rounds: Rounds<'observed' | 'unobserved'>
}

const clients = 16
/** The cost is smaller than the machine's variation from second to second, so there are many short alternating rounds. */
const shorter = 4

/** Bookings with a log line, timing and Sentry for each request, beside the same Worker without them. */
export async function measureObservability(stage: Stage): Promise<ObservabilityResult> {
  const { main, options } = stage
  const seconds = (2 * options.seconds) / shorter
  await using sentry = createServer((_, response) => response.end('{}'))
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
  return await stage.beside(
    'clinic',
    (observed) =>
      stage.beside('blind', async (unobserved) => {
        const things = { observed: booking(observed), unobserved: booking(unobserved) }
        return { clients, rounds: await interleave(shorter * options.rounds, things) }
      }),
    { bindings },
  )
}
