import { describe, expect, it } from 'vitest'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import { closeLocation, reopenLocation } from '../../../src/clinic/availability/close-location.ts'
import { putBackInOrder, putOutOfOrder } from '../../../src/clinic/availability/put-out-of-order.ts'
import { setWeeklyHours } from '../../../src/clinic/availability/set-weekly-hours.ts'
import { findTimeOff, takeTimeOff, withdrawTimeOff } from '../../../src/clinic/availability/take-time-off.ts'
import { changeDoctor } from '../../../src/clinic/doctors/change.ts'
import { openClinic } from '../../support/clinic.ts'
import {
  addResource,
  defineVisitType,
  hireDoctor,
  locationOf,
  registerPatient,
} from '../../support/people.ts'

// What stands on the front desk's list to work through, after random changes, against a second opinion: for each appointment
// that stands, minute by minute, whether its doctor and its room are there.

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const now = new Date('2030-01-01T00:00Z')
const as = () => clinic.context({ actor: { kind: 'admin', accountId: 1 }, now })

interface Span {
  from: number
  to: number
}

/** Minutes of one Monday: 2030-01-07 in Jakarta. */
const clock = (minute: number) =>
  `2030-01-07T${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
const spanOf = (span: Span) => ({ startLocal: clock(span.from), endLocal: clock(span.to) })

/** Draws numbers that are the same in each run. */
function drawer(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

interface Absent extends Span {
  id: number
}

async function openWorld() {
  const needy = await defineVisitType(sql, { name: `In a room ${Math.random()}` })
  const doctorId = await hireDoctor(sql, { hours: [], visitTypes: [needy] })
  const locationId = await locationOf(sql, doctorId)
  const roomId = await addResource(sql, locationId, { kind: `room ${Math.random()}` })
  await sql.query(
    `insert into visit_type_needs (visit_type_id, type, kinds, before_minutes, after_minutes)
     select $1, 'room', array[kind], 0, 0 from resources where id = $2`,
    [needy, roomId],
  )
  return {
    ...{ needy, doctorId, locationId, roomId },
    hours: [] as Span[],
    away: [] as (Absent & { isReserve: boolean })[],
    closed: [] as Absent[],
    outOfOrder: [] as Absent[],
    isRetired: false,
    /** Placed on purpose while these reasons stood; whatever takes time away afterwards counts. */
    booked: new Map<number, Span & { isOnPurpose: boolean }>(),
  }
}

type World = Awaited<ReturnType<typeof openWorld>>
const covers = (spans: Span[], minute: number) => spans.some(({ from, to }) => from <= minute && minute < to)

/** Whether anything is in the way of an appointment, minute by minute. */
function isInTheWay(world: World, { from, to }: Span): boolean {
  if (world.isRetired) return true
  for (let minute = from; minute < to; minute++) {
    const isThere =
      covers(world.hours, minute) &&
      !covers(
        world.away.filter(({ isReserve }) => !isReserve),
        minute,
      )
    if (!isThere || covers(world.closed, minute) || covers(world.outOfOrder, minute)) return true
  }
  return false
}

async function listed(world: World): Promise<number[]> {
  const { rows } = await sql.query(
    'select id from stranded_appointments($1, $2) where not stays order by id',
    [world.locationId, now],
  )
  return rows.map(({ id }) => Number(id))
}

type Draw = (below: number) => number
const pick = <T>(list: T[], draw: Draw): T | undefined => list[draw(list.length)]
const isThereYet = (list: Span[], span: Span) =>
  list.some(({ from, to }) => from === span.from && to === span.to)
const halfAnHour = ({ from }: Span) => ({ from, to: from + 30, isOnPurpose: false })

/** What may happen, each about as often. */
const happenings: ((world: World, span: Span, draw: Draw) => Promise<void>)[] = [
  async (world, span, draw) => {
    const both = [span, { from: 900, to: 1020 }].filter(({ to }, n) => n > 0 || to <= 900)
    world.hours = both.slice(draw(2))
    const hours = world.hours.map((one) => ({
      weekday: 1,
      opensAt: clock(one.from).slice(11),
      closesAt: clock(one.to).slice(11),
    }))
    await setWeeklyHours(as(), world.doctorId, hours)
  },
  async (world, span, draw) => {
    if (isThereYet(world.away, span)) return
    const kind = (['reserve', 'block', 'away'] as const)[draw(3)]
    const { id } = await takeTimeOff(as(), world.doctorId, { ...spanOf(span), kind, reason: 'Meeting' })
    world.away.push({ ...span, id, isReserve: kind === 'reserve' })
  },
  async (world, _, draw) => {
    const one = pick(world.away, draw)
    if (one) await withdrawTimeOff(as(), world.doctorId, one.id)
    world.away = world.away.filter((other) => other !== one)
  },
  async (world, span) => {
    if (isThereYet(world.closed, span)) return
    const { id } = await closeLocation(as(), world.locationId, spanOf(span))
    world.closed.push({ ...span, id })
  },
  async (world, _, draw) => {
    const one = pick(world.closed, draw)
    if (one) await reopenLocation(as(), world.locationId, one.id)
    world.closed = world.closed.filter((other) => other !== one)
  },
  async (world, span) => {
    const [room] = world.outOfOrder
    if (room) await putBackInOrder(as(), world.roomId, room.id)
    const next = room ? null : await putOutOfOrder(as(), world.roomId, spanOf(span))
    world.outOfOrder = next ? [{ ...span, id: next.id }] : []
  },
  async (world, _, draw) => {
    if (draw(3) > 0) return
    world.isRetired = !world.isRetired
    await changeDoctor(as(), world.doctorId, { isActive: !world.isRetired })
  },
  async (world, _, draw) => {
    const [id] = pick([...world.booked], draw) ?? []
    if (!id) return
    await cancelAppointment(as(), { id, reason: 'Asked to' })
    world.booked.delete(id)
  },
  async (world, span, draw) => {
    const [id] = pick([...world.booked], draw) ?? []
    if (!id) return
    const moved = await rescheduleAppointment(as(), { id, startAt: clock(span.from) })
    if (moved.ok) world.booked.set(id, halfAnHour(span))
  },
  book,
  book,
]

async function book(world: World, span: Span): Promise<void> {
  const booked = await bookAppointment(as(), {
    doctorId: world.doctorId,
    visitTypeId: world.needy,
    patientId: await registerPatient(sql),
    startAt: clock(span.from),
  })
  if (booked.ok) world.booked.set(booked.appointment.id, halfAnHour(span))
}

const drawSpan = (draw: Draw): Span => {
  const from = 480 + 15 * draw(30)
  return { from, to: from + 15 * (1 + draw(12)) }
}

describe('the list to work through', () => {
  it.each([1, 2, 3, 4])(
    'has each appointment that something is in the way of, and no other (%i)',
    async (seed) => {
      const world = await openWorld()
      const draw = drawer(seed)
      world.hours = [{ from: 480, to: 1020 }]
      await setWeeklyHours(as(), world.doctorId, [{ weekday: 1, opensAt: '08:00', closesAt: '17:00' }])
      let most = 0
      for (let step = 0; step < 60; step++) {
        const happen = step < 12 ? book : happenings[draw(happenings.length)]
        await happen?.(world, drawSpan(draw), draw)
        const expected = [...world.booked].filter(([, one]) => isInTheWay(world, one)).map(([id]) => id)
        expect([step, await listed(world)]).toEqual([step, expected.toSorted((a, b) => a - b)])
        most = Math.max(most, expected.length)
      }
      expect(most).toBeGreaterThan(1)
      expect(await findTimeOff(as(), world.doctorId)).toHaveLength(world.away.length)
    },
  )

  it('leaves out what the front desk put there on purpose, until something else is in its way', async () => {
    const world = await openWorld()
    await setWeeklyHours(as(), world.doctorId, [{ weekday: 1, opensAt: '08:00', closesAt: '12:00' }])
    const booked = await bookAppointment(as(), {
      doctorId: world.doctorId,
      visitTypeId: world.needy,
      patientId: await registerPatient(sql),
      startAt: clock(780),
      overrideReason: 'Urgent',
    })
    if (!booked.ok) throw new Error(booked.refusal)
    expect(await listed(world)).toEqual([])
    await setWeeklyHours(as(), world.doctorId, [{ weekday: 1, opensAt: '08:00', closesAt: '11:00' }])
    expect(await listed(world)).toEqual([])
    await takeTimeOff(as(), world.doctorId, spanOf({ from: 780, to: 840 }))
    expect(await listed(world)).toEqual([booked.appointment.id])
  })
})
