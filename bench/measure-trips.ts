import { firstFree, monthOfNextDoctor, page, read, wish, write } from './asks.ts'
import type { FreeSlot } from './free-slots.ts'
import { type Answer, type Ask, describe } from './load.ts'
import type { BenchPatient, Scene } from './scene.ts'
import type { Site, Stage } from './stage.ts'
import { median } from './statistics.ts'

interface OperationTrips {
  operation: string
  /** Trips over the bridge: the median, and the most. */
  trips: number
  mostTrips: number
  p50: number
  times: number
}

export interface TripsResult {
  roundTripMs: number
  operations: OperationTrips[]
  unexpected: Record<string, number>
}

const roundTripMs = 50

type Measure = (operation: string, ask: Ask) => Promise<Answer>

/** How many trips each operation makes to a database 50 ms away, and how long it takes. */
export function measureTrips(stage: Stage): Promise<TripsResult> {
  const { options } = stage
  const goThrough = async (far: Site): Promise<TripsResult> => {
    const taken = new Map<string, { trips: number; milliseconds: number }[]>()
    const unexpected: Record<string, number> = {}
    let isWarm = false
    const measure: Measure = async (operation, ask) => {
      await far.bridge.take()
      const answer = await far.client.send(ask)
      const { trips } = await far.bridge.take()
      if (answer.status >= 300) {
        const said = `${operation}: ${describe(answer)}`
        unexpected[said] = (unexpected[said] ?? 0) + 1
      } else if (isWarm) {
        const before = taken.get(operation) ?? []
        taken.set(operation, [...before, { trips, milliseconds: answer.milliseconds }])
      }
      return answer
    }
    for (let round = 0; round <= options.rounds * 5; round++) {
      await runOnce(stage, far, measure)
      isWarm = true
    }
    const operations = [...taken].map(([operation, samples]) => summarise(operation, samples))
    return { roundTripMs, operations, unexpected }
  }
  return stage.beside('clinic', goThrough, { delayMs: roundTripMs })
}

function summarise(operation: string, samples: { trips: number; milliseconds: number }[]): OperationTrips {
  const trips = samples.map((sample) => sample.trips)
  return {
    operation,
    trips: median(trips),
    mostTrips: Math.max(...trips),
    p50: median(samples.map(({ milliseconds }) => milliseconds)),
    times: samples.length,
  }
}

/** Runs each operation once as one patient, whose key and session are looked up beforehand. */
async function runOnce({ main }: Stage, far: Site, measure: Measure): Promise<void> {
  const { scene } = main
  const patient = scene.takeIdler()
  const slots = [scene.takeSlot(), scene.takeSlot(), scene.takeSlot(), scene.takeSlot()]
  const [first, second, third, fourth] = slots.map((slot) => slot && { ...slot, patientId: patient.id })
  if (!first || !second || !third || !fourth) throw new Error('There are not enough free times.')
  const { key } = patient
  await far.client.send(read('/appointments?limit=1', key))

  const booked = await measure(
    'book',
    write('POST', '/appointments', key, { appointment: wish(scene, first) }),
  )
  const held = await measure('hold', write('POST', '/holds', key, { hold: wish(scene, second) }))
  const holdId = idIn(held, 'hold')
  await measure('book a hold', write('POST', '/appointments', key, { appointment: { hold_id: holdId } }))
  const id = idIn(booked, 'appointment')
  const move = { doctor_id: third.doctorId, start_at: third.startAt }
  await measure('reschedule', write('PATCH', `/appointments/${id}`, key, { appointment: move }))
  await showPages(scene, far, measure, { patient, slot: fourth, id })
  const cancellation = { reason: 'Of the benchmark' }
  await measure('cancel', write('POST', `/appointments/${id}/cancellation`, key, { cancellation }))
  await measure('list', read('/appointments', key))
  await checkIn(scene, main, far, measure)
  await measure('31 days of a doctor', monthOfNextDoctor(scene)())
  const somewhere = `visit_type_id=${scene.visitTypeId}&location_id=${scene.locationIds[0]}`
  await measure('first free at a location', read(`/slots?${somewhere}`))
  await measure(`first free of ${scene.fiveHundred.doctors}`, firstFree(scene))
}

async function showPages(
  scene: Scene,
  far: Site,
  measure: Measure,
  { patient, slot, id }: { patient: BenchPatient; slot: FreeSlot; id: number },
): Promise<void> {
  const cookie = await scene.signIn(patient)
  const finder = `/booking?visit_type_id=${scene.visitTypeId}&location_id=${scene.locationIds[0]}`
  await far.client.send(page('/appointments', cookie))
  await measure('booking page', page('/booking'))
  await measure('booking page with times', page(finder))
  await measure('booking page, signed in', page(finder, cookie))
  const held = await far.client.send(write('POST', '/holds', patient.key, { hold: wish(scene, slot) }))
  const holdId = idIn(held, 'hold')
  await measure('hold page', page(`/booking/holds/${holdId}`, cookie))
  await far.client.send({ ...read(`/holds/${holdId}`, patient.key), method: 'DELETE' })
  await measure('confirmation', page(`/booking/confirmation/${id}`, cookie))
}

/** Checks in a patient who was booked for now, outside the hours. */
async function checkIn(scene: Scene, near: Site, far: Site, measure: Measure): Promise<void> {
  const startAt = new Date(Math.ceil(Date.now() / 60_000) * 60_000).toISOString()
  const endAt = new Date(Date.parse(startAt) + 300_000).toISOString()
  const { rows } = await scene.sql.query(
    `select doctor.id::int
     from doctors doctor
     join locations location on location.id = doctor.location_id
     where not exists (
       select from claims
       where resource_id = doctor.resource_id and during && tstzrange($1::timestamptz, $2::timestamptz)
     )
     and local_day($1::timestamptz, location.time_zone) = local_day(now(), location.time_zone)
     order by doctor.id
     limit 1`,
    [startAt, endAt],
  )
  const { rows: free } = await scene.sql.query(
    `select patient.id::int from unnest($3::bigint[]) patient (id)
     where not exists (
       select from claims
       where resource_id = resource_of_patient(patient.id) and during && tstzrange($1::timestamptz, $2::timestamptz)
     ) limit 1`,
    [startAt, endAt, scene.patients.map(({ id }) => id)],
  )
  if (!rows[0] || !free[0])
    throw new Error('No doctor and patient are free now, so nobody can be checked in.')
  const appointment = {
    doctor_id: rows[0].id,
    patient_id: free[0].id,
    start_at: startAt,
    end_at: endAt,
    override_reason: 'Of the benchmark',
  }
  const booked = await near.client.send(write('POST', '/appointments', scene.deskKey, { appointment }))
  await far.client.send(read('/appointments?limit=1', scene.deskKey))
  const arrival = write(
    'POST',
    `/appointments/${idIn(booked, 'appointment')}/arrival`,
    scene.deskKey,
    undefined,
  )
  await measure('check in', arrival)
}

function idIn({ body }: Answer, noun: string): number {
  return Number(JSON.parse(body || '{}')[noun]?.id ?? 0)
}
