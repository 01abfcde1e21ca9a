import type { Day } from '../../../clinic/day/day.ts'
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
  /** Whether the person may book. */
  isDesk: boolean
}

export const isToday = ({ day }: Pick<DayProps, 'day'>) =>
  day.days.some(({ date }) => date === day.today.date)
