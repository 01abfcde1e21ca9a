import { changeBlock, enterBlock, removeBlock } from '../../src/clinic/availability/change-block.ts'
import { enterExtraHours, removeExtraHours } from '../../src/clinic/availability/extra-hours.ts'
import { findBlock, readBlocksPage } from '../../src/clinic/availability/read-blocks-page.ts'
import { keepStranded, reopenStranded } from '../../src/clinic/day/keep-stranded.ts'
import { readStrandedPage } from '../../src/clinic/day/read-stranded-page.ts'
import { clearDayNote, restoreDayNote } from '../../src/clinic/day-notes/clear.ts'
import { writeDayNote } from '../../src/clinic/day-notes/write.ts'
import { addWalkIn } from '../../src/clinic/walk-ins/add.ts'
import { bookWalkIn } from '../../src/clinic/walk-ins/book.ts'
import { leaveWalkIn, returnWalkIn } from '../../src/clinic/walk-ins/leave.ts'
import { readNewWalkIn, readWalkIn } from '../../src/clinic/walk-ins/read-walk-in-pages.ts'
import { findTicket } from '../../src/clinic/walk-ins/ticket.ts'
import type { Explained } from './clinic.ts'
import type { Calls, Recorder } from './recorder.ts'
import { atWork } from './sample-rows.ts'

/** Walk-ins, notes, blocks, and the list of what they strand. */
export const callsOfWalkIns: Calls[] = [takeWalkIns, writeNotes, blockTime, addHours]

async function takeWalkIns({ cast, as, context, sql }: Explained, { call }: Recorder) {
  const { locationId, visitTypeId } = cast
  const desk = context(as.desk)
  // Everyone else may have an appointment right now.
  const idOf = async (query: string) => (await sql.query<{ id: number }>(query)).rows[0]?.id ?? 0
  const patientId = await idOf(`insert into patients (name) values ('Walking In') returning id::int`)
  const doctorId = await idOf(atWork(locationId, 'Dr. Free', visitTypeId))
  await call('the form for a walk-in', () => readNewWalkIn(desk, { locationId, chosenId: patientId }))
  const added = await call('a walk-in comes', () => addWalkIn(desk, { locationId, patientId, visitTypeId }))
  const walkInId = added?.ok ? added.walkIn.id : 0
  await call('a walk-in is looked at', () => readWalkIn(desk, walkInId))
  await call('a walk-in follows the queue', () => findTicket(desk, walkInId))
  await call('a walk-in leaves', () => leaveWalkIn(desk, walkInId))
  await call('a walk-in comes back', () => returnWalkIn(desk, walkInId))
  await call('a walk-in is booked', () =>
    bookWalkIn(desk, { id: walkInId, doctorId, overrideReason: 'Came in pain' }),
  )
}

async function writeNotes({ cast, as, context }: Explained, { call }: Recorder) {
  const desk = context(as.desk)
  const wish = { locationId: cast.locationId, text: 'Lift is out of order' }
  const written = await call('a note is written', () => writeDayNote(desk, wish))
  const noteId = written?.ok ? written.dayNoteId : 0
  await call('a note is cleared', () => clearDayNote(desk, noteId))
  await call('a note is put up again', () => restoreDayNote(desk, noteId))
}

async function blockTime({ cast, as, context, now }: Explained, { call }: Recorder) {
  const desk = context(as.desk)
  const { locationId } = cast
  const [ofId = 0] = cast.doctors
  const on = new Date(now.getTime() + 3 * 86_400_000).toISOString().slice(0, 10)
  const whose = { absentee: 'doctor', ofId } as const
  const span = { startLocal: `${on}T08:00`, endLocal: `${on}T17:00` }
  const wanted = { ...whose, everywhere: false, ...span }
  await call('whom a block would affect', () => readBlocksPage(desk, { locationId, on, wanted }))
  const entered = await call('a block is entered', () => enterBlock(desk, whose, { ...span, kind: 'block' }))
  const blockId = entered?.id ?? 0
  await call('a block is found', () => findBlock(desk, blockId))
  await call('the list to work through', () => readStrandedPage(desk, locationId))
  const [appointmentId = 0] = entered?.appointmentIds ?? []
  if (appointmentId > 0) {
    await call('an appointment stays as it is', () => keepStranded(desk, appointmentId))
    await call('… and is open again', () => reopenStranded(desk, appointmentId))
  }
  const shorter = { ...span, endLocal: `${on}T16:00`, kind: 'block' as const }
  await call('a block is changed', () => changeBlock(desk, whose, blockId, shorter))
  await call('a block is removed', () => removeBlock(desk, whose, blockId))
}

async function addHours({ cast, as, context, now }: Explained, { call }: Recorder) {
  const desk = context(as.desk)
  const [doctorId = 0] = cast.doctors
  const on = new Date(now.getTime() + 3 * 86_400_000).toISOString().slice(0, 10)
  const hours = { locationId: cast.locationId, on, opensAt: '23:30', closesAt: '24:00' }
  const entered = await call('extra hours are entered', () => enterExtraHours(desk, doctorId, hours))
  const id = entered?.ok ? entered.id : 0
  await call('extra hours are removed', () => removeExtraHours(desk, doctorId, id))
}
