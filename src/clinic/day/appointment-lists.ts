import type { DayAppointment } from './day.ts'

/** As `describe_on_day` answers: of each property a list; null when there is no appointment. */
export type AppointmentLists = { [Name in keyof DayAppointment]: DayAppointment[Name][] }

type Row = { [Name in keyof DayAppointment]: DayAppointment[Name] | undefined }

/** In order of their start. */
export const toAppointments = (lists: AppointmentLists): DayAppointment[] =>
  Array.from(lists.id ?? [], (_, at) => rowAt(lists, at) as DayAppointment).sort(
    (one, other) => one.start - other.start || one.id - other.id,
  )

/** Spelled out: objects that get their properties one by one take several times as long to make, and to read. */
const rowAt = (lists: AppointmentLists, at: number): Row => ({
  id: lists.id[at],
  version: lists.version[at],
  status: lists.status[at],
  start: lists.start[at],
  end: lists.end[at],
  doctorId: lists.doctorId[at],
  patientId: lists.patientId[at],
  patient: lists.patient[at],
  visitType: lists.visitType[at],
  arrived: lists.arrived[at],
  started: lists.started[at],
  holdExpires: lists.holdExpires[at],
  awaitsApproval: lists.awaitsApproval[at],
  capacity: lists.capacity[at],
  placesTaken: lists.placesTaken[at],
  sessionId: lists.sessionId[at],
  seriesId: lists.seriesId[at],
  hasNote: lists.hasNote[at],
  overrideReason: lists.overrideReason[at],
  offBecause: lists.offBecause[at],
  isConfirmed: lists.isConfirmed[at],
  kept: lists.kept[at],
  missed: lists.missed[at],
  flags: lists.flags[at],
  walkInNumber: lists.walkInNumber[at],
  rooms: lists.rooms[at],
  colleagues: lists.colleagues[at],
  phone: lists.phone[at],
  marked: lists.marked[at],
  markedBy: lists.markedBy[at],
  told: lists.told[at],
})
