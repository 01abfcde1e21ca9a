import { describe, expect, it, vi } from 'vitest'
import { beginSession } from '../../../src/clinic/appointments/begin-session.ts'
import { bookAppointment } from '../../../src/clinic/appointments/book.ts'
import { bookHold } from '../../../src/clinic/appointments/book-hold.ts'
import { cancelAppointment } from '../../../src/clinic/appointments/cancel.ts'
import { cancelSession, moveSession, resizeSession } from '../../../src/clinic/appointments/change-session.ts'
import { changeVisitType } from '../../../src/clinic/appointments/change-visit-type.ts'
import { checkIn } from '../../../src/clinic/appointments/check-in.ts'
import { completeAppointment } from '../../../src/clinic/appointments/complete.ts'
import { confirmAppointment } from '../../../src/clinic/appointments/confirm.ts'
import { declineAppointment } from '../../../src/clinic/appointments/decline.ts'
import { extendHold } from '../../../src/clinic/appointments/extend-hold.ts'
import { holdSlot } from '../../../src/clinic/appointments/hold.ts'
import { joinSession } from '../../../src/clinic/appointments/join-session.ts'
import { markNoShow } from '../../../src/clinic/appointments/mark-no-show.ts'
import { leaveNote } from '../../../src/clinic/appointments/note.ts'
import { reassignAppointment } from '../../../src/clinic/appointments/reassign.ts'
import { releaseHold } from '../../../src/clinic/appointments/release-hold.ts'
import { rescheduleAppointment } from '../../../src/clinic/appointments/reschedule.ts'
import { startAppointment } from '../../../src/clinic/appointments/start.ts'
import type { Beginning, Verb } from '../../../src/clinic/appointments/transitions.ts'
import { undo } from '../../../src/clinic/appointments/undo.ts'
import { takeWalkIn } from '../../../src/clinic/appointments/walk-in.ts'
import type { ClinicContext } from '../../../src/clinic/context.ts'
import type { EventKind } from '../../../src/clinic/events.ts'
import type { Occupancy } from '../../../src/clinic/happenings.ts'
import { tellAll } from '../../../src/edge/listeners.ts'
import { type Answer, appointmentOf } from '../../support/answers.ts'
import { openClinic } from '../../support/clinic.ts'
import { defineVisitType, hireDoctor, locationOf, registerPatient } from '../../support/people.ts'
import { morning, openSendingDesk } from '../../support/sending.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const [monday, tuesday] = ['2026-11-23', '2026-11-24']
const after = (minutes: number) => new Date(morning.getTime() + minutes * 60_000)
const at = (minutes = 0, particulars: Partial<ClinicContext> = {}) =>
  clinic.context({ actor: { kind: 'front_desk', accountId: 7 }, now: after(minutes), ...particulars })

interface Place {
  doctorId: number
  locationId: number
}

async function openPlace(): Promise<Place> {
  const doctorId = await hireDoctor(sql)
  return { doctorId, locationId: await locationOf(sql, doctorId) }
}

const idOf = async (answering: Promise<Answer>) => (await appointmentOf(answering)).id

/** A new doctor and a new patient, with times of half an hour. */
async function openScene() {
  const [place, patientId] = [await openPlace(), await registerPatient(sql)]
  const wish = (startLocal: string) => {
    const start = Date.parse(`${startLocal}:00+07:00`)
    const [startAt, endAt] = [start, start + 1_800_000].map((time) => new Date(time).toISOString())
    return { doctorId: place.doctorId, patientId, startAt: startAt ?? '', endAt }
  }
  const occupancy = (occupies = true, from = monday, to = from, where = place): Occupancy =>
    ({ ...where, from, to, occupies }) as Occupancy
  return {
    wish,
    occupancy,
    patientId,
    group: async (startLocal: string) => {
      const visitTypeId = await defineVisitType(sql, { name: 'Yoga', capacity: 8 })
      await sql.query('insert into doctor_visit_types values ($1, $2) on conflict do nothing', [
        place.doctorId,
        visitTypeId,
      ])
      return { doctorId: place.doctorId, visitTypeId, startAt: wish(startLocal).startAt }
    },
    hold: (startLocal = `${monday}T10:00`) => idOf(holdSlot(at(), wish(startLocal))),
    book: (startLocal = `${monday}T10:00`) => idOf(bookAppointment(at(), wish(startLocal))),
    request: async () => {
      const id = await idOf(bookAppointment(at(), wish(`${monday}T10:00`)))
      await sql.query(
        `update appointments set status = 'pending', awaits_approval = true, hold_expires_at = $2 where id = $1`,
        [id, after(60)],
      )
      return id
    },
  }
}

