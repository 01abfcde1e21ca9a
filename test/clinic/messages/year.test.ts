import { expect, it, onTestFinished } from 'vitest'
import { startMailbox } from '../../../scripts/local/mailbox.ts'
import { resend } from '../../../src/channels/resend.ts'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { checkIn } from '../../../src/clinic/appointments/check-in.ts'
import { markNoShow } from '../../../src/clinic/appointments/mark-no-show.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import type { Actor } from '../../../src/clinic/context.ts'
import { findWaiting } from '../../../src/clinic/messages/next-due.ts'
import { bookSeries } from '../../../src/clinic/series/book.ts'
import { cancelSeries } from '../../../src/clinic/series/cancel.ts'
import { secretsOf } from '../../../src/clinic/sign.ts'
import { runJob } from '../../../src/jobs/cron.ts'
import { type Delivery, deliverMessages } from '../../../src/jobs/deliver.ts'
import { messageWriter } from '../../../src/jobs/write.ts'
import { appointmentOf } from '../../support/answers.ts'
import { authSecret, openClinic } from '../../support/clinic.ts'
import { localAt } from '../../support/message-clock.ts'
import { compareMessages } from '../../support/message-comparison.ts'
import { followMessages } from '../../support/message-runs.ts'
import { readWorld } from '../../support/message-world.ts'
import { defineVisitType, hireDoctor, liftCaps, openAccount, registerPatient } from '../../support/people.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const [berlin, jakarta] = ['Europe/Berlin', 'Asia/Jakarta'] as const
const desk: Actor = { kind: 'front_desk', accountId: 7 }
const system: Actor = { kind: 'system' }

interface Year {
  ani: number
  budi: number
  doctor: number
  farDoctor: number
  visit: number
  advice: number
  /** Acts as Ani. */
  own: Actor
  /** What she booked, by a word of its own. */
  booked: Map<string, number>
}

async function begin(): Promise<Year> {
  const visit = await defineVisitType(sql)
  const advice = await defineVisitType(sql, { name: 'Advice' })
  await sql.query('update visit_types set requires_approval = true where id = $1', [advice])
  const visitTypes = [visit, advice]
  const doctor = await hireDoctor(sql, { timeZone: berlin, visitTypes })
  const farDoctor = await hireDoctor(sql, { timeZone: jakarta, visitTypes })
  await sql.query("update locations set email = 'praxis@example.com' where time_zone = $1", [berlin])
  const [ani, budi] = [await registerPatient(sql, 'Ani'), await registerPatient(sql, 'Budi')]
  const patientIds = [ani, budi]
  const accountId = await openAccount(sql, { patientIds, email: 'ani@example.com', name: 'Ani' })
  await openAccount(sql, { role: 'doctor', doctorId: doctor, email: 'doctor@example.com' })
  await liftCaps(sql)
  const own: Actor = { kind: 'patient', accountId, patientIds }
  return { ani, budi, doctor, farDoctor, visit, advice, own, booked: new Map() }
}

type Act = (year: Year, as: (actor: Actor) => ReturnType<typeof clinic.context>) => Promise<unknown>

const book =
  (
    word: string,
    startAt: string,
    wish: { by?: Actor; of?: 'ani' | 'budi'; far?: boolean; advice?: boolean } = {},
  ): Act =>
  async (year, as) => {
    const answer = bookAppointment(as(wish.by ?? year.own), {
      patientId: year[wish.of ?? 'ani'],
      doctorId: wish.far ? year.farDoctor : year.doctor,
      visitTypeId: wish.advice ? year.advice : year.visit,
      startAt,
    })
    year.booked.set(word, (await appointmentOf(answer)).id)
  }
const move =
  (word: string, startAt: string): Act =>
  (year, as) =>
    appointmentOf(rescheduleAppointment(as(desk), { id: year.booked.get(word) ?? 0, startAt }))
const run =
  (query: string): Act =>
  () =>
    sql.query(query)
const each =
  (verb: (ctx: ReturnType<typeof clinic.context>, id: number) => Promise<unknown>, word: string): Act =>
  (year, as) =>
    verb(as(desk), year.booked.get(word) ?? 0)

