import type { Clinic, Session } from './clinic-oracle.ts'
import { type Claim, Diary, type Span } from './diary.ts'
import type { Agreed } from './imagine-clinic.ts'

/** An appointment that is in the books already, in the oracle's numbers. */
export interface Entry extends Span {
  id: number
  row: number
  place: number
  type: number | null
  patient: number | null
  status: Agreed['status']
  before: number
  after: number
  expires: number | null
  /** Of a session. */
  capacity: number | null
  /** Of a participant. */
  session: number | null
  seat: number | null
  /** Who and what comes with it. */
  others: (Claim & { part: 'colleague' | 'room' })[]
}

const firstId = 1_000_001
const isOn = ({ status }: Entry) => status !== 'cancelled'

/**
 * Enters what was agreed into the books, without what the database would not accept: it does not mind the way between
 * places, and an expired hold still has its time. `counts` is who is taken when, and `expired` who no longer is.
 */
export function enterAgreed(clinic: Clinic, agreed: Agreed[]) {
  const stored = new Diary(clinic.ways)
  const entries: Entry[] = []
  const counts: Claim[] = []
  const expired: Claim[] = []
  const sessions: Session[] = []
  const capacity = clinic.types[1]?.capacity ?? 1
  const person = (row: number) => `person ${clinic.rows[row]?.person}`
  const hasExpired = ({ expires }: Entry) => expires !== null && expires <= clinic.as_of

  function listClaims(entry: Entry): Claim[] {
    const { from, to, place, patient, others } = entry
    const doctor = { who: person(entry.row), place, from: from - entry.before, to: to + entry.after }
    return [
      ...(entry.session === null ? [doctor] : []),
      ...(patient === null ? [] : [{ who: `patient ${patient}`, place: null, from, to }]),
      ...others,
    ]
  }

  function enter(entry: Entry): boolean {
    const claims = listClaims(entry)
    const isOnce = new Set(claims.map(({ who }) => who)).size === claims.length
    if (!isOnce || (isOn(entry) && claims.some((claim) => stored.isTaken(claim)))) return false
    entries.push(entry)
    if (!isOn(entry)) return true
    for (const claim of claims) stored.take(claim)
    const list = hasExpired(entry) ? expired : counts
    list.push(...claims)
    return true
  }

  const expiry = ({ status, has_expired }: { status: string; has_expired: boolean }) =>
    status === 'pending' ? clinic.as_of + (has_expired ? 0 : 1) : null

  function listOthers({ place, from, length, before, after, ...one }: Agreed): Entry['others'] {
    const around = { from: from - before, to: from + length + after }
    const others: Entry['others'] = []
    if (one.colleague !== null)
      others.push({ part: 'colleague', who: person(one.colleague % clinic.rows.length), place, ...around })
    if (one.thing !== null)
      others.push({ part: 'room', who: `thing ${one.thing % clinic.things.length}`, place: null, ...around })
    return others
  }

  function readEntry(one: Agreed): Entry {
    const { place, type, from, length, before, after } = one
    const isSession = type === 1
    const status = isSession && one.status === 'pending' ? 'booked' : one.status
    const row = one.row % clinic.rows.length
    return {
      id: firstId + entries.length,
      ...{ row, place, type, from, to: from + length, before, after, status, others: listOthers(one) },
      patient: isSession ? null : one.patient,
      expires: expiry({ ...one, status }),
      capacity: isSession ? capacity : null,
      session: null,
      seat: null,
    }
  }

  /** Answers with how many places are left to whoever joins it now. */
  function enterParticipants(session: Entry, participants: Agreed['participants']): number {
    const seated: Entry[] = []
    for (const { patient, ...one } of participants) {
      const entry: Entry = {
        ...session,
        id: firstId + entries.length,
        ...{
          patient,
          status: one.status,
          expires: expiry(one),
          session: session.id,
          seat: seated.length + 1,
        },
        ...{ before: 0, after: 0, capacity: null, others: [] },
      }
      if (seated.length < capacity && enter(entry) && isOn(entry)) seated.push(entry)
    }
    return capacity - seated.filter((entry) => !hasExpired(entry)).length
  }

  for (const one of agreed) {
    const entry = readEntry(one)
    if (!enter(entry) || entry.capacity === null || !isOn(entry)) continue
    const places_left = enterParticipants(entry, one.participants)
    const { id, row, place, from, to } = entry
    if (entry.status === 'booked') sessions.push({ id, row, place, places_left, from, to })
  }
  return { entries, counts, expired, sessions }
}
