import type { Figures } from '../../../clinic/day/read-figures.ts'
import type { Frame } from '../../frame.ts'

export interface FiguresProps {
  frame: Frame
  figures: Figures
  /** As chosen; empty for all. */
  chosen: { location: string; doctor: string }
}

type Words = Frame['copy']['desk']['figures']

export const percent = (words: Words, part: number, whole: number): string =>
  whole === 0 ? words.none : words.share(Math.round((part / whole) * 100))

/** Minutes before the start as days, or as hours of a day. */
export function daysOrHours({ copy }: Frame) {
  const words = copy.desk.figures
  return (minutes: number) =>
    minutes < 24 * 60
      ? words.hours(String(Math.round(minutes / 60)))
      : words.days(Math.round(minutes / (24 * 60)))
}

/** The date so many days later. */
export function later(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
}

/** What an address must say to show the same of another week. */
export function fieldsOf({ chosen }: FiguresProps, on: string): Record<string, string> {
  return { on, ...chosen }
}
