import type { Query } from '../scripts/local/bridge.ts'
import { firstFree, firstFreeWithRoom, monthOfNextDoctor } from './asks.ts'
import type { Ask } from './load.ts'
import { interleave, type Sample, takeSample } from './sample.ts'
import type { SizedClinic, Stage } from './stage.ts'
import { median } from './statistics.ts'

interface DatabaseTime {
  planning: number
  execution: number
}

export interface AvailabilityOfSize {
  size: number
  month: Sample[]
  firstFree: Sample[]
  firstFreeWithRoom: Sample[]
  /** How many doctors the search for the first free covers. */
  doctors: number
  /** Those of the search with a room, and how many rooms it covers. */
  withRooms: { doctors: number; rooms: number }
  monthDatabase: DatabaseTime
  firstFreeDatabase: DatabaseTime
  firstFreeWithRoomDatabase: DatabaseTime
}

/** 31 days of one doctor, and the first free of 500, also with a room; with one client. */
export async function measureAvailability({ clinics, options }: Stage): Promise<AvailabilityOfSize[]> {
  const things: Record<string, (warming: boolean) => Promise<Sample>> = {}
  const sampling = (clinic: SizedClinic, next: () => Ask) => (warming: boolean) =>
    takeSample(clinic, {
      clients: 1,
      seconds: warming ? Math.min(2, options.seconds) : options.seconds,
      expected: 200,
      next,
    })
  for (const clinic of clinics) {
    things[`month ${clinic.size}`] = sampling(clinic, monthOfNextDoctor(clinic.scene))
    things[`first ${clinic.size}`] = sampling(clinic, () => firstFree(clinic.scene))
    things[`room ${clinic.size}`] = sampling(clinic, () => firstFreeWithRoom(clinic.scene))
  }
  const rounds = await interleave(options.rounds, things)
  const results: AvailabilityOfSize[] = []
  for (const clinic of clinics) {
    results.push({
      size: clinic.size,
      month: rounds[`month ${clinic.size}`] ?? [],
      firstFree: rounds[`first ${clinic.size}`] ?? [],
      firstFreeWithRoom: rounds[`room ${clinic.size}`] ?? [],
      doctors: clinic.scene.fiveHundred.doctors,
      withRooms: clinic.scene.fiveHundredWithRooms,
      monthDatabase: await timeInDatabase(clinic, monthOfNextDoctor(clinic.scene)),
      firstFreeDatabase: await timeInDatabase(clinic, () => firstFree(clinic.scene)),
      firstFreeWithRoomDatabase: await timeInDatabase(clinic, () => firstFreeWithRoom(clinic.scene)),
    })
  }
  return results
}

const times = 15

/** PostgreSQL's own time for the statements of such a request: the median, in milliseconds. */
async function timeInDatabase(clinic: SizedClinic, next: () => Ask): Promise<DatabaseTime> {
  const measured: DatabaseTime[] = []
  for (let n = 0; n < times; n++) {
    await clinic.bridge.take()
    const { body } = await clinic.client.send(next())
    if (!body.includes('"start_at"'))
      throw new Error(`A search found no slot, so it measured nothing: ${body}`)
    measured.push(await explain(clinic, (await clinic.bridge.take()).last))
  }
  return {
    planning: median(measured.map(({ planning }) => planning)),
    execution: median(measured.map(({ execution }) => execution)),
  }
}

async function explain({ scene }: SizedClinic, queries: Query[]): Promise<DatabaseTime> {
  const total = { planning: 0, execution: 0 }
  for (const { query, params = [] } of queries) {
    const text = `explain (analyze, timing off, format json) ${query}`
    const { rows } = await scene.sql.query({ text, values: params })
    const [plan] = rows[0]['QUERY PLAN']
    total.planning += plan['Planning Time']
    total.execution += plan['Execution Time']
  }
  return total
}