type Scene = Awaited<ReturnType<typeof openScene>>

/** A verb, which changes nothing when repeated, and its happening. */
interface Row {
  act: () => Promise<unknown>
  kind: EventKind
  version: number
  before: Occupancy | null
  after: Occupancy
  minutes?: number
  formerPatientId?: number
  /** Of a session: it has none. */
  patientId?: null
}

const verbs: Record<Beginning | Verb, (scene: Scene) => Promise<Row>> = {
  hold: async ({ wish, occupancy }) => ({
    act: () => holdSlot(at(), wish(`${monday}T10:00`)),
    kind: 'appointment.held',
    version: 1,
    before: null,
    after: occupancy(),
  }),
  book: async ({ wish, occupancy }) => ({
    act: () => bookAppointment(at(), wish(`${monday}T23:45`)),
    kind: 'appointment.booked',
    version: 1,
    before: null,
    after: occupancy(true, monday, tuesday),
  }),
  'walk in': async ({ wish, occupancy }) => ({
    act: () => takeWalkIn(at(), wish(`${monday}T08:00`)),
    kind: 'appointment.walked_in',
    version: 1,
    before: null,
    after: occupancy(),
  }),
  extend: async ({ hold, occupancy }) => {
    const id = await hold()
    const act = () => extendHold(at(), id)
    return { act, kind: 'appointment.extended', version: 2, before: occupancy(), after: occupancy() }
  },
  release: async ({ hold, occupancy }) => {
    const id = await hold()
    const act = () => releaseHold(at(), id)
    return { act, kind: 'appointment.released', version: 2, before: occupancy(), after: occupancy(false) }
  },
  'book hold': async ({ hold, occupancy }) => {
    const holdId = await hold()
    const act = () => bookHold(at(), { holdId })
    return { act, kind: 'appointment.booked', version: 2, before: occupancy(), after: occupancy() }
  },
  reschedule: async ({ book, occupancy }) => {
    const [id, other] = [await book(), await openPlace()]
    const whereto = { startAt: '2026-11-24T10:00', doctorId: other.doctorId }
    return {
      act: () => rescheduleAppointment(at(), { id, ...whereto }),
      kind: 'appointment.rescheduled',
      version: 2,
      before: occupancy(),
      after: occupancy(true, tuesday, tuesday, other),
    }
  },
  'change visit type': async ({ wish, book, occupancy }) => {
    const id = await book()
    const visitTypeId = await defineVisitType(sql, { name: 'Longer' })
    const { doctorId } = wish(`${monday}T10:00`)
    await sql.query('insert into doctor_visit_types values ($1, $2)', [doctorId, visitTypeId])
    return {
      act: () => changeVisitType(at(), { id, visitTypeId }),
      kind: 'appointment.visit_type_changed',
      version: 2,
      before: occupancy(),
      after: occupancy(),
    }
  },
  reassign: async ({ wish, patientId, occupancy }) => {
    const formerPatientId = await registerPatient(sql)
    const id = await idOf(bookAppointment(at(), { ...wish(`${monday}T10:00`), patientId: formerPatientId }))
    const act = () => reassignAppointment(at(), { id, patientId, reason: 'Her sister' })
    const facts = { version: 2, before: occupancy(), after: occupancy(), formerPatientId }
    return { act, kind: 'appointment.reassigned', ...facts }
  },
  confirm: async ({ request, occupancy }) => {
    const id = await request()
    const act = () => confirmAppointment(at(), id)
    return { act, kind: 'appointment.confirmed', version: 2, before: occupancy(), after: occupancy() }
  },
  decline: async ({ request, occupancy }) => {
    const id = await request()
    const act = () => declineAppointment(at(), { id, reason: 'Not done here' })
    return { act, kind: 'appointment.declined', version: 2, before: occupancy(), after: occupancy(false) }
  },
  cancel: async ({ book, occupancy }) => {
    const id = await book()
    const act = () => cancelAppointment(at(), { id, reason: 'Ill' })
    return { act, kind: 'appointment.cancelled', version: 2, before: occupancy(), after: occupancy(false) }
  },
  'check in': async ({ book, occupancy }) => {
    const id = await book()
    const act = () => checkIn(at(), id)
    return { act, kind: 'appointment.arrived', version: 2, before: occupancy(), after: occupancy() }
  },
  'undo check-in': async ({ book, occupancy }) => {
    const id = await book()
    await checkIn(at(), id)
    const act = () => undo(at(), id, 'undo check-in')
    return { act, kind: 'appointment.reopened', version: 3, before: occupancy(), after: occupancy() }
  },
  start: async ({ book, occupancy }) => {
    const id = await book()
    await checkIn(at(), id)
    const act = () => startAppointment(at(), id)
    return { act, kind: 'appointment.started', version: 3, before: occupancy(), after: occupancy() }
  },
  'undo start': async ({ book, occupancy }) => {
    const id = await book()
    await checkIn(at(), id)
    await startAppointment(at(), id)
    const act = () => undo(at(), id, 'undo start')
    return { act, kind: 'appointment.start_undone', version: 4, before: occupancy(), after: occupancy() }
  },
  note: async ({ book, occupancy }) => {
    const id = await book()
    const act = () => leaveNote(at(), { id, note: 'Needs a wheelchair' })
    return { act, kind: 'appointment.noted', version: 2, before: occupancy(), after: occupancy() }
  },
  complete: async ({ book, occupancy }) => {
    const id = await book()
    await checkIn(at(), id)
    const act = () => completeAppointment(at(), id)
    return { act, kind: 'appointment.fulfilled', version: 3, before: occupancy(), after: occupancy() }
  },
  'undo completion': async ({ book, occupancy }) => {
    const id = await book()
    await checkIn(at(), id)
    await completeAppointment(at(), id)
    const act = () => undo(at(), id, 'undo completion')
    return { act, kind: 'appointment.reopened', version: 4, before: occupancy(), after: occupancy() }
  },
  'mark no-show': async ({ book, occupancy }) => {
    const [id, minutes] = [await book(), 125]
    const act = () => markNoShow(at(minutes), id)
    const facts = { version: 2, before: occupancy(), after: occupancy(false), minutes }
    return { act, kind: 'appointment.missed', ...facts }
  },
  'undo no-show': async ({ book, occupancy }) => {
    const [id, minutes] = [await book(), 130]
    await markNoShow(at(125), id)
    const act = () => undo(at(minutes), id, 'undo no-show')
    const facts = { version: 3, before: occupancy(false), after: occupancy(), minutes }
    return { act, kind: 'appointment.reopened', ...facts }
  },
  'begin session': async ({ group, occupancy }) => {
    const act = async () => beginSession(at(), await group(`${monday}T10:00`))
    const facts = { version: 1, before: null, after: occupancy(), patientId: null } as const
    return { act, kind: 'appointment.booked', ...facts }
  },
  resize: async ({ group, occupancy }) => {
    const id = await idOf(beginSession(at(), await group(`${monday}T10:00`)))
    const act = () => resizeSession(at(), { id, capacity: 9 })
    const facts = { version: 2, before: occupancy(), after: occupancy(), patientId: null } as const
    return { act, kind: 'appointment.resized', ...facts }
  },
}

