import { describe, expect, it } from 'vitest'
import { closedTimeOf } from '../../../src/clinic/day/closed-time.ts'
import { doctorColumns } from '../../../src/clinic/day/columns.ts'
import type { Absence, Day, DayAppointment, DayClock, DayDoctor } from '../../../src/clinic/day/day.ts'
import { freeStarts, stepOf } from '../../../src/clinic/day/free-starts.ts'
import {
  canBeUndone,
  isOver,
  minutesSo,
  standingOf,
  statusAt,
  waitingNow,
} from '../../../src/clinic/day/standing.ts'

// A day whose midnight is minute 0.
const clock: DayClock = { date: '2026-11-30', start: 0, end: 1440, firstMinute: 0, changes: null, shift: 0 }
const at = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

const doctor: DayDoctor = {
  id: 1,
  name: 'Dr. Sari',
  specialty: 'General practice',
  gridMinutes: 15,
  isActive: true,
  hours: [
    [at('08:00'), at('12:30')],
    [at('13:00'), at('17:00')],
  ],
  off: [],
  free: [],
  nextFree: null,
}

const off = (start: string, end: string, more: Partial<Absence> = {}): Absence => ({
  id: 1,
  kind: 'away',
  name: null,
  start: at(start),
  end: at(end),
  returnsOn: '2026-11-30',
  ...more,
})

const appointment = (start: string, more: Partial<DayAppointment> = {}): DayAppointment =>
  ({
    id: at(start),
    version: 1,
    status: 'booked',
    start: at(start),
    end: at(start) + 30,
    doctorId: 1,
    patientId: 2,
    patient: 'Putri Maharani',
    arrived: null,
    started: null,
    told: null,
    sessionId: null,
    rooms: [],
    colleagues: [],
    ...more,
  }) as DayAppointment

const day = (more: Partial<Day> = {}): Day => ({
  location: { id: 1, name: 'Menteng', timeZone: 'Asia/Jakarta' },
  locations: [],
  today: clock,
  now: at('10:24'),
  days: [clock],
  closures: [],
  doctors: [doctor],
  colleagues: [],
  rooms: [],
  roomNames: {},
  appointments: [],
  walkIns: [],
  notes: [],
  justLeft: [],
  justCleared: [],
  undoOffer: null,
  strandedCount: 0,
  alerts: { late: 10, waiting: 20, withDoctor: 60 },
  ...more,
})

describe('closed time', () => {
  const kindsOf = (of: Partial<DayDoctor>, closures: Day['closures'] = []) =>
    closedTimeOf({ ...doctor, ...of }, clock, closures).map(({ why }) => why.kind)

  it('is before the first hours, at lunch and after the last', () => {
    expect(kindsOf({})).toEqual(['before', 'lunch', 'after'])
  })

  it('is a break at another time of day', () => {
    const hours: DayDoctor['hours'] = [
      [at('08:00'), at('14:00')],
      [at('15:00'), at('18:00')],
    ]
    expect(kindsOf({ hours })).toEqual(['before', 'break', 'after'])
  })

  it('says when an absence ends, or that the doctor is off until another day', () => {
    expect(kindsOf({ off: [off('14:00', '15:00')] })).toContain('away')
    const sick = off('10:00', '24:00', { returnsOn: '2026-12-02' })
    expect(closedTimeOf({ ...doctor, off: [sick] }, clock, [])).toContainEqual({
      start: at('10:00'),
      end: at('12:30'),
      why: { kind: 'off', returnsOn: '2026-12-02' },
    })
  })

  it('is all of a day off, and of a day without hours', () => {
    const allDay = off('00:00', '24:00', { returnsOn: '2026-12-02' })
    expect(kindsOf({ off: [allDay] })).toEqual(['off'])
    expect(kindsOf({ hours: [] })).toEqual(['no_hours'])
    expect(kindsOf({ isActive: false })).toEqual(['no_hours'])
  })

  it('is a closure of the location, with its reason', () => {
    const drill = { id: 1, name: 'Fire drill', start: at('09:00'), end: at('09:30'), returnsOn: '2026-11-30' }
    expect(kindsOf({}, [drill])).toEqual(['before', 'closure', 'lunch', 'after'])
  })
})

