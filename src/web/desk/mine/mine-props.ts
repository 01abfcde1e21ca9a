import type { OwnDay } from '../../../clinic/day/read-own-day.ts'
import type { DayProps } from '../day/page.ts'

export interface MineProps extends Omit<DayProps, 'day'> {
  day: OwnDay
  days: 1 | 7
}
