import type { Clinic, ClinicOracle, Session, Start } from './clinic-oracle.ts'
import { opening, type Wish } from './imagine-clinic.ts'

/** Asks for an appointment, or for a session, which has no patient; of a place in one, nothing else is asked. */
export interface Request {
  kind: 'book' | 'session' | 'join'
  by_desk: boolean
  /** Null means any. */
  row: number | null
  place: number | null
  type: number | null
  at: number | null
  patient: number | null
  session: number | null
}

function* everyStart({ rows, places, types }: Clinic): Generator<Start> {
  for (const row of rows.keys())
    for (const place of places.keys())
      for (const type of types.keys())
        for (let { from: at } = opening; at < opening.to; at += 5) yield { row, place, type, at }
}

/** Every start that the oracle offers, sorted. */
export const listOffers = (clinic: Clinic, oracle: ClinicOracle): Start[] =>
  [...everyStart(clinic)].filter((start) => oracle.isOffered(start))

/** What the oracle allows of this request: with any doctor, or at any place, there may be several. */
export function listAllowed(request: Request, clinic: Clinic, oracle: ClinicOracle): Start[] {
  const { kind, type, at, patient } = request
  if (type === null || at === null || oracle.isGroup(type) !== (kind === 'session')) return []
  const holds = (start: Start) => (request.by_desk ? oracle.isPossible(start) : oracle.isOffered(start))
  const isMeant = ({ row, place }: Start) =>
    (request.row ?? row) === row && (request.place ?? place) === place
  return clinic.rows
    .flatMap((_, row) => clinic.places.map((_, place) => ({ row, place, type, at })))
    .filter((start) => isMeant(start) && holds(start) && oracle.hasTime(patient, start))
}

function toJoin({ pick, patient, by_desk }: Wish, sessions: Session[]): Request[] {
  const session = sessions[pick % sessions.length]
  if (!session) return []
  return [
    { kind: 'join', by_desk, patient, session: session.id, row: null, place: null, type: null, at: null },
  ]
}

/** The starts that a wish may mean: those that are possible or, when it is hasty, those that the way to them rules out. */
function listMeant({ is_hasty }: Wish, type: number, by_desk: boolean, clinic: Clinic, oracle: ClinicOracle) {
  const atOnce = oracle.withoutWays()
  const holds = (start: Start) => {
    if (is_hasty) return !oracle.isPossible(start) && atOnce.isPossible(start)
    return by_desk ? oracle.isPossible(start) : oracle.isOffered(start)
  }
  return [...everyStart(clinic)].filter((start) => start.type === type && holds(start))
}

/** Without a session there is nothing to join. */
export function toRequests(wish: Wish, clinic: Clinic, oracle: ClinicOracle, sessions: Session[]): Request[] {
  if (wish.kind === 'join') return toJoin(wish, sessions)
  const { kind, pick } = wish
  const isSession = kind === 'session'
  const type = isSession ? 1 - wish.type : wish.type
  // Slots leave enough time for the way; the front desk picks any minute.
  const by_desk = wish.by_desk || wish.is_hasty || isSession
  const meant = wish.is_likely ? listMeant(wish, type, by_desk, clinic, oracle) : []
  const other = { row: wish.row % clinic.rows.length, place: wish.place, at: wish.minute }
  const near = meant[pick % meant.length]
  const { row, place, at } = near ? { ...near, at: near.at + wish.shift } : other
  return [
    {
      ...{ kind, by_desk, type, at, session: null },
      row: wish.names_doctor || isSession ? row : null,
      place: wish.names_place ? place : null,
      patient: isSession ? null : wish.patient,
    },
  ]
}
