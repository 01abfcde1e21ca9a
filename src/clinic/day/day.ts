import type { Appointment } from '../appointments/find.ts'
import type { UndoOffer } from './undo-offer.ts'

/** Since 1970, in whole minutes: what the page computes with. `clock.ts` reads them on the location's clock. */
export type Minute = number

/** `[from, until)`. */
export type Range = readonly [from: Minute, until: Minute]

/** One local day. */
export interface DayClock {
  /** `2026-11-30`. */
  date: string
  start: Minute
  end: Minute
  /** Of the day on its clock: 60 where a gap skips midnight. */
  firstMinute: number
  /** From then on clocks show this many minutes more, or less; null on the usual day. */
  changes: Minute | null
  shift: number
}

/** Time that is taken out of somebody's hours. */
export interface Absence {
  id: number
  /** A block is time in the clinic; in a reserve the front desk may book. */
  kind: 'away' | 'block' | 'reserve'
  name: string | null
  start: Minute
  end: Minute
  /** The local date on which it ends. */
  returnsOn: string
}

export interface DayDoctor {
  id: number
  name: string
  specialty: string
  gridMinutes: number
  isActive: boolean
  hours: Range[]
  off: Absence[]
  /** From now on, for an appointment without buffers. */
  free: Range[]
  /** Of a doctor without free time on these days, on the wall clock; null if there is none in a month. */
  nextFree: string | null
}

export interface DayRoom {
  id: number
  name: string
  kind: string
  open: Range[]
  off: Omit<Absence, 'kind'>[]
  free: Range[]
}

type Flag = 'form_missing' | 'interpreter' | 'balance'

export interface DayAppointment {
  id: number
  version: number
  status: Appointment['status']
  start: Minute
  end: Minute
  doctorId: number
  /** Null for a hold made before signing in, and for a session. */
  patientId: number | null
  patient: string | null
  visitType: string | null
  arrived: Minute | null
  started: Minute | null
  holdExpires: Minute | null
  awaitsApproval: boolean
  /** Of a session; its participants have appointments of their own with its `sessionId`. */
  capacity: number | null
  placesTaken: number
  sessionId: number | null
  seriesId: number | null
  hasNote: boolean
  /** Why the front desk put it outside the usual rules. */
  overrideReason: string | null
  /** Why it was cancelled or declined. */
  offBecause: string | null
  isConfirmed: boolean
  /** Of the patient's last five appointments before. */
  kept: number
  missed: number
  flags: Flag[]
  walkInNumber: number | null
  rooms: number[]
  /** Other doctors who take part. */
  colleagues: number[]
  /** Of a patient who is late. */
  phone: string | null
  /** When and by whom a no-show or a cancellation was marked. */
  marked: Minute | null
  markedBy: string | null
  /** When the patient will be told of the cancellation; until then it can be undone unseen. */
  told: Minute | null
}

/** Who waits without an appointment. */
export interface DayWalkIn {
  id: number
  number: number
  patientId: number
  patient: string
  visitTypeId: number
  visitType: string
  /** Whom they asked for; null for any doctor. */
  doctorId: number | null
  doctor: string | null
  /** On the location's clock. */
  cameLocal: string
  /** When it is likely their turn, and with whom; null when nothing is free today any more. */
  expectedLocal: string | null
  expectedDoctorId: number | null
  expectedDoctor: string | null
}

export interface DayNote {
  id: number
  text: string
  writtenBy: string | null
  /** On the location's clock. */
  expiresLocal: string
}

export interface Day {
  location: { id: number; name: string; timeZone: string }
  /** Those that the person may see, by name. */
  locations: { id: number; name: string }[]
  today: DayClock
  now: Minute
  days: DayClock[]
  closures: Omit<Absence, 'kind'>[]
  doctors: DayDoctor[]
  /** All whose days the person may see there, whoever is chosen. */
  colleagues: { id: number; name: string; specialty: string }[]
  /** Empty unless the columns are rooms. */
  rooms: DayRoom[]
  roomNames: Record<string, string>
  /** In order of their start. Whoever is here now is among them, whatever days are shown. */
  appointments: DayAppointment[]
  walkIns: DayWalkIn[]
  notes: DayNote[]
  /** Walk-ins who left, and notes that were cleared, in the last ten minutes, so that it can be undone. */
  justLeft: { id: number; number: number; patient: string }[]
  justCleared: { id: number; text: string }[]
  /** What the person has just done. */
  undoOffer: UndoOffer | null
  /** How many appointments wait to be worked through. */
  strandedCount: number
  /** After how many minutes staff are alerted. */
  alerts: { late: number; waiting: number; withDoctor: number }
}
