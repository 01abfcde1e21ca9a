import { gzipSync } from 'node:zlib'
import { paths } from '../src/web/paths.ts'
import { page } from './asks.ts'
import { appointments, type DeskDay, doctors, openDeskDay } from './desk-day.ts'
import { describe } from './load.ts'
import { type Drag, measureDrag } from './measure-drag.ts'
import { interleave, type Rounds, takeSample } from './sample.ts'
import type { Site, Stage } from './stage.ts'

export const deskViews = ['grid', 'list', 'threeDays', 'week'] as const
type DeskView = (typeof deskViews)[number]

export interface DeskResult {
  doctors: number
  /** All of today's. */
  appointments: number
  rounds: Rounds<DeskView | 'hello'>
  pages: Record<DeskView, { plain: number; gzip: number; appointments: number }>
  drag: Drag
}

/** The front desk's day of a large clinic, by a single client beside the smallest possible page; and dragging on it. */
export async function measureDesk(stage: Stage): Promise<DeskResult> {
  const { main, options } = stage
  await using day = await openDeskDay(main.scene.sql)
  const addresses = addressesOf(day)
  const sampling = (site: Site, path: string) => (warming: boolean) =>
    takeSample(site, {
      clients: 1,
      seconds: warming ? Math.min(2, options.seconds) : options.seconds,
      expected: 200,
      next: () => page(path, day.cookie),
    })
  const rounds = await stage.beside('hello', (hello) =>
    interleave(options.rounds, {
      hello: sampling(hello, '/'),
      grid: sampling(main, addresses.grid),
      list: sampling(main, addresses.list),
      threeDays: sampling(main, addresses.threeDays),
      week: sampling(main, addresses.week),
    }),
  )
  const pages = {
    grid: await weigh(main, day, addresses.grid),
    list: await weigh(main, day, addresses.list),
    threeDays: await weigh(main, day, addresses.threeDays),
    week: await weigh(main, day, addresses.week),
  }
  const drag = await measureDrag(main.worker.origin, day.cookie, addresses.grid)
  return { doctors, appointments: doctors * appointments, rounds, pages, drag }
}

function addressesOf({ locationId, doctorId }: DeskDay): Record<DeskView, string> {
  const at = (fields: Record<string, string>) => paths.desk({ location: String(locationId), ...fields })
  return {
    grid: at({ view: 'grid' }),
    list: at({ view: 'list' }),
    threeDays: at({ view: 'grid', days: '3' }),
    week: at({ view: 'grid', days: '7', doctor: String(doctorId) }),
  }
}

async function weigh({ client }: Site, { cookie }: DeskDay, path: string) {
  const answer = await client.send(page(path, cookie))
  const shown = new Set(answer.body.match(/ id="a\d+"/g)).size
  if (shown === 0) throw new Error(`${path} shows no appointment: ${describe(answer)}`)
  return {
    plain: Buffer.byteLength(answer.body),
    gzip: gzipSync(answer.body).length,
    appointments: shown,
  }
}