it.each(Object.entries(verbs))(
  '%s is announced once, and not again when nothing changes',
  async (_, prepare) => {
    const scene = await openScene()
    const { act, minutes = 0, ...facts } = await prepare(scene)
    clinic.takeHappenings()
    await act()
    expect(clinic.takeHappenings()).toEqual([
      {
        patientId: scene.patientId,
        ...facts,
        appointmentId: expect.any(Number),
        at: after(minutes),
        actorKind: 'front_desk',
      },
    ])
    await act()
    expect(clinic.takeHappenings()).toEqual([])
  },
)

describe('two things change at once:', () => {
  const inBrowser = (minutes = 0) =>
    at(minutes, { actor: { kind: 'anonymous' }, browser: { id: 'one', addressHash: 'one' } })

  it('a browser that holds another slot releases the first', async () => {
    const { wish, occupancy } = await openScene()
    const { patientId: _, ...first } = wish(`${monday}T10:00`)
    const second = { ...first, ...wish(`${tuesday}T10:00`), patientId: undefined }
    const id = await idOf(holdSlot(inBrowser(), first))
    clinic.takeHappenings()
    await holdSlot(inBrowser(1), second)
    const deed = { actorKind: 'anonymous', at: after(1) }
    expect(clinic.takeHappenings()).toMatchObject([
      { kind: 'appointment.released', appointmentId: id, version: 2, before: occupancy(), ...deed },
      { kind: 'appointment.held', version: 1, after: occupancy(true, tuesday), ...deed },
    ])
  })
})

