import type { Day, Minute } from '../../../clinic/day/day.ts'
import type { Copy } from '../../../i18n/en.ts'
import type { Frame } from '../../frame.ts'
import type { Times } from './times.ts'
import type { DayView } from './view.ts'

/** What every part of the page is made from. */
export interface DayProps {
  frame: Frame
  words: Copy['desk']['day']
  day: Day
  view: DayView
  times: Times
  /** Of all forms on the page: their addresses and versions differ. */
  formKey: string
  /** Whether the person may book for every doctor. */
  isDesk: boolean
  /** The doctor whose page it is; they book with themselves. */
  ownDoctorId?: number | null
}

/** Whether a free minute of a doctor, or of a room, is offered. */
export const mayBook = ({ isDesk, ownDoctorId }: DayProps, doctorId: number | undefined): boolean =>
  isDesk || (doctorId !== undefined && doctorId === ownDoctorId)

/** For the script, which hears which days have changed. */
export const datesOf = ({ days }: Day) => ({
  'data-from': days[0]?.date,
  'data-to': days.at(-1)?.date,
})

/** A running clock for the script: since when, and the words around the minutes. */
export const running = (since: Minute | null, say: (minutes: number) => string) => ({
  since: since ?? '',
  words: say(0).replace('0', '{}'),
})
