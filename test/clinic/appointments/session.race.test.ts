import { beforeAll, describe, expect, it } from 'vitest'
import { tally } from '../../support/answers.ts'
import { asking } from '../../support/api.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce, countDeadlocks, untilBlocked } from '../../support/concurrency.ts'
import { defineVisitType, hireDoctor, openDesk, registerPatient } from '../../support/people.ts'

const rivals = 64
const clinic = await openClinic()
const { sql } = clinic
const ask = asking(clinic.origin, '')
let [key, yoga, doctor, days] = ['', 0, 0, 0]
let crowd: number[] = []

beforeAll(async () => {
  key = await openDesk(sql)
  yoga = await defineVisitType(sql, { name: 'Yoga', minutes: 60, capacity: 8 })
  doctor = await hireDoctor(sql, { visitTypes: [yoga] })
  crowd = await atOnce(rivals, (n) => registerPatient(sql, `Patient ${n}`))
})

const nextDay = () => new Date(Date.UTC(2031, 0, 1 + days++, 3)).toISOString()

async function newSession(capacity: number): Promise<number> {
  const session = { doctor_id: doctor, visit_type_id: yoga, start_at: nextDay(), capacity }
  return (await ask('POST', '/sessions', { session }, key)).body.session.id
}

const post = async (path: string, body: object) => {
  const { status, body: answer } = await ask('POST', path, body, key)
  return answer.code ? `${status} ${answer.code}` : String(status)
}
const join = (session: number, patient: number) =>
  post('/appointments', { appointment: { session_id: session, patient_id: patient } })
const same = (answer: string) => answer

/** Places that stand, beside their session. */
async function placesIn(session: number) {
  const { rows } = await sql.query(
    `select place.id, place.place, place.status, session.status as of_session, session.capacity,
       place.start_at = session.start_at as is_at_its_time
     from appointments place
     join appointments session on session.id = place.session_id
     where session.id = $1 and place.status not in ('cancelled', 'noshow')
     order by place.place`,
    [session],
  )
  return rows
}

describe('64 requests at once', () => {
  it('for the last place of a session: one gets it, and 63 are told that it is full', async () => {
    for (let round = 0; round < 2; round++) {
      const session = await newSession(3)
      const [one = 0, two = 0, ...rest] = [await registerPatient(sql), await registerPatient(sql), ...crowd]
      await join(session, one)
      await join(session, two)
      // Until many have begun. Without the lock and the index, all of these would get it.
      const other = await sql.connect()
      await other.query('begin')
      await other.query('select from appointments where id = $1 for update', [session])
      const asked = rest.map((patient) => join(session, patient))
      await untilBlocked(sql, 8)
      await other.query('rollback')
      other.release()
      const answers = await Promise.all(asked)
      expect(tally(answers, same)).toEqual({ '201': 1, '409 session_full': rivals - 1 })
      expect((await placesIn(session)).map(({ place }) => place)).toEqual([1, 2, 3])
    }
  })

  it('for a place of one patient: one gets it', async () => {
    const [session, patient] = [await newSession(8), await registerPatient(sql)]
    const answers = await atOnce(rivals, () => join(session, patient))
    expect(tally(answers, same)).toEqual({ '201': 1, '409 patient_busy': rivals - 1 })
  })

  it('while places are given back: no place has two', async () => {
    const session = await newSession(8)
    const held = crowd.slice(0, 8)
    await Promise.all(held.map((patient) => join(session, patient)))
    const places = await placesIn(session)
    const cancellation = { cancellation: { reason: 'Ill' } }
    await Promise.all([
      ...places.map(({ id }) => post(`/appointments/${id}/cancellation`, cancellation)),
      ...crowd.slice(8).map((patient) => join(session, patient)),
    ])
    const taken = (await placesIn(session)).map(({ place }) => place)
    expect(new Set(taken).size).toBe(taken.length)
    expect(taken.length).toBeLessThanOrEqual(8)
  })

  it('while the session is cancelled: nobody is left in it', async () => {
    for (let round = 0; round < 2; round++) {
      const session = await newSession(40)
      const joins = crowd.map((patient) => join(session, patient))
      const cancelled = await post(`/sessions/${session}/cancellation`, { cancellation: { reason: 'Snow' } })
      expect(cancelled).toBe('200')
      await Promise.all(joins)
      expect(await placesIn(session)).toEqual([])
    }
  })

  it('while the session is moved: nobody is left at the old time', async () => {
    for (let round = 0; round < 2; round++) {
      const session = await newSession(40)
      const joins = crowd.map((patient) => join(session, patient))
      const moving = { rescheduling: { start_at: nextDay() } }
      const moved = await atOnce(2, () => post(`/sessions/${session}/rescheduling`, moving))
      expect(moved).toEqual(['200', '200'])
      expect(tally(await Promise.all(joins), same)).toEqual({ '201': 40, '409 session_full': 24 })
      expect((await placesIn(session)).every(({ is_at_its_time }) => is_at_its_time)).toBe(true)
    }
  })

  it('who move from session to session: everyone keeps a place', async () => {
    const [one, other] = [await newSession(20), await newSession(20)]
    await Promise.all(crowd.slice(0, 15).map((patient) => join(one, patient)))
    await Promise.all(crowd.slice(15, 30).map((patient) => join(other, patient)))
    const move = (to: number) => async (place: { id: number }) =>
      (await ask('PATCH', `/appointments/${place.id}`, { appointment: { session_id: to } }, key)).status
    const [there, back] = [await placesIn(one), await placesIn(other)]
    await Promise.all([...there.map(move(other)), ...back.map(move(one))])
    const left = [await placesIn(one), await placesIn(other)]
    expect(left.flat()).toHaveLength(30)
    for (const places of left) expect(places.length).toBeLessThanOrEqual(20)
  })

  it('cause no deadlock', async () => {
    expect(await countDeadlocks(sql)).toBe(0)
  })
})
