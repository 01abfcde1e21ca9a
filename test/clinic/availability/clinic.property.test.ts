import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import {
  type Answer,
  attempt,
  attemptFunction,
  listOffered,
  listUnmet,
  storeClinic,
} from '../../support/clinic-in-sql.ts'
import { type Clinic, ClinicOracle, type Session, type Start } from '../../support/clinic-oracle.ts'
import { enterAgreed } from '../../support/enter-agreed.ts'
import { clinicsWithWishes, type Wish } from '../../support/imagine-clinic.ts'
import { seed } from '../../support/seed.ts'
import { listAllowed, listOffers, type Request, toRequests } from '../../support/wishes-of-clinic.ts'

const cases = Number(process.env.CASES ?? 60)
const { sql } = await openClinic({ worker: false })
/** One connection remembers its plans; each case is a transaction that is rolled back. */
const client = await sql.connect()
await client.query(attemptFunction)
afterAll(() => client.release())

type Case = typeof clinicsWithWishes extends fc.Arbitrary<infer Of> ? Of : never
/** `freed` starts are offered because a hold of what they need has expired; `hasty` ones leave a colleague no time for the way. */
const counted = { offered: 0, freed: 0, booked: 0, refused: 0, hasty: 0, sessions: 0, joined: 0 }

/** A clinic with the sessions that it has by now. */
interface Open {
  clinic: Clinic
  oracle: ClinicOracle
  sessions: Session[]
}

/** Compares an answer about a place in a session with the oracle. */
function judgeJoining(request: Request, answer: Answer, session: Session, { oracle }: Open) {
  const patient = request.patient as number
  const canJoin = oracle.canJoin(session, patient)
  expect({ request, answer, began: answer.id !== null }).toMatchObject({ began: canJoin })
  if (!canJoin) return
  counted.joined++
  const { from, to } = session
  expect(answer.claims).toEqual([{ who: `patient ${patient}`, place: null, from, to }])
}

/** The same about anything else: whether it began, for which doctor and where, and what it took. */
function judgeBeginning(request: Request, answer: Answer, { clinic, oracle }: Open) {
  const allowed = listAllowed(request, clinic, oracle)
  expect({ request, answer, began: answer.id !== null }).toMatchObject({ began: allowed.length > 0 })
  if (answer.id === null) {
    counted.refused++
    const atOnce = listAllowed(request, clinic, oracle.withoutWays())
    if (atOnce.some((start) => oracle.withoutNeeds().isPossible(start))) counted.hasty++
    return
  }
  counted.booked++
  const isOfAnswer = ({ row, place }: Start) => row === answer.row && place === answer.place
  const start = allowed.find(isOfAnswer)
  const isRight = start !== undefined && oracle.areClaimsOf(start, request.patient, answer.claims)
  expect({ request, answer, allowed, isRight }).toMatchObject({ isRight: true })
}

function judge(request: Request, answer: Answer, open: Open): void {
  const session = open.sessions.find(({ id }) => id === request.session)
  if (session) judgeJoining(request, answer, session, open)
  else judgeBeginning(request, answer, open)
}

/** Keeps the oracle's books. */
function enter(
  request: Request,
  { id, row, place, claims }: Answer,
  { clinic, oracle, sessions }: Open,
): void {
  if (id === null) return
  for (const claim of claims) oracle.diary.take(claim)
  const joined = sessions.find((session) => session.id === request.session)
  if (joined) joined.places_left--
  if (request.kind !== 'session' || request.at === null) return
  counted.sessions++
  const { minutes = 0, capacity } = clinic.types[request.type as number] ?? {}
  const time = { from: request.at, to: request.at + minutes }
  sessions.push({ id, row, place, places_left: capacity as number, ...time })
}

/** Some of what is offered, and some that is just beside what is possible. */
async function tryStarts(tries: Wish[], offered: Start[], open: Open): Promise<void> {
  const requests = tries.flatMap((wish): Request[] => {
    const start = offered[wish.pick % offered.length]
    const free = { kind: 'book' as const, by_desk: wish.by_desk, patient: 4, session: null }
    const beside = toRequests({ ...wish, kind: 'book' }, open.clinic, open.oracle, open.sessions)
    return start ? [{ ...free, ...start }, ...beside] : beside
  })
  const answers = await attempt(client, open.clinic, requests, false)
  for (const [n, request] of requests.entries()) judge(request, answers[n] as Answer, open)
}

async function compareOffers({ clinic, oracle }: Open, byDesk: boolean): Promise<Start[]> {
  const offered = await listOffered(client, clinic, byDesk)
  expect(offered).toEqual(listOffers(clinic, oracle))
  counted.offered += offered.length
  return offered
}

async function compareClinics({ clinic, agreed, wishes, tries, byDesk }: Case): Promise<void> {
  const { entries, counts, expired, sessions } = enterAgreed(clinic, agreed)
  const oracle = new ClinicOracle(clinic)
  for (const claim of counts) oracle.diary.take(claim)
  const open = { clinic, oracle, sessions }
  await storeClinic(client, clinic, entries)
  // Before any request has released the expired holds.
  const offered = await compareOffers(open, byDesk)
  const asIfHeld = new ClinicOracle(clinic)
  for (const claim of [...counts, ...expired]) asIfHeld.diary.take(claim)
  const lacksHelp = (start: Start) => !asIfHeld.isPossible(start) && asIfHeld.withoutNeeds().isPossible(start)
  const freed = offered.filter(lacksHelp)
  counted.freed += freed.length
  expect(await listUnmet(client, clinic, freed)).toEqual([])
  for (const wish of wishes) {
    for (const request of toRequests(wish, clinic, oracle, sessions)) {
      const [answer] = await attempt(client, clinic, [request], true)
      judge(request, answer as Answer, open)
      enter(request, answer as Answer, open)
    }
  }
  await tryStarts(tries, await compareOffers(open, byDesk), open)
}

it('what is offered can be booked, and what can be booked is offered', {
  timeout: 60_000 + cases * 400,
}, async () => {
  const inTransaction = async (one: Case) => {
    await client.query('begin')
    await compareClinics(one).finally(() => client.query('rollback'))
  }
  await fc.assert(fc.asyncProperty(clinicsWithWishes, inTransaction), { numRuns: cases, seed })
  // That nothing was compared with nothing.
  const { offered, freed, booked, refused, hasty, sessions, joined } = counted
  expect(offered).toBeGreaterThan(5 * cases)
  expect(Math.min(booked, refused)).toBeGreaterThan(cases)
  expect(sessions + joined + freed + hasty).toBeGreaterThan(cases / 4)
  expect(Math.min(sessions, freed, hasty)).toBeGreaterThan(0)
  // Each of these is rare enough for a short run to have hardly any by chance.
  if (cases >= 500) expect(Math.min(sessions, joined, freed, hasty)).toBeGreaterThan(cases / 20)
})
