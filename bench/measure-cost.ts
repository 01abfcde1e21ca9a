import { bookNext, insertNext, monthOfNextDoctor, page, read, showKeys } from './asks.ts'
import type { Ask } from './load.ts'
import { interleave, type Rounds, takeSample } from './sample.ts'
import type { Site, Stage } from './stage.ts'

export const costly = ['book', 'bare insert', 'month', 'list', 'page', 'hello'] as const

export interface CostResult {
  /** The uploaded files, in bytes. */
  bundle: { plain: number; gzip: number }
  rounds: Rounds<(typeof costly)[number]>
}

const clients = 16

/** What one request costs: CPU time in workerd, and traffic with the database. */
export function measureCost(stage: Stage): Promise<CostResult> {
  const { main, options, workers } = stage
  const { scene } = main
  const sampling =
    (site: Site, next: () => Ask | undefined, expected: number) => async (warming: boolean) => {
      await showKeys(main)
      return takeSample(site, {
        clients,
        seconds: warming ? Math.min(2, options.seconds) : options.seconds,
        expected,
        next,
      })
    }
  return stage.beside('hello', (hello) =>
    stage.beside('insert', async (bare) => {
      const things = {
        book: sampling(main, () => bookNext(scene, 'patient'), 201),
        'bare insert': sampling(bare, () => insertNext(scene), 201),
        month: sampling(main, monthOfNextDoctor(scene), 200),
        list: sampling(main, () => read('/appointments', scene.deskKey), 200),
        page: sampling(main, () => page('/booking'), 200),
        hello: sampling(hello, () => page('/'), 200),
      }
      return { bundle: await workers.weigh('clinic'), rounds: await interleave(options.rounds, things) }
    }),
  )
}