describe('free starts', () => {
  it('are on the doctor’s grid, and a whole step is free', () => {
    expect(freeStarts([[at('10:24'), at('11:10')]], clock, 15)).toEqual([at('10:30'), at('10:45')])
  })

  it('stay on the wall clock’s grid when clocks change', () => {
    const spring: DayClock = { ...clock, end: 1380, changes: 120, shift: 60 }
    expect(freeStarts([[100, 170]], spring, 30)).toEqual([120])
    const lordHowe: DayClock = { ...clock, end: 1410, changes: 120, shift: 30 }
    expect(freeStarts([[115, 200]], lordHowe, 20)).toEqual([130, 150, 170])
  })

  it('are offered at least every half an hour', () => {
    expect([5, 15, 20, 45, 60, 240].map(stepOf)).toEqual([5, 15, 20, 15, 30, 30])
  })
})

describe('columns', () => {
  it('cut closed time where an appointment lies in it', () => {
    const [column] = doctorColumns(day({ appointments: [appointment('12:30', { end: at('12:45') })] }))
    const lunch = column?.entries.filter((entry) => entry.kind === 'closed' && entry.why.kind === 'lunch')
    expect(lunch).toMatchObject([{ start: at('12:45'), end: at('13:00') }])
  })

  it('say how many patients a block affects', () => {
    const meeting = off('11:00', '11:45', { kind: 'block', name: 'Meeting' })
    const appointments = [appointment('11:30'), appointment('11:00', { status: 'cancelled' })]
    const [column] = doctorColumns(day({ doctors: [{ ...doctor, off: [meeting] }], appointments }))
    expect(column?.entries).toContainEqual(expect.objectContaining({ kind: 'block', affected: 1 }))
  })

  it('leave out who is not in, unless nobody is', () => {
    const idle = { ...doctor, id: 2, hours: [] }
    expect(doctorColumns(day({ doctors: [doctor, idle] })).map((one) => one.doctor?.id)).toEqual([1])
    expect(doctorColumns(day({ doctors: [idle, { ...idle, id: 3 }] }))).toHaveLength(2)
  })

  it('show an appointment to all doctors who take part, and a session instead of its participants', () => {
    const colleague = { ...doctor, id: 2 }
    const appointments = [appointment('09:00', { colleagues: [2] }), appointment('10:00', { sessionId: 9 })]
    const columns = doctorColumns(day({ doctors: [doctor, colleague], appointments }))
    const shown = columns.map(({ entries }) => entries.filter(({ kind }) => kind === 'appointment').length)
    expect(shown).toEqual([1, 1])
  })
})

describe('how a day goes', () => {
  const arrived = appointment('10:15', { status: 'arrived', arrived: at('09:58') })
  const seen = appointment('10:00', { status: 'arrived', arrived: at('09:55'), started: at('10:06') })

  it('lists who waits, longest first', () => {
    const later = appointment('10:10', { status: 'arrived', arrived: at('10:05') })
    expect(waitingNow(day({ appointments: [later, arrived, seen] }))).toEqual([arrived, later])
  })

  it('counts minutes by status, and alerts above the clinic’s threshold', () => {
    const { now, alerts } = day()
    expect(minutesSo(arrived, statusAt(arrived, now), now)).toBe(26)
    expect(isOver(26, 'arrived', alerts)).toBe(true)
    expect(isOver(20, 'arrived', alerts)).toBe(false)
    expect(minutesSo(seen, statusAt(seen, now), now)).toBe(18)
    expect(minutesSo(appointment('10:00'), 'late', now)).toBe(24)
    expect(minutesSo(appointment('11:00'), 'booked', now)).toBeNull()
  })

  it('says who is behind, on time, and free', () => {
    expect(standingOf(day({ appointments: [seen] }), doctor)).toEqual({ kind: 'behind', minutes: 6 })
    const prompt = { ...seen, started: at('10:02') }
    expect(standingOf(day({ appointments: [prompt] }), doctor)).toEqual({ kind: 'on_time' })
    expect(standingOf(day({ appointments: [arrived] }), doctor)).toEqual({ kind: 'free_now' })
    expect(standingOf(day({ now: at('07:00') }), doctor)).toBeNull()
  })

  it('can be undone on its own day, and a cancellation until the patient is told', () => {
    const { today, now } = day()
    expect(canBeUndone(appointment('09:00', { status: 'noshow' }), { today, now })).toBe(true)
    const tomorrow = { ...clock, start: 1440, end: 2880 }
    expect(canBeUndone(appointment('09:00', { status: 'noshow' }), { today: tomorrow, now })).toBe(false)
    const cancelled = appointment('16:00', { status: 'cancelled', told: at('10:27') })
    expect(canBeUndone(cancelled, { today, now })).toBe(true)
    expect(canBeUndone(cancelled, { today, now: at('10:27') })).toBe(false)
  })
})
