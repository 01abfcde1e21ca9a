import fc from 'fast-check'
import type { Clinic } from './clinic-oracle.ts'

/** Everything lies in these minutes, so that nothing reaches into another day. */
export const opening = { from: 240, to: 780 }

const steps = (min: number, max: number) => fc.integer({ min: min / 5, max: max / 5 }).map((n) => n * 5)
const often = <T>(usual: T, rare: T) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constant(rare) })
const span = (from: fc.Arbitrary<number>, length: fc.Arbitrary<number>) =>
  fc.tuple(from, length).map(([from, length]) => ({ from, to: from + length }))

const place = fc.constantFrom(0, 0, 1, 1, 2)
const absences = fc.array(span(steps(240, 700), steps(5, 120)), { maxLength: 1 })
const buffer = fc.constantFrom(0, 0, 5, 10, 20)
const role = fc.constantFrom('doctor', 'nurse')
const specialty = fc.constantFrom('Surgery', 'Cardiology')

/** One after the other, so that nobody is at two places at once. */
const hours = fc
  .array(fc.record({ place, gap: fc.constantFrom(0, 0, 5, 30), length: steps(30, 240) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((ranges) => {
    let { from } = opening
    return ranges.flatMap(({ place, gap, length }) => {
      const start = from + gap
      from = Math.min(start + length, opening.to)
      return start < from ? { place, from: start, to: from } : []
    })
  })

const row = fc.record({
  /** Two rows may be the same. */
  person: fc.constantFrom(0, 1, 2),
  role,
  specialty,
  is_active: often(true, false),
  grid_minutes: fc.constantFrom(5, 10, 15),
  offers: often([0, 1], [0]),
  hours,
  time_off: fc.uniqueArray(
    fc
      .tuple(
        span(steps(240, 700), steps(5, 120)),
        fc.constantFrom(null, 0, 1, 2),
        fc.constantFrom('away' as const, 'block' as const, 'reserve' as const, 'reserve' as const),
      )
      .map(([away, place, kind]) => ({ ...away, place, kind })),
    { maxLength: 2, selector: ({ from, to }) => `${from} ${to}` },
  ),
})

const thing = fc.record({
  place,
  type: fc.constantFrom('room' as const, 'room' as const, 'room' as const, 'device' as const),
  kind: fc.constantFrom('white', 'white', 'blue'),
  is_active: often(true, false),
  hours: fc.array(span(steps(240, 500), steps(60, 400)), { maxLength: 1 }),
  absences,
})

const minutesAround = { before_minutes: buffer, after_minutes: buffer }
const need = fc.oneof(
  fc.record({
    type: fc.constant('role' as const),
    role,
    specialty: fc.option(specialty),
    kinds: fc.constant(null),
    ...minutesAround,
  }),
  fc.record({
    type: fc.constantFrom('room' as const, 'room' as const, 'room' as const, 'device' as const),
    role: fc.constant(null),
    specialty: fc.constant(null),
    kinds: fc.constantFrom(['white'], ['white'], ['blue'], ['white', 'blue']),
    ...minutesAround,
  }),
)
type Needs = fc.Arbitrary<Clinic['types'][number]['needs']>
const someNeeds: Needs = fc.oneof(fc.constant([]), fc.array(need, { minLength: 1, maxLength: 3 }))
const visitType = (capacity: fc.Arbitrary<number | null>, needs = someNeeds) =>
  fc.record({
    minutes: fc.constantFrom(5, 20, 30, 45),
    buffer_before_minutes: buffer,
    buffer_after_minutes: buffer,
    capacity,
    needs,
  })
const group = visitType(fc.integer({ min: 1, max: 3 }))

const somePlaces = (is_active: fc.Arbitrary<boolean>) =>
  fc.array(fc.record({ is_active, closures: absences }), { minLength: 3, maxLength: 3 })
const someWays = (...minutes: number[]) =>
  fc.array(fc.constantFrom(...minutes), { minLength: 3, maxLength: 3 })
const clinic: fc.Arbitrary<Clinic> = fc.record({
  as_of: fc.constantFrom(0, 0, 0, 400),
  places: somePlaces(often(true, false)),
  ways: someWays(0, 10, 25, 60),
  rows: fc.array(row, { minLength: 3, maxLength: 4, size: 'max' }),
  things: fc.array(thing, { minLength: 2, maxLength: 6, size: 'max' }),
  types: fc.tuple(visitType(fc.constant(null)), group),
})

/** What is in the books already: whatever was agreed, at any place and time, whether the rules allow it or not. */
const agreed = fc.record({
  row: fc.nat(3),
  place,
  type: fc.constantFrom(null, 0, 0, 1, 1),
  from: steps(240, 740),
  length: steps(5, 60),
  before: buffer,
  after: buffer,
  status: fc.constantFrom('booked', 'booked', 'fulfilled', 'cancelled', 'pending', 'pending'),
  has_expired: fc.boolean(),
  patient: fc.nat(3),
  colleague: fc.option(fc.nat(3), { freq: 2 }),
  thing: fc.option(fc.nat(5), { freq: 2 }),
  /** Of a session, whoever takes part. */
  participants: fc.array(
    fc.record({
      patient: fc.nat(3),
      status: fc.constantFrom('booked', 'booked', 'cancelled', 'pending'),
      has_expired: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
})
export type Agreed = typeof agreed extends fc.Arbitrary<infer Of> ? Of : never

/** A clinic that has one nurse and one white room, both at its first place, and needs them. */
const helpsAtFirstPlace = (person: number, role: string) =>
  fc.tuple(row, span(steps(240, 340), steps(300, 440))).map(([row, hours]) => ({
    ...{ ...row, person, role, is_active: true },
    ...{ offers: [0, 1], hours: [{ place: 0, ...hours }], time_off: [] },
  }))
const ofFirstPlace = { place: 0, type: 'room' as const, is_active: true, hours: [] }
const whiteRoom = { type: 'room' as const, role: null, specialty: null, kinds: ['white'] }
const nurse = { type: 'role' as const, role: 'nurse', specialty: null, kinds: null }
const fewNeeds: Needs = fc
  .tuple(
    fc.constantFrom([nurse], [whiteRoom], [whiteRoom, nurse], [whiteRoom, nurse]),
    fc.record(minutesAround),
  )
  .map(([needs, around]) => needs.map((need) => ({ ...need, ...around })))
const scarceClinic: fc.Arbitrary<Clinic> = fc.record({
  as_of: fc.constantFrom(0, 0, 0, 400),
  places: somePlaces(fc.constant(true)),
  ways: someWays(10, 25, 60),
  rows: fc.tuple(
    helpsAtFirstPlace(0, 'doctor'),
    helpsAtFirstPlace(1, 'nurse'),
    row.map((row) => ({ ...row, role: 'doctor' })),
  ),
  things: fc.tuple(
    thing.map((room) => ({ ...room, ...ofFirstPlace, kind: 'white' })),
    thing.map((other) => ({ ...other, kind: 'blue' })),
  ),
  types: fc.tuple(visitType(fc.constant(null), fewNeeds), group),
})
const inTheMiddle = steps(400, 560)
const expiredHold = fc.record({ agreed, from: inTheMiddle }).map(
  ({ agreed, from }): Agreed => ({
    ...{ ...agreed, from, row: 0, place: 0 as const, type: 0 as const },
    ...{ status: 'pending' as const, has_expired: true, thing: 0 },
  }),
)
const away = (status: 'booked' | 'pending', from: fc.Arbitrary<number>) =>
  fc.record({ agreed, from }).map(
    ({ agreed, from }): Agreed => ({
      ...{ ...agreed, from, row: 1, place: 1 as const, type: 0 as const },
      ...{ status, has_expired: true, colleague: null, thing: null },
    }),
  )
/** A hold of that room has expired. That nurse has a visit of their own elsewhere, and had a hold before it. */
const scarceAgreed = fc
  .tuple(
    expiredHold,
    away('booked', inTheMiddle),
    away('pending', steps(300, 420)),
    fc.array(agreed, { maxLength: 2 }),
  )
  .map(([hold, visit, holdElsewhere, others]) => [hold, visit, holdElsewhere, ...others])

/**
 * What somebody wants: at a start that is possible, chosen by `pick`, or `shift` beside it, or at any `minute`. A hasty one
 * forgets that people need to travel.
 */
const wish = fc.record({
  kind: fc.constantFrom('book', 'book', 'book', 'session', 'session', 'join', 'join'),
  by_desk: fc.boolean(),
  pick: fc.nat(),
  is_likely: often(true, false),
  is_hasty: often(false, true),
  shift: fc.constantFrom(0, 0, 0, -20, -5, -1, 1, 5),
  minute: fc.integer({ min: 240, max: 780 }),
  row: fc.nat(3),
  place,
  type: often(0, 1),
  patient: fc.nat(3),
  names_doctor: often(true, false),
  names_place: fc.boolean(),
})
export type Wish = typeof wish extends fc.Arbitrary<infer Of> ? Of : never

const hastyWish = wish.map((one): Wish => {
  return { ...one, kind: 'book', type: 0, shift: 0, is_likely: true, is_hasty: true }
})

const withWishes = <Clinic, Agreed>(clinic: fc.Arbitrary<Clinic>, agreed: fc.Arbitrary<Agreed>) =>
  fc.record({
    clinic,
    agreed,
    wishes: fc.array(wish, { maxLength: 6, size: 'max' }),
    tries: fc.tuple(wish, hastyWish, hastyWish),
    byDesk: fc.boolean(),
  })
export const clinicsWithWishes = fc.oneof(
  { weight: 2, arbitrary: withWishes(clinic, fc.array(agreed, { maxLength: 8, size: 'max' })) },
  { weight: 1, arbitrary: withWishes(scarceClinic, scarceAgreed) },
)
