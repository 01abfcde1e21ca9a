import { randomUUID } from 'node:crypto'
import type { FreeSlot } from './free-slots.ts'
import type { Ask, LoadClient } from './load.ts'
import type { Scene } from './scene.ts'

const day = 86_400_000

/** Reads with the key; an empty one means none. */
export function read(path: string, key = ''): Ask {
  return { method: 'GET', path: `/api/v1${path}`, headers: key ? { authorization: `Bearer ${key}` } : {} }
}

/** Changes something, with a new idempotency key. */
export function write(method: 'POST' | 'PATCH', path: string, key: string, body: unknown): Ask {
  const headers: Record<string, string> = {
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
    'idempotency-key': `"${randomUUID()}"`,
  }
  if (method === 'PATCH') headers['if-match'] = '*'
  return { method, path: `/api/v1${path}`, headers, body: JSON.stringify(body) }
}

export const page = (path: string, cookie?: string): Ask => ({
  method: 'GET',
  path,
  headers: { 'accept-language': 'en', ...(cookie && { cookie }) },
})

export function wish({ visitTypeId }: Scene, { doctorId, patientId, startAt }: FreeSlot) {
  return { visit_type_id: visitTypeId, doctor_id: doctorId, patient_id: patientId, start_at: startAt }
}

/** Makes the Worker look up every key, which it then remembers for a minute. */
export async function showKeys({ client, scene }: { client: LoadClient; scene: Scene }): Promise<void> {
  const keys = [scene.deskKey, ...scene.patients.map(({ key }) => key)]
  await Promise.all(keys.map((key) => client.send(read('/appointments?limit=1', key))))
}

/** Books the next free time as its patient or as the front desk; undefined when there is none. */
export function bookNext(scene: Scene, by: 'patient' | 'desk'): Ask | undefined {
  const slot = scene.takeSlot()
  if (!slot) return undefined
  const key = by === 'desk' ? scene.deskKey : keyOf(scene, slot.patientId)
  return write('POST', '/appointments', key, { appointment: wish(scene, slot) })
}

/** Books the next free time of a doctor and a room as its patient; undefined when there is none. */
export function bookNextWithRoom(scene: Scene): Ask | undefined {
  const { visitTypeId, takeSlot } = scene.withRoom
  const slot = takeSlot()
  if (!slot) return undefined
  const appointment = { ...wish(scene, slot), visit_type_id: visitTypeId }
  return write('POST', '/appointments', keyOf(scene, slot.patientId), { appointment })
}

/** Such a booking without a room, for the bare Worker. */
export function insertNext(scene: Scene): Ask | undefined {
  const slot = scene.takeSlot()
  if (!slot) return undefined
  const row = { ...wish(scene, slot), end_at: slot.endAt }
  return { method: 'POST', path: '/', headers: {}, body: JSON.stringify(row) }
}

export function keyOf(scene: Scene, patientId: number): string {
  const first = scene.patients[0]?.id ?? 0
  // Registered in one statement, but ids may have gaps.
  const near = scene.patients[patientId - first]
  const patient = near?.id === patientId ? near : scene.patients.find(({ id }) => id === patientId)
  return patient?.key ?? ''
}

/** 31 days of one doctor, a different one each time. */
export function monthOfNextDoctor({ doctorIds, visitTypeId }: Scene): () => Ask {
  let turn = 0
  const [from, to] = [date(1), date(31)]
  return () => {
    // A prime, so that consecutive requests do not read neighbouring rows.
    const doctor = doctorIds[(turn++ * 7_919) % doctorIds.length]
    return read(`/doctors/${doctor}/slots?visit_type_id=${visitTypeId}&from=${from}&to=${to}`)
  }
}

export const firstFree = ({ fiveHundred }: Scene): Ask => read(`/slots?${fiveHundred.query}`)
export const firstFreeWithRoom = ({ fiveHundredWithRooms }: Scene): Ask =>
  read(`/slots?${fiveHundredWithRooms.query}`)

/** One location's appointments of one day, a different location each time. */
export function nextDeskDay({ locationIds, deskKey }: Scene): () => Ask {
  let turn = 0
  return () => {
    const location = locationIds[turn++ % locationIds.length]
    return read(
      `/appointments?location_id=${location}&from=${instant(1)}&to=${instant(2)}&limit=100`,
      deskKey,
    )
  }
}

/** A date this many days from today. */
const date = (days: number) => new Date(Date.now() + days * day).toISOString().slice(0, 10)
const instant = (days: number) => `${date(days)}T00:00:00Z`