/** By the clock of Berlin, or of Jakarta for what happens there. */
const story: [at: string, act: Act][] = [
  ['2025-01-10T14:00+01:00', book('checked in', '2025-01-17T09:00')],
  ['2025-01-17T08:55+01:00', each(checkIn, 'checked in')],
  // Summer time begins on this day.
  ['2025-03-20T12:00+01:00', book('spring', '2025-03-30T10:00')],
  ['2025-04-01T12:00+02:00', book('moved at night', '2025-04-15T09:00')],
  ['2025-04-08T22:30+02:00', move('moved at night', '2025-04-15T11:00')],
  ['2025-04-08T23:30+02:00', move('moved at night', '2025-04-16T09:00')],
  ['2025-04-09T22:30+02:00', move('moved at night', '2025-04-17T09:00')],
  ['2025-04-09T23:30+02:00', move('moved at night', '2025-04-16T09:00')],
  [
    '2025-05-05T10:00+02:00',
    async (year, as) => {
      const rule = { every: 1, unit: 'week', count: 4 } as const
      const { ani: patientId, doctor: doctorId, visit: visitTypeId } = year
      const wish = { patientId, doctorId, visitTypeId, startAt: '2025-05-20T09:00', rule }
      const planned = await bookSeries(as(desk), wish)
      if (!planned.ok) throw new Error(planned.refusal)
      year.booked.set('series', planned.series.id)
      year.booked.set('first of series', planned.series.appointments[0]?.id ?? 0)
    },
  ],
  [
    '2025-05-06T10:00+02:00',
    ({ booked }, as) =>
      cancelSeries(as(desk), {
        ...{ id: booked.get('series') ?? 0, from: booked.get('first of series') ?? 0 },
        ...{ scope: 'following', reason: 'The doctor is away' },
      }),
  ],
  [
    '2025-06-01T12:00+02:00',
    run(
      `insert into message_preferences select 'account:' || id, 'reminder', false, '2025-06-01' from accounts where email = 'ani@example.com'`,
    ),
  ],
  ['2025-06-02T12:00+02:00', book('without reminders', '2025-06-12T09:00')],
  ['2025-06-20T12:00+02:00', run('update message_preferences set is_wanted = true')],
  [
    '2025-07-01T12:00+02:00',
    run(`insert into marked_addresses values ('email', 'ani@example.com', 'bounced', '2025-07-01')`),
  ],
  ['2025-07-02T12:00+02:00', book('bounced', '2025-07-14T09:00', { by: desk })],
  ['2025-07-12T12:00+02:00', run('delete from marked_addresses')],
  ['2025-08-01T12:00+02:00', book('child', '2025-08-12T09:00', { of: 'budi' })],
  ['2025-08-02T12:00+02:00', book('on the same day', '2025-08-12T11:00')],
  ['2025-09-01T12:00+02:00', book('missed', '2025-09-08T14:00')],
  ['2025-09-08T15:00+02:00', each(markNoShow, 'missed')],
  ['2025-09-15T12:00+02:00', book('lapses', '2025-09-30T09:00', { advice: true })],
  ['2025-10-15T12:00+02:00', book('first 02:30', '2025-10-26T02:30+02:00')],
  ['2025-10-15T12:10+02:00', book('second 02:30', '2025-10-26T02:30+01:00', { of: 'budi' })],
  ['2025-11-10T12:00+01:00', book('in Jakarta', '2025-11-20T08:30', { far: true })],
  ['2025-12-01T12:00+01:00', book('cancelled', '2025-12-03T09:00')],
  [
    '2025-12-02T10:00+01:00',
    ({ booked }, as) => cancelAppointment(as(desk), { id: booked.get('cancelled') ?? 0, reason: 'Ill' }),
  ],
]

const isWednesday = (at: number) => new Date(at).getUTCDay() === 3

/** Plays the year: what is due is delivered when it is, and the nightly jobs run. Answers with the message oracle. */
async function play(year: Year, mailbox: string) {
  const messages = followMessages()
  const nights = Array.from({ length: 365 }, (_, n) => Date.UTC(2025, 0, 1 + n, 19, 17))
  const acts = story.map(([at, act]) => [Date.parse(at), act] as const)
  let now = 0
  const site = {
    ...{ SITE_URL: 'https://booking.example.com', MAIL_FROM: 'clinic@example.com' },
    CALENDAR_DOMAIN: 'booking.example.com',
  }
  const delivery: Delivery = {
    channels: { email: resend({ apiKey: 'test', from: site.MAIL_FROM, origin: mailbox }) },
    write: messageWriter(site, secretsOf(authSecret)),
    now: () => new Date(now),
    queue: undefined,
  }
  const as = (actor: Actor) => clinic.context({ actor, now: new Date(now), requestId: `at ${now}` })
  for (;;) {
    const { nextAt } = await findWaiting(as(system))
    const [[act] = [Infinity], [night = Infinity]] = [acts[0], nights]
    const next = Math.min(act, night, nextAt ? Math.max(nextAt.getTime(), now + 1_000) : Infinity)
    if (next === Infinity) return messages
    now = next
    if (now === act) await acts.shift()?.[1](year, as)
    if (now === night) nights.shift()
    // The nightly job runs once a week, which is enough to show it.
    if (now === night && isWednesday(now)) await runJob('17 19 * * *', as(system), delivery)
    const world = await readWorld(sql)
    await deliverMessages(as(system), delivery)
    messages.run(world, now)
  }
}

