import { bookNext, nextDeskDay, read } from './asks.ts'
import type { Ask } from './load.ts'
import { interleave, type Sample, takeSample } from './sample.ts'
import type { SizedClinic, Stage } from './stage.ts'

export const growing = ['book', 'list', 'desk day'] as const

type Growing = (typeof growing)[number]

export type GrowthOfSize = { size: number } & Record<Growing, Sample[]>

/** How long a single client waits as the number of appointments grows. */
export async function measureGrowth({ clinics, options }: Stage): Promise<GrowthOfSize[]> {
  const things: Record<string, (warming: boolean) => Promise<Sample>> = {}
  for (const clinic of clinics) {
    const nexts = nextsOf(clinic)
    for (const name of growing) {
      things[`${name} ${clinic.size}`] = (warming) =>
        takeSample(clinic, {
          clients: 1,
          seconds: warming ? Math.min(2, options.seconds) : options.seconds,
          expected: name === 'book' ? 201 : 200,
          next: nexts[name],
        })
    }
  }
  const rounds = await interleave(options.rounds, things)
  return clinics.map(({ size }) => {
    const of = (name: Growing) => rounds[`${name} ${size}`] ?? []
    return { size, book: of('book'), list: of('list'), 'desk day': of('desk day') }
  })
}

function nextsOf({ scene }: SizedClinic): Record<Growing, () => Ask | undefined> {
  return {
    // As the front desk, because a patient's key would have to be looked up first.
    book: () => bookNext(scene, 'desk'),
    list: () => read('/appointments', scene.deskKey),
    'desk day': nextDeskDay(scene),
  }
}
