import { beforeAll, describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { claimMessages } from '../../../src/clinic/messages/claim.ts'
import { findMessage, findMessages } from '../../../src/clinic/messages/find.ts'
import { resendMessage } from '../../../src/clinic/messages/resend.ts'
import { stopMessage } from '../../../src/clinic/messages/stop.ts'
import { appointmentOf } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import { atOnce } from '../../support/concurrency.ts'
import { enterMessage } from '../../support/messages.ts'
import { defineVisitType, hireDoctor, openAccount, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const now = new Date('2030-01-07T02:00:00Z')
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const desk = clinic.context({ now })
const system = (minutes = 0) => clinic.context({ actor: { kind: 'system' }, now: at(minutes) })
let day = 0

beforeAll(async () => {
  await defineVisitType(sql)
})

async function book(patientId?: number): Promise<{ id: number; patientId: number }> {
  const start = Date.UTC(2030, 0, 14 + day++, 3)
  const who = patientId ?? (await registerPatient(sql))
  const { id } = await appointmentOf(
    bookAppointment(desk, {
      doctorId: await hireDoctor(sql),
      patientId: who,
      startAt: new Date(start).toISOString(),
      endAt: new Date(start + 1_800_000).toISOString(),
    }),
  )
  // Its own confirmation would come first.
  await sql.query('delete from outbox')
  return { id, patientId: who }
}

const idsOf = ({ messages }: { messages: { id: number }[] }) => messages.map(({ id }) => id)
const find = (search: object) => findMessages(desk, { limit: 50, ...search })

describe('a list of messages', () => {
  it('says to whom each goes, about what, and what became of it, in one trip', async () => {
    const { id, patientId } = await book()
    const accountId = await openAccount(sql, { name: 'Ani', email: 'ani@example.com' })
    const sent = { state: 'sent', channel: 'email', address: 'ani@example.com', attempts: 2 } as const
    const messageId = await enterMessage(sql, id, { ...sent, accountId, dueAt: now, sentAt: at(1) })
    clinic.takeTrips()
    const { messages } = await find({ appointmentId: id })
    expect(clinic.takeTrips()).toHaveLength(1)
    expect(messages).toEqual([
      {
        ...sent,
        id: messageId,
        kind: 'booked',
        daysBefore: null,
        reason: null,
        recipient: { kind: 'account', id: accountId, name: 'Ani' },
        language: null,
        dueAt: now,
        tryAt: null,
        provider: null,
        providerId: null,
        sentAt: at(1),
        deliveredAt: null,
        appointments: [
          expect.objectContaining({
            id,
            patientId,
            startLocal: expect.stringMatching(/^2030-01-\d\dT10:00$/),
          }),
        ],
      },
    ])
    expect(await findMessage(desk, messageId)).toEqual(messages[0])
  })

  it('has those that are due in the order in which they go out, and others newest first', async () => {
    const { id: appointmentId } = await book()
    const enter = (minutes: number, state: 'due' | 'sending' | 'failed') =>
      enterMessage(sql, appointmentId, { state, dueAt: at(minutes), cause: `${state}:${minutes}` })
    const due = [await enter(1, 'due'), await enter(2, 'sending'), await enter(3, 'due')]
    const failed = [await enter(6, 'failed'), await enter(5, 'failed'), await enter(4, 'failed')]
    expect(idsOf(await find({ appointmentId, state: 'due' }))).toEqual(due)
    expect(idsOf(await find({ appointmentId, state: 'failed' }))).toEqual(failed)
    for (const [state, all] of [
      ['due', due],
      ['failed', failed],
    ] as const) {
      const first = await find({ appointmentId, state, limit: 2 })
      const rest = await find({ appointmentId, state, limit: 2, after: first.next ?? undefined })
      expect([...idsOf(first), ...idsOf(rest)]).toEqual(all)
      expect(rest.next).toBeNull()
    }
    expect(idsOf(await find({ appointmentId, from: at(2), to: at(4) }))).toEqual([due[2], due[1]])
  })

  it('filters by kind, channel and patient', async () => {
    const one = await book()
    const other = await book(one.patientId)
    const booked = await enterMessage(sql, one.id, { channel: 'email' })
    const moved = await enterMessage(sql, other.id, { kind: 'moved', channel: 'sms' })
    const { patientId } = one
    expect(idsOf(await find({ patientId })).toSorted()).toEqual([booked, moved].toSorted())
    expect(idsOf(await find({ patientId, kind: 'moved' }))).toEqual([moved])
    expect(idsOf(await find({ patientId, channel: 'email' }))).toEqual([booked])
    expect(idsOf(await find({ patientId: await registerPatient(sql) }))).toEqual([])
  })

  it.each<Actor>([
    { kind: 'patient', accountId: 5, patientIds: [1] },
    { kind: 'doctor', accountId: 6, doctorId: 1 },
  ])('is not for $kind', async (actor) => {
    const ctx = clinic.context({ actor })
    await expect(findMessages(ctx, { limit: 1 })).rejects.toThrow('You may not see messages')
    await expect(findMessage(ctx, 1)).rejects.toThrow('You may not see messages')
    await expect(resendMessage(ctx, 1)).rejects.toThrow('You may not manage messages')
    await expect(stopMessage(ctx, 1)).rejects.toThrow('You may not manage messages')
  })
})

describe('sending a message again', () => {
  it.each(['failed', 'skipped'] as const)(
    'makes one that was %s due at once, with a new key',
    async (state) => {
      const { id } = await book()
      const messageId = await enterMessage(sql, id, { state, dueAt: at(-3_000), attempts: 3 })
      const keyOf = async () =>
        (await sql.query('select key from messages where id = $1', [messageId])).rows[0].key
      const before = await keyOf()
      const resent = await resendMessage(desk, messageId)
      expect(resent).toMatchObject({
        ok: true,
        message: { id: messageId, state: 'due', reason: null, dueAt: now, tryAt: now, attempts: 3 },
      })
      expect(await keyOf()).not.toBe(before)
      expect(await claimed(messageId)).toBe(true)
    },
  )

  it('makes a new one of one that was sent, and keeps the first', async () => {
    const { id } = await book()
    const sent = await enterMessage(sql, id, { state: 'sent', dueAt: at(-3_000) })
    const before = await findMessage(desk, sent)
    const resent = await resendMessage(desk, sent)
    if (!resent.ok) throw new Error(resent.refusal)
    expect(resent.message).toMatchObject({ state: 'due', kind: 'booked', recipient: before.recipient })
    expect(resent.message.id).not.toBe(sent)
    expect(await findMessage(desk, sent)).toEqual(before)
    expect(await claimed(resent.message.id)).toBe(true)
  })

  it('works for a reminder, too', async () => {
    const { id } = await book()
    const { rows } = await sql.query(
      `select 'reminder:3:' || (start_at at time zone 'Asia/Jakarta')::date as cause, patient_id
       from appointments where id = $1`,
      [id],
    )
    const [{ cause, patient_id }] = rows
    const accountId = await openAccount(sql, { patientIds: [patient_id] })
    const reminder = { kind: 'reminder', daysBefore: 3, cause, state: 'sent', accountId } as const
    const resent = await resendMessage(desk, await enterMessage(sql, id, reminder))
    expect(resent.ok && (await claimed(resent.message.id))).toBe(true)
  })

  it('is refused while it waits', async () => {
    const { id } = await book()
    for (const state of ['due', 'sending'] as const) {
      const messageId = await enterMessage(sql, id, { state, cause: state })
      expect(await resendMessage(desk, messageId)).toEqual({ ok: false, refusal: 'still_waiting' })
    }
  })

  it('is refused when it would only be skipped, and says why', async () => {
    const refusal = 'would_be_skipped'
    const cancelled = await book()
    const failed = await enterMessage(sql, cancelled.id, { state: 'failed' })
    await cancelAppointment(desk, { id: cancelled.id, reason: 'Snow' })
    expect(await resendMessage(desk, failed)).toEqual({ ok: false, refusal, reason: 'changed' })

    const { id } = await book()
    const accountId = await openAccount(sql, { email: 'gone@example.com' })
    const bounced = await enterMessage(sql, id, { state: 'failed', accountId })
    await sql.query("insert into marked_addresses values ('email', 'gone@example.com', 'bounced', now())")
    expect(await resendMessage(desk, bounced)).toEqual({ ok: false, refusal, reason: 'bounced' })

    const unwanted = await enterMessage(sql, id, { state: 'failed' })
    await sql.query(
      `insert into message_preferences select recipient, kind, false, now() from messages where id = $1`,
      [unwanted],
    )
    expect(await resendMessage(desk, unwanted)).toEqual({ ok: false, refusal, reason: 'not_wanted' })
  })

  it('sends one, however often it is asked for at the same time', async () => {
    const { id } = await book()
    const failed = await enterMessage(sql, id, { state: 'failed' })
    const answers = await atOnce(8, () => resendMessage(desk, failed))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)

    const sent = await enterMessage(sql, id, { state: 'sent', cause: 'another' })
    const keyed = { ...desk, idempotency: { key: 'once', fingerprint: '00' } }
    const twice = [await resendMessage(keyed, sent), await resendMessage(keyed, sent)]
    expect(twice[0]).toEqual(twice[1])
    const { rows } = await sql.query("select from messages where cause like 'another:%'")
    expect(rows).toHaveLength(1)
  })

  it('of an unknown one is not found', async () => {
    await expect(resendMessage(desk, 999_999)).rejects.toThrow('message')
    await expect(findMessage(desk, 999_999)).rejects.toThrow('message')
    await expect(stopMessage(desk, 999_999)).rejects.toThrow('message')
  })
})

describe('stopping a message', () => {
  it('skips it for good', async () => {
    const { id } = await book()
    const messageId = await enterMessage(sql, id, { dueAt: now })
    expect(await stopMessage(desk, messageId)).toMatchObject({
      ok: true,
      message: { id: messageId, state: 'skipped', reason: 'stopped', tryAt: null },
    })
    expect(await claimed(messageId)).toBe(false)
  })

  it.each(['sending', 'sent', 'failed', 'skipped'] as const)('is refused when it is %s', async (state) => {
    const { id } = await book()
    const messageId = await enterMessage(sql, id, { state })
    const before = await findMessage(desk, messageId)
    expect(await stopMessage(desk, messageId)).toEqual({ ok: false, refusal: 'not_waiting' })
    expect(await findMessage(desk, messageId)).toEqual(before)
  })
})

async function claimed(messageId: number): Promise<boolean> {
  const { messages } = await claimMessages(system(), ['email'], 1_000)
  return messages.some(({ id }) => id === messageId)
}
