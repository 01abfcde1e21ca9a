import { readFileSync } from 'node:fs'
import type pg from 'pg'
import { readPatientQuery } from '../../src/clinic/patients/read-query.ts'

const repetitions = 40

/** What people type, with the doctor who searches. */
const searches: [typed: string, doctor?: 1 | 2][] = [
  ['siti'],
  ['muh'],
  ['si'],
  ['a'],
  ['a b'],
  ['budi s'],
  ['budi santoso'],
  ['siti muhammad'],
  ['muh san'],
  ['siti nur rahayu'],
  ['muhammad siti nur wijaya'],
  ['nur siti xanana'],
  ['si mu nu'],
  ['siti 1990'],
  ['1990'],
  ['siti 1 1 1990'],
  ['1990-01-01'],
  ['17 mei 1990'],
  ['4321'],
  ['siti 4321'],
  ['siti 321'],
  ['3100000000'],
  ['rm 123456'],
  ['siti rahayu 0812'],
  ['siti@example.com'],
  ['zzzz'],
  ['siti', 1],
  ['muh', 1],
  ['siti nur', 1],
  ['siti 1990', 1],
  ['siti', 2],
  ['siti nur', 2],
  ['a b', 2],
]

/** These find no one, which takes the longest way through the look-ups. Every other search must find someone. */
const inVain = [
  'siti nur rahayu',
  'muhammad siti nur wijaya',
  'nur siti xanana',
  'si mu nu',
  'siti@example.com',
  'zzzz',
  'siti 1990 (by a doctor who has seen 5000)',
  'siti nur (by a doctor who has seen 300)',
  'a b (by a doctor who has seen 300)',
]

export interface Measured {
  typed: string
  found: number
  isCut: boolean
  processor: number
  least: number
  pages: number
}

export async function measureSearches(sql: pg.Pool): Promise<Measured[]> {
  const measured: Measured[] = []
  for (const [typed, doctor] of searches) measured.push(await measure(sql, typed, doctor))
  return measured
}

/**
 * Milliseconds of one search in the database: the processor time of its process, which other work on the machine hardly
 * changes, and the least by the clock; and the pages it reads.
 */
async function measure(sql: pg.Pool, typed: string, doctor?: 1 | 2): Promise<Measured> {
  const { words, keys } = readPatientQuery(typed, new Date())
  const of = doctor ? `(select min(id) from doctors) + ${doctor - 1}` : 'null'
  const search = `select * from search_patients($1, $2, ${of}, null, 20)`
  const values = [words, JSON.stringify(keys)]
  const { rows } = await sql.query(search, values)
  const name = doctor ? `${typed} (by a doctor who has seen ${doctor === 1 ? 5000 : 300})` : typed
  const found = rows.filter(({ patient_id }) => patient_id !== null).length
  if (found > 0 === inVain.includes(name))
    throw new Error(`“${name}” found ${found}: it measures something else.`)
  const { rows: server } = await sql.query('select pg_backend_pid() as pid')
  const times: number[] = []
  let pages = 0
  for (let n = 0; n < repetitions; n++) {
    const plan = await sql.query(`explain (analyze, buffers, timing off, format json) ${search}`, values)
    const [{ Plan, 'Execution Time': time }] = plan.rows[0]['QUERY PLAN']
    times.push(time)
    pages = Plan['Shared Hit Blocks'] + Plan['Shared Read Blocks']
  }
  const before = processorTime(server[0].pid)
  for (let n = 0; n < repetitions; n++) await sql.query(search, values)
  return {
    typed: name,
    found,
    isCut: rows[0]?.is_cut ?? false,
    processor: (processorTime(server[0].pid) - before) / repetitions,
    least: Math.min(...times),
    pages,
  }
}

/** Milliseconds that a process has run. */
function processorTime(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
}