/** When each was sent or skipped by the clock of its place, to whom, and which appointments it tells. */
async function listMessages(): Promise<string[]> {
  const { rows } = await sql.query(`
    select message.*, place.time_zone, coalesce(account.email, place.email) as reader, about.starts
    from messages message
    left join accounts account on account.id = message.account_id
    cross join lateral (
      select min(one.location_id) as location_id, array_agg(
        to_char((event.after ->> 'start_at')::timestamptz at time zone location.time_zone, 'MM-DD HH24:MI') order by one.start_at, one.id
      ) as starts
      from message_appointments link
      join appointments one on one.id = link.appointment_id
      join events event on event.appointment_id = one.id and event.number = link.to_event
      join locations location on location.id = one.location_id
      where link.message_id = message.id
    ) about
    join locations place on place.id = about.location_id
    order by coalesce(message.sent_at, message.due_at), message.id`)
  return rows.map(({ sent_at, due_at, time_zone, kind, days_before, reader, state, reason, starts }) => {
    const clock = localAt((sent_at ?? due_at).getTime(), time_zone)
      .toString()
      .slice(5, 16)
      .replace('T', ' ')
    const what = days_before === null ? kind : `${kind} ${days_before}`
    return `${clock} ${what} to ${reader.split('@')[0]}${state === 'sent' ? '' : `, ${state}: ${reason}`}: ${starts.join(', ')}`
  })
}

const golden = [
  '01-10 14:00 booked to ani: 01-17 09:00',
  '01-14 09:00 reminder 3 to ani: 01-17 09:00',
  '01-16 09:00 reminder 1 to ani: 01-17 09:00',
  '03-20 12:00 booked to ani: 03-30 10:00',
  '03-27 10:00 reminder 3 to ani: 03-30 10:00',
  '03-29 10:00 reminder 1 to ani: 03-30 10:00',
  '04-01 12:00 booked to ani: 04-15 09:00',
  '04-09 08:00 moved to ani, skipped: overtaken: 04-15 11:00',
  '04-09 08:00 moved to ani: 04-16 09:00',
  '04-10 08:00 moved to ani, skipped: overtaken: 04-17 09:00',
  '04-13 09:00 reminder 3 to ani: 04-16 09:00',
  '04-15 09:00 reminder 1 to ani: 04-16 09:00',
  '05-05 10:03 booked to ani: 05-20 09:00, 05-27 09:00, 06-03 09:00, 06-10 09:00',
  '05-06 10:03 cancelled to ani: 05-20 09:00, 05-27 09:00, 06-03 09:00, 06-10 09:00',
  '06-02 12:00 booked to ani: 06-12 09:00',
  '06-09 09:00 reminder 3 to ani, skipped: not_wanted: 06-12 09:00',
  '06-11 09:00 reminder 1 to ani, skipped: not_wanted: 06-12 09:00',
  '07-02 12:03 booked to ani, skipped: bounced: 07-14 09:00',
  '07-11 09:00 reminder 3 to ani, skipped: bounced: 07-14 09:00',
  '07-13 09:00 reminder 1 to ani: 07-14 09:00',
  '08-01 12:00 booked to ani: 08-12 09:00',
  '08-02 12:00 booked to ani: 08-12 11:00',
  '08-09 09:00 reminder 3 to ani: 08-12 09:00, 08-12 11:00',
  '08-11 09:00 reminder 1 to ani: 08-12 09:00, 08-12 11:00',
  '09-01 12:00 booked to ani: 09-08 14:00',
  '09-05 14:00 reminder 3 to ani: 09-08 14:00',
  '09-07 14:00 reminder 1 to ani: 09-08 14:00',
  '09-08 15:03 missed to ani: 09-08 14:00',
  '09-15 12:00 requested to ani: 09-30 09:00',
  '09-15 12:00 approval_requested to doctor: 09-30 09:00',
  '09-15 12:00 approval_requested to praxis: 09-30 09:00',
  '09-18 08:00 lapsed to ani: 09-30 09:00',
  '10-15 12:00 booked to ani: 10-26 02:30',
  '10-15 12:10 booked to ani: 10-26 02:30',
  '10-23 08:00 reminder 3 to ani: 10-26 02:30, 10-26 02:30',
  '10-25 08:00 reminder 1 to ani: 10-26 02:30, 10-26 02:30',
  '11-10 18:00 booked to ani: 11-20 08:30',
  '11-17 08:30 reminder 3 to ani: 11-20 08:30',
  '11-19 08:30 reminder 1 to ani: 11-20 08:30',
  '12-01 12:00 booked to ani: 12-03 09:00',
  '12-02 09:00 reminder 1 to ani: 12-03 09:00',
  '12-02 10:03 cancelled to ani: 12-03 09:00',
  '12-02 10:03 staff_cancelled to doctor: 12-03 09:00',
]

it("a patient's whole year: every message, at its local time", async () => {
  const mailbox = await startMailbox()
  onTestFinished(() => mailbox.stop())
  const messages = await play(await begin(), mailbox.url)
  expect(await listMessages()).toEqual(golden)
  expect(await compareMessages(sql, messages.expected)).toEqual([])
  const sent = golden.filter((line) => !line.includes('skipped'))
  expect(mailbox.mails).toHaveLength(sent.length)
}, 120_000)
