import { type Claim, Diary, has, isEach, type Span } from './diary.ts'

/** A whole clinic, named like the columns. */
export interface Clinic {
  as_of: number
  places: { is_active: boolean; closures: Span[] }[]
  /** Minutes on the way between places 0 and 1, 0 and 2, 1 and 2. */
  ways: number[]
  rows: DoctorRow[]
  things: Thing[]
  types: VisitType[]
}

/** A row of `doctors`. Two rows may be the same person. */
interface DoctorRow {
  person: number
  role: string
  specialty: string
  is_active: boolean
  grid_minutes: number
  /** The types that they offer. */
  offers: number[]
  hours: (Span & { place: number })[]
  /** Everywhere when the place is null. */
  time_off: (Span & { place: number | null; kind: 'away' | 'block' | 'reserve' })[]
}

interface Thing {
  place: number
  type: 'room' | 'device'
  kind: string
  is_active: boolean
  /** None: it can always be used. */
  hours: Span[]
  absences: Span[]
}

interface Need {
  type: 'role' | 'room' | 'device'
  role: string | null
  specialty: string | null
  kinds: readonly string[] | null
  before_minutes: number
  after_minutes: number
}

interface VisitType {
  minutes: number
  buffer_before_minutes: number
  buffer_after_minutes: number
  /** Of a group. */
  capacity: number | null
  needs: readonly Need[]
}

export interface Session extends Span {
  id: number
  row: number
  place: number
  places_left: number
}

/** One start of one visit type of one doctor's row at one place. */
export interface Start {
  row: number
  place: number
  type: number
  at: number
}

/** What follows from the clinic's rules for who is taken when. */
export class ClinicOracle {
  readonly diary: Diary
  private readonly clinic: Clinic

  constructor(clinic: Clinic, diary = new Diary(clinic.ways)) {
    this.clinic = clinic
    this.diary = diary
  }

  /** What would follow if nobody were ever on the way. */
  withoutWays(): ClinicOracle {
    return new ClinicOracle(this.clinic, this.diary.withoutWays())
  }

  /** What would follow if doctors needed nobody and nothing else. */
  withoutNeeds(): ClinicOracle {
    const types = this.clinic.types.map((type) => ({ ...type, needs: [] }))
    return new ClinicOracle({ ...this.clinic, types }, this.diary)
  }

  /** Whether the doctor and all that the visit type needs are free, at any minute: what the front desk may book. */
  isPossible(start: Start): boolean {
    const row = this.#row(start)
    const span = this.#span(start)
    const who = `person ${row.person}`
    return (
      start.at >= this.clinic.as_of &&
      row.offers.includes(start.type) &&
      this.#isThere(row, start.place, span, { inReserve: true }) &&
      this.diary.isFree(who, start.place, this.#withBuffers(start)) &&
      this.#canMeet(this.#type(start).needs, start.place, span, [who])
    )
  }

  /** Groups have sessions instead of slots. */
  isOffered(start: Start): boolean {
    const row = this.#row(start)
    const isOnGrid = start.at % row.grid_minutes === 0
    const isThere = this.#isThere(row, start.place, this.#span(start))
    return isOnGrid && isThere && !this.isGroup(start.type) && this.isPossible(start)
  }

  isGroup(type: number): boolean {
    return this.#type({ type }).capacity !== null
  }

  /** Whether a patient has nothing else then; a session has none. */
  hasTime(patient: number | null, start: Start): boolean {
    return patient === null || this.diary.isFree(`patient ${patient}`, start.place, this.#span(start))
  }

  canJoin(session: Session, patient: number): boolean {
    return (
      session.from >= this.clinic.as_of &&
      session.places_left > 0 &&
      this.#row(session).is_active &&
      this.#isInUse(session.place) &&
      this.diary.isFree(`patient ${patient}`, session.place, session)
    )
  }

  /** Whether these are what an appointment takes; a session is without a patient. */
  areClaimsOf(start: Start, patient: number | null, claims: Claim[]): boolean {
    const doctor = {
      who: `person ${this.#row(start).person}`,
      place: start.place,
      ...this.#withBuffers(start),
    }
    const ofPatient = { who: `patient ${patient}`, place: null, ...this.#span(start) }
    const own = patient === null ? [doctor] : [doctor, ofPatient]
    const isSame = (one: Claim) => (other: Claim) =>
      one.who === other.who && one.place === other.place && one.from === other.from && one.to === other.to
    const others = claims.filter((claim) => !own.some(isSame(claim)))
    return (
      own.every((claim) => claims.some(isSame(claim))) && this.#meet(this.#type(start).needs, start, others)
    )
  }

  #row({ row }: { row: number }): DoctorRow {
    return this.clinic.rows[row] as DoctorRow
  }

  #type({ type }: { type: number }): VisitType {
    return this.clinic.types[type] as VisitType
  }

  #span(start: Start): Span {
    return { from: start.at, to: start.at + this.#type(start).minutes }
  }

  #withBuffers(start: Start): Span {
    const { buffer_before_minutes: before, buffer_after_minutes: after } = this.#type(start)
    const { from, to } = this.#span(start)
    return { from: from - before, to: to + after }
  }