describe('a session and everyone who takes part:', () => {
  async function openClass() {
    const scene = await openScene()
    const session = await idOf(beginSession(at(), await scene.group(`${monday}T10:00`)))
    const other = await registerPatient(sql)
    const join = (patientId: number) => idOf(joinSession(at(), { sessionId: session, patientId }))
    const places = [await join(scene.patientId), await join(other)]
    clinic.takeHappenings()
    return { ...scene, session, places, patients: [scene.patientId, other] }
  }
  const told = (kind: string, before: Occupancy, after: Occupancy, { session, places, patients }: Told) =>
    [session, ...places].map((appointmentId, n) => ({
      kind,
      appointmentId,
      patientId: patients[n - 1] ?? null,
      before,
      after,
    }))
  type Told = Pick<Awaited<ReturnType<typeof openClass>>, 'session' | 'places' | 'patients'>
  const idIn = (happening: object) => ('appointmentId' in happening ? Number(happening.appointmentId) : 0)
  const byId = (happenings: object[]) => happenings.toSorted((a, b) => idIn(a) - idIn(b))

  it('each is told that it is cancelled', async () => {
    const { occupancy, ...rest } = await openClass()
    await cancelSession(at(), { id: rest.session, reason: 'Snow' })
    expect(byId(clinic.takeHappenings())).toMatchObject(
      told('appointment.cancelled', occupancy(), occupancy(false), rest),
    )
  })

  it('each is told that it is moved', async () => {
    const { occupancy, ...rest } = await openClass()
    await moveSession(at(), { id: rest.session, startAt: `${tuesday}T10:00` })
    expect(byId(clinic.takeHappenings())).toMatchObject(
      told('appointment.rescheduled', occupancy(), occupancy(true, tuesday), rest),
    )
  })
})

