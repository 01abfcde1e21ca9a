import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findMissingIndexes } from '../../scripts/explain/missing-indexes.ts'
import { explainSlow } from '../../scripts/explain/slow.ts'
import { nameOf } from '../../src/observability/statements.ts'
import { asking } from '../support/api.ts'
import { openClinic } from '../support/clinic.ts'
import { hireDoctor, openDesk, registerPatient } from '../support/people.ts'

const clinic = await openClinic({ vars: { SLOW_TRIP_MS: '0', LOG_LEVEL: 'warn' } })

it.each([
  ['select * from "patients" where id = $1', 'select patients'],
  ['with\n gone as (delete from holds)\nselect 1', 'delete holds'],
  ['insert into "events" (id) values ($1)', 'insert events'],
  ['update appointments set status = $1', 'update appointments'],
  ['select 1', 'select'],
])('%j is named %s and its hash', (query, name) => {
  expect(nameOf(query).replace(/ [\da-f]{8}$/, '')).toBe(name)
  expect(nameOf(` ${query.replaceAll(' ', '\n  ')}`)).toBe(nameOf(query))
  expect(nameOf(`${query} limit 1`)).not.toBe(nameOf(query))
})

describe('a slow trip', () => {
  it('is logged with its statements but not their parameters', async () => {
    const desk = await openDesk(clinic.sql)
    clinic.takeTrips()
    clinic.takeLines()
    const answer = await asking(clinic.origin, desk)('POST', '/patients', {
      patient: { name: 'Alice Agung' },
    })
    expect(answer.status).toBe(201)
    const sent = clinic.takeTrips().map((queries) => queries.map(({ query }) => query.trim()))
    const lines = clinic.takeLines()
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) {
      expect(line).toMatchObject({
        level: 'warn',
        message: 'slow trip',
        request_id: answer.headers.get('X-Request-Id'),
        route: '/api/v1/patients',
        trip_ms: expect.any(Number),
      })
      const statements = line.statements as { name: string; sql: string }[]
      expect(sent).toContainEqual(statements.map(({ sql }) => sql))
      for (const { name, sql } of statements) expect(name).toBe(nameOf(sql))
    }
    expect(JSON.stringify(lines)).not.toMatch(/Alice/)
  })

  it('can be explained from the log on any database', async () => {
    const desk = await openDesk(clinic.sql)
    // Enough appointments that reading them all costs more than an index.
    await clinic.sql.query(
      `insert into appointments (doctor_id, patient_id, start_at, end_at)
       select $1, $2, at, at + interval '10 minutes'
       from generate_series(timestamptz '2020-01-01', '2020-01-08', interval '20 minutes') at`,
      [await hireDoctor(clinic.sql), await registerPatient(clinic.sql)],
    )
    await clinic.sql.query('analyze appointments')
    clinic.takeLines()
    await asking(clinic.origin, desk)('GET', '/appointments')
    const directory = await mkdtemp(join(tmpdir(), 'alobooking-slow-'))
    const file = join(directory, 'log')
    const lines = clinic.takeLines()
    await writeFile(file, lines.map((line) => `wrangler says ${JSON.stringify(line)}\n`).join(''))
    const slow = await explainSlow(file, clinic.databaseUrl)
    await rm(directory, { recursive: true })
    expect(new Set(slow.map(({ name }) => name))).toEqual(
      new Set(lines.flatMap(({ statements }) => statements.map(({ name }: { name: string }) => name))),
    )
    const plans = slow.map(({ plan }) => plan).join('\n')
    expect(plans).toMatch(/Index Scan using \w+ on appointments .*\(cost=/)
    expect(plans).not.toContain('No plan:')
  })

  it('may lack an index: each missing or invalid one is named', async () => {
    expect(await findMissingIndexes(clinic.databaseUrl)).toEqual([])
    await clinic.sql.query('drop index appointments_by_doctor')
    await clinic.sql.query('alter table claims drop constraint claims_never_twice')
    await clinic.sql.query(
      `update pg_index set indisvalid = false where indexrelid = 'appointments_by_start'::regclass`,
    )
    expect(await findMissingIndexes(clinic.databaseUrl)).toEqual([
      { name: 'appointments_by_doctor', migration: '0005_availability.sql' },
      { name: 'appointments_by_start', migration: '0007_appointments_by_start.sql' },
      { name: 'claims_never_twice', migration: '0065_claims.sql' },
    ])
  })

  it('is logged even when requests are not', async () => {
    clinic.takeLines()
    await fetch(`${clinic.origin}/healthz`)
    expect(new Set(clinic.takeLines().map(({ message }) => message))).toEqual(new Set(['slow trip']))
  })
})