  #isInUse(place: number): boolean {
    return this.clinic.places[place]?.is_active === true
  }

  #isClosed(place: number, minute: number): boolean {
    return this.clinic.places[place]?.closures.some((closure) => has(closure, minute)) === true
  }

  /** A reserve is only for the front desk, and only for the doctor themselves. */
  #isThere(row: DoctorRow, place: number, span: Span, { inReserve = false } = {}): boolean {
    const works = (minute: number) => row.hours.some((hours) => hours.place === place && has(hours, minute))
    const isAway = (minute: number) =>
      row.time_off.some(
        (off) =>
          !(inReserve && off.kind === 'reserve') &&
          (off.place === null || off.place === place) &&
          has(off, minute),
      )
    return (
      row.is_active &&
      this.#isInUse(place) &&
      isEach(span, (minute) => works(minute) && !isAway(minute) && !this.#isClosed(place, minute))
    )
  }

  #isUsable({ place, hours, absences, is_active }: Thing, span: Span): boolean {
    const isOn = (minute: number) => hours.length === 0 || hours.some((range) => has(range, minute))
    const isOut = (minute: number) =>
      absences.some((range) => has(range, minute)) || this.#isClosed(place, minute)
    return is_active && this.#isInUse(place) && isEach(span, (minute) => isOn(minute) && !isOut(minute))
  }

  /** Whoever and whatever could meet a need of an appointment at this place and time. */
  #listHelpers(need: Need, place: number, { from, to }: Span): string[] {
    const span = { from: from - need.before_minutes, to: to + need.after_minutes }
    const people = this.clinic.rows
      .filter((row) => need.type === 'role' && row.role === need.role)
      .filter((row) => need.specialty === null || row.specialty === need.specialty)
      .filter((row) => this.#isThere(row, place, span))
      .map(({ person }) => `person ${person}`)
    const things = this.clinic.things.flatMap((thing, n) => {
      const fits = thing.place === place && thing.type === need.type && need.kinds?.includes(thing.kind)
      return fits && this.#isUsable(thing, span) ? `thing ${n}` : []
    })
    return [...people, ...things].filter((who) => this.diary.isFree(who, place, span))
  }

  /** Tries every way to give each need someone or something else. */
  #canMeet(needs: readonly Need[], place: number, span: Span, used: string[]): boolean {
    const [need, ...others] = needs
    if (!need) return true
    return this.#listHelpers(need, place, span).some(
      (who) => !used.includes(who) && this.#canMeet(others, place, span, [...used, who]),
    )
  }

  /** Whether each of these claims meets another need, and none is left over. */
  #meet(needs: readonly Need[], start: Start, claims: Claim[]): boolean {
    const [need, ...others] = needs
    if (!need) return claims.length === 0
    const span = this.#span(start)
    const helpers = this.#listHelpers(need, start.place, span)
    return claims.some(
      (claim) =>
        helpers.includes(claim.who) &&
        claim.place === (need.type === 'role' ? start.place : null) &&
        claim.from === span.from - need.before_minutes &&
        claim.to === span.to + need.after_minutes &&
        this.#meet(
          others,
          start,
          claims.filter((other) => other !== claim),
        ),
    )
  }
}
