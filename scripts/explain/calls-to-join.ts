import { beginSession } from '../../src/clinic/appointments/begin-session.ts'
import { cancelSession, moveSession, resizeSession } from '../../src/clinic/appointments/change-session.ts'
import { findSessions } from '../../src/clinic/appointments/find-sessions.ts'
import { holdPlace } from '../../src/clinic/appointments/hold.ts'
import { joinSession } from '../../src/clinic/appointments/join-session.ts'
import { readSessionPage } from '../../src/clinic/appointments/read-session-page.ts'
import { rescheduleAppointment } from '../../src/clinic/appointments/reschedule.ts'
import { searchAppointments } from '../../src/clinic/appointments/search.ts'
import type { Explained } from './clinic.ts'
import type { Calls, Recorder } from './recorder.ts'

/** Sets sessions up, fills and changes them. */
export const callsToJoin: Calls[] = [join]

async function join({ cast, as, sql, ...clinic }: Explained, { call, refused }: Recorder) {
  const { doctors, locationId } = cast
  const [doctorId] = doctors
  const desk = clinic.context(as.desk)
  const newId = async (query: string): Promise<number> => (await sql.query(query)).rows[0].id
  const visitTypeId = await newId(`
    with visit as (insert into visit_types (name, minutes, capacity) values ('Explained group', 30, 2) returning id)
    insert into doctor_visit_types select ${doctorId}, id from visit returning visit_type_id::int as id`)
  const newPatient = () =>
    newId(`insert into patients (name) values ('Explained participant') returning id::int`)
  const begin = async () => {
    const startAt = await clinic.takeSlot(doctorId)
    return call('the desk sets a session up', () => beginSession(desk, { doctorId, visitTypeId, startAt }))
  }
  const [{ appointment: first }, { appointment: second }] = [await begin(), await begin()]
  const [one, other] = [await newPatient(), await newPatient()]
  const place = await call('the desk books a place', () =>
    joinSession(desk, { sessionId: first.id, patientId: one }),
  )
  await call('the desk holds a place', () => holdPlace(desk, { sessionId: first.id, patientId: other }))
  await refused('a place in a full session', 'session_full', async () =>
    joinSession(desk, { sessionId: first.id, patientId: await newPatient() }),
  )
  await call('someone moves to another session', () =>
    rescheduleAppointment(desk, { id: place.appointment.id, sessionId: second.id }),
  )
  await call('the desk gives a session another capacity', () =>
    resizeSession(desk, { id: second.id, capacity: 9 }),
  )
  await call('the desk moves a session', async () =>
    moveSession(desk, { id: second.id, startAt: await clinic.takeSlot(doctorId) }),
  )
  for (const [who, actor] of Object.entries({ everyone: as.patient, 'the desk': as.desk }))
    await call(`sessions for ${who}`, () =>
      findSessions(clinic.context(actor), { visitTypeId, locationId, doctorId, limit: 50 }),
    )
  const after = { startAt: new Date(first.startAt), id: first.id }
  await call('… after a page', () => findSessions(desk, { visitTypeId, limit: 50, after }))
  await call('the page of a session is read', () =>
    readSessionPage(desk, second.id, { typed: 'Explained', chosenId: one }),
  )
  await call('the desk lists who takes part', () =>
    searchAppointments(desk, { sessionId: second.id, limit: 50 }),
  )
  await call('the desk cancels a session', () => cancelSession(desk, { id: second.id, reason: 'Snow' }))
}