describe('an expired hold', () => {
  const late = 11
  const released = (id: number, { occupancy }: Scene) => ({
    kind: 'appointment.released',
    appointmentId: id,
    version: 2,
    before: occupancy(false),
    after: occupancy(false),
    actorKind: 'system',
    at: after(late),
  })
  /** Another patient's, of the same doctor. */
  const holdBeside = async ({ wish }: Scene, startLocal: string) =>
    idOf(holdSlot(at(), { ...wish(startLocal), patientId: await registerPatient(sql) }))

  it.each<[string, string, (scene: Scene) => Promise<() => Promise<unknown>>]>([
    [
      'a booking',
      'appointment.booked',
      async ({ wish }) => {
        return () => bookAppointment(at(late), wish(`${monday}T10:00`))
      },
    ],
    [
      'a move',
      'appointment.rescheduled',
      async ({ book }) => {
        const id = await book(`${monday}T12:00`)
        return () => rescheduleAppointment(at(late), { id, startAt: `${monday}T10:00` })
      },
    ],
    [
      'the undoing of a no-show',
      'appointment.reopened',
      async ({ book }) => {
        const id = await book(`${monday}T08:00`)
        await markNoShow(at(1), id)
        return () => undo(at(late), id, 'undo no-show')
      },
    ],
  ])('that is in the way of %s is released by the clock', async (_, kind, prepare) => {
    const scene = await openScene()
    const act = await prepare(scene)
    const id = await holdBeside(scene, `${monday}T10:00`)
    clinic.takeHappenings()
    await act()
    expect(clinic.takeHappenings()).toMatchObject([released(id, scene), { kind, actorKind: 'front_desk' }])
  })

  it('of the same patient is released when another is booked', async () => {
    const scene = await openScene()
    const id = await scene.hold()
    const holdId = await idOf(holdSlot(at(5), scene.wish(`${monday}T12:00`)))
    clinic.takeHappenings()
    await bookHold(at(late), { holdId })
    expect(clinic.takeHappenings()).toMatchObject([released(id, scene), { kind: 'appointment.booked' }])
  })

  it('is released even when the booking is refused', async () => {
    const scene = await openScene()
    await scene.book(`${monday}T10:30`)
    const id = await holdBeside(scene, `${monday}T10:00`)
    clinic.takeHappenings()
    const { startAt, ...wish } = scene.wish(`${monday}T10:00`)
    const tooLong = { ...wish, startAt, endAt: new Date(Date.parse(startAt) + 3_600_000).toISOString() }
    const patientId = await registerPatient(sql)
    expect(await bookAppointment(at(late), { ...tooLong, patientId })).toMatchObject({
      refusal: 'slot_taken',
    })
    expect(clinic.takeHappenings()).toMatchObject([released(id, scene)])
  })
})

describe('a verb that fails', () => {
  it('announces nothing when the commit fails', async () => {
    const { wish, book } = await openScene()
    const id = await book(`${monday}T15:00`)
    clinic.takeHappenings()
    await sql.query(`
      create function fail() returns trigger language plpgsql as $$ begin raise 'no commit'; end $$;
      create constraint trigger fail after insert on events deferrable initially deferred
      for each row execute function fail()`)
    const failed = /no commit/
    try {
      await expect(holdSlot(at(), wish(`${monday}T10:00`))).rejects.toMatchObject({
        cause: { message: failed },
      })
      await expect(checkIn(at(), id)).rejects.toMatchObject({ cause: { message: failed } })
    } finally {
      await sql.query('drop function fail cascade')
    }
    expect(clinic.takeHappenings()).toEqual([])
  })
})

it('a retry with the same key announces the same again', async () => {
  const sending = await openSendingDesk(clinic)
  const [key, wish] = [sending.newKey(), await sending.wish()]
  clinic.takeHappenings()
  await bookAppointment(sending.withKey(key), wish)
  const told = clinic.takeHappenings()
  expect(told).toMatchObject([{ kind: 'appointment.booked', version: 1 }])
  await bookAppointment(sending.withKey(key), wish)
  expect(clinic.takeHappenings()).toEqual(told)
})

it('a failing listener is reported without affecting the answer or other listeners', async () => {
  const { wish } = await openScene()
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  const heard: string[] = []
  const listeners = [
    () => {
      throw new Error('one listener failed')
    },
    () => Promise.reject(new Error('another listener failed')),
    ({ kind }: { kind: string }) => void heard.push(kind),
  ]
  const work: Promise<void>[] = []
  const tell = tellAll(listeners, (more) => work.push(more))
  const answer = await bookAppointment(at(0, { tell }), wish(`${monday}T10:00`))
  expect(answer).toMatchObject({ ok: true })
  await Promise.all(work)
  expect(heard).toEqual(['appointment.booked'])
  const reported = error.mock.calls.map(([line]) => JSON.parse(line).causes[0].message)
  expect(reported.toSorted()).toEqual(['another listener failed', 'one listener failed'])
  error.mockRestore()
})
