import { beforeEach, expect, it } from 'vitest'
import { type EndingLink, endLinks } from '../../../src/clinic/patients/end-links.ts'
import { runJob } from '../../../src/jobs/cron.ts'
import { noDelivery, openClinic } from '../../support/clinic.ts'
import { atOnce } from '../../support/concurrency.ts'
import { hireDoctor, openAccount, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
await hireDoctor(sql)
const write = ({ patientName, hasEnded }: EndingLink) => ({
  subject: `${patientName} ${hasEnded ? 'ended' : 'ends'}`,
  text: patientName,
})

const at = (day: string) => clinic.context({ actor: { kind: 'system' }, now: new Date(`${day}T19:17:00Z`) })

beforeEach(async () => {
  await sql.query('delete from account_patients')
  clinic.mails.length = 0
})

/** Each with a parent of their own. */
async function openFamilies(many: number, birthDate: string, linkedAt = '2029-01-01'): Promise<void> {
  for (let n = 1; n <= many; n++) {
    const [own, child] = [await registerPatient(sql), await registerPatient(sql, `Child ${n}`)]
    await sql.query('update patients set birth_date = $2 where id = $1', [child, birthDate])
    const account = await openAccount(sql, { patientIds: [own, child] })
    await sql.query('update account_patients set linked_at = $2 where account_id = $1', [account, linkedAt])
  }
}

const count = async (which: string) =>
  (await sql.query(`select count(*)::int as many from account_patients where ${which}`)).rows[0].many

const subjects = () => clinic.mails.map(({ subject }) => subject).toSorted()

it('tells each account once, 30 days before, also when two run at once', async () => {
  await openFamilies(5, '2012-03-31')
  expect(await endLinks(at('2030-02-28'), write)).toEqual({ announced: 0, ended: 0, unsent: 0 })
  await atOnce(2, () => endLinks(at('2030-03-01'), write, 3))
  await endLinks(at('2030-03-01'), write, 3)
  await endLinks(at('2030-03-02'), write, 3)
  expect(subjects()).toEqual([1, 2, 3, 4, 5].map((n) => `Child ${n} ends`))
  expect(await count('ends_on is not null and notice_sent_at is not null')).toBe(5)
})

it('removes the links that have ended, in one trip, with an event by the system', async () => {
  await openFamilies(2, '2012-03-31')
  await endLinks(at('2030-03-20'), write)
  expect(await endLinks(at('2030-03-29'), write)).toMatchObject({ ended: 0 })
  expect(await count('true')).toBe(4)
  clinic.takeTrips()
  expect(await endLinks(at('2030-03-31'), write)).toEqual({ announced: 0, ended: 2, unsent: 0 })
  expect(clinic.takeTrips()).toHaveLength(1)
  expect(await count('true')).toBe(2)
  const { rows } = await sql.query(
    `select distinct actor_kind from patient_events where kind = 'patient.unlinked'`,
  )
  expect(rows).toEqual([{ actor_kind: 'system' }])
})

it('tells of a link that a corrected birth date has ended already, before it goes', async () => {
  await openFamilies(1, '2012-03-31')
  await sql.query(`update patients set birth_date = '2011-06-01' where birth_date = '2012-03-31'`)
  expect(await endLinks(at('2030-01-10'), write)).toEqual({ announced: 1, ended: 0, unsent: 0 })
  expect(subjects()).toEqual(['Child 1 ended'])
  expect(await endLinks(at('2030-01-11'), write)).toEqual({ announced: 0, ended: 1, unsent: 0 })
})

it('tries again when a mail was not accepted', async () => {
  await openFamilies(1, '2012-03-31')
  const refusing = { send: () => Promise.reject(new Error('The mail provider answered 503.')) }
  expect(await endLinks({ ...at('2030-03-20'), mail: refusing }, write)).toEqual({
    announced: 0,
    ended: 0,
    unsent: 1,
  })
  expect(await endLinks(at('2030-03-21'), write)).toMatchObject({ announced: 1 })
  expect(clinic.mails).toHaveLength(1)
})

it('runs every night, and writes in the language of the account’s person', async () => {
  await openFamilies(2, '2012-03-31')
  await sql.query(`
    update patients set languages = '{id-ID,en}'
    where id = (select min(patient_id) from account_patients where relation = 'self')`)
  expect(await runJob('17 19 * * *', at('2030-03-20'), noDelivery)).toMatchObject({
    links: { announced: 2, ended: 0, unsent: 0 },
  })
  const texts = clinic.mails.map(({ text }) => text).toSorted((a, b) => a.length - b.length)
  expect(texts[0]).toContain('berusia 18 tahun')
  expect(texts[0]).not.toContain('turns 18')
  expect(texts[1]).toMatch(/berusia 18 tahun[\s\S]*turns 18/)
})
