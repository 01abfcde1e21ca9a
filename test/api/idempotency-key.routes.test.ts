import { beforeAll, describe, expect, it } from 'vitest'
import { operations } from '../../src/api/description/registry.ts'
import { type SampleCall, sampleCall } from '../../src/api/description/sample.ts'
import { openClinic } from '../support/clinic.ts'
import { openAdmin } from '../support/people.ts'
import { openSampleClinic } from '../support/sample-clinic.ts'

// The sample call of every operation that changes something.

const clinic = await openClinic()
const { sql } = clinic
const sample = openSampleClinic(clinic)
let admin: string
beforeAll(async () => {
  admin = await openAdmin(sql)
})

async function send({ method, path, headers, body }: SampleCall, key: string) {
  const response = await fetch(clinic.origin + path, {
    method,
    headers: {
      Authorization: `Bearer ${admin}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': key,
      ...headers,
    },
    body,
  })
  const [type, etag, location] = ['Content-Type', 'ETag', 'Location'].map((name) =>
    response.headers.get(name),
  )
  return { status: response.status, type, etag, location, body: await response.text() }
}

/** Everything in the database except when keys were used and what was sent. */
async function everything(): Promise<Record<string, string>> {
  const { rows } = await sql.query(`
    select tablename, query_to_xml(
      format($$select md5(string_agg(row, ' ' order by row)) from (select (to_jsonb(t) - 'last_used_at')::text as row from %I t) rows$$, tablename),
      true, true, ''
    )::text as content
    from pg_tables
    -- Refusals are counted after the answer, each time.
    where schemaname = 'public' and tablename not in ('idempotency_keys', 'appointment_failures')`)
  return Object.fromEntries(rows.map(({ tablename, content }) => [tablename, content]))
}

/** Undoes the change, or blocks it. */
const changeEverything = () =>
  sql.query(`
    update appointments set hold_expires_at = null, status = case status when 'cancelled' then 'noshow' else 'cancelled' end;
    update doctors set specialty = 'Changed';
    update visit_types set minutes = 45;
    update accounts set name = 'Changed', role = 'patient', doctor_id = null
    where id >= 1000 and (role <> 'admin' or id not in (select owner_id from api_keys));
    update api_keys set revoked_at = null;
    delete from weekly_hours; delete from doctor_visit_types; delete from time_off; delete from closures`)

const changes = operations.filter(({ method }) => method !== 'GET')

it('there are operations that change something', () => expect(changes.length).toBeGreaterThanOrEqual(28))

describe.each(changes.map((operation) => [operation.operationId, operation] as const))(
  '%s',
  (_, operation) => {
    it('repeats its first answer and does nothing twice, whatever has changed', async () => {
      const key = `"${operation.route}"`
      const call = await sampleCall(operation, sample)
      const { body: other } = await sampleCall(operation, sample)
      expect(other === null || other !== call.body).toBe(true)
      const first = await send(call, key)
      expect([first.status, first.body]).toEqual([operation.answer.status, first.body])
      await changeEverything()
      const known = await everything()
      expect(await send(call, key)).toEqual(first)
      expect(await send({ ...call, body: other ?? '{}' }, key)).toMatchObject({
        status: 422,
        body: expect.stringContaining('"code":"key_reused"'),
      })
      expect(await everything()).toEqual(known)
    })
  },
)
