import { describe, expect, it } from 'vitest'
import type { Column, Entry } from '../../../../src/clinic/day/columns.ts'
import type { DayClock } from '../../../../src/clinic/day/day.ts'
import { axisOf, labelsOf, lineOf, rowsOf, tracksOf } from '../../../../src/web/desk/day/axis.ts'
import { sidesOf } from '../../../../src/web/desk/day/lanes.ts'

const plain: DayClock = { date: '2026-10-24', start: 0, end: 1440, firstMinute: 0, changes: null, shift: 0 }
/** Berlin: at 03:00 clocks go back to 02:00. */
const autumn: DayClock = { ...plain, date: '2026-10-25', end: 1500, changes: 180, shift: -60 }
/** At 02:00 clocks go forward to 03:00. */
const spring: DayClock = { ...plain, date: '2027-03-28', end: 1380, changes: 120, shift: 60 }

const column = (clock: DayClock, ...spans: [number, number][]): Column => ({
  clock,
  doctor: null,
  room: null,
  isUsed: true,
  entries: spans.map(([start, end]): Entry => ({ kind: 'free', start, end })),
})

const times = (columns: Column[]) => labelsOf(axisOf(columns)).map(({ clock }) => clock)

describe('the hours that are shown', () => {
  it('are whole, and eight to five when nothing happens', () => {
    expect(axisOf([column(plain, [490, 550])])).toMatchObject({ from: 480, until: 600 })
    expect(tracksOf(axisOf([column(plain)]))).toBe(9 * 12)
  })

  it('have the hour that comes twice, twice', () => {
    expect(times([column(autumn, [60, 300])])).toEqual([
      ...['01:00', '01:30', '02:00', '02:30', '02:00', '02:30'],
      ...['03:00', '03:30'],
    ])
  })

  it('have the skipped hour, which the clock shows', () => {
    expect(times([column(spring, [60, 180])])).toEqual([
      ...['01:00', '01:30', '02:00', '02:30'],
      ...['03:00', '03:30'],
    ])
  })
})

describe('rows', () => {
  it('cover whole tracks of five minutes', () => {
    const axis = axisOf([column(plain, [480, 600])])
    expect(rowsOf(axis, plain, { start: 480, end: 495 })).toEqual({ row: 1, span: 3 })
    expect(rowsOf(axis, plain, { start: 487, end: 494 })).toEqual({ row: 2, span: 2 })
    expect(rowsOf(axis, plain, { start: 700, end: 715 })).toBeNull()
  })

  it('of the same clock time stand beside one another on all days, whatever clocks do', () => {
    const columns = [column(plain, [60, 600]), column(autumn, [60, 660])]
    const axis = axisOf(columns)
    const nine = (clock: DayClock, at: number) => rowsOf(axis, clock, { start: at, end: at + 30 })
    expect(nine(plain, 540)).toEqual(nine(autumn, 600))
    // The second time is one hour further down.
    expect(nine(autumn, 195)?.row).toBe((nine(autumn, 135)?.row ?? 0) + 12)
  })

  it('leave room for the skipped hour', () => {
    const axis = axisOf([column(spring, [60, 240])])
    expect(rowsOf(axis, spring, { start: 90, end: 150 })).toEqual({ row: 7, span: 24 })
    expect(rowsOf(axis, spring, { start: 120, end: 120 })).toEqual({ row: 13, span: 12 })
  })
})

it('the now line is between two tracks to the minute', () => {
  const axis = axisOf([column(plain, [480, 720])])
  expect(lineOf(axis, plain, 624)).toEqual({ row: 29, past: 4 })
  expect(lineOf(axis, plain, 900)).toBeNull()
})

describe('entries at the same time', () => {
  const placed = (status: string, row: number, span = 6) =>
    ({
      row,
      span,
      entry: status === 'free' ? { kind: 'free' } : { kind: 'appointment', one: { status } },
    }) as Parameters<typeof sidesOf>[0][number]

  it('stand beside one another', () => {
    expect(sidesOf([placed('noshow', 1), placed('booked', 1), placed('booked', 7)])).toEqual([
      ' w2 k0',
      ' w2 k1',
      '',
    ])
  })

  it('leave a strip for the free minutes beside what gave them back', () => {
    const sides = sidesOf([placed('free', 1, 3), placed('cancelled', 1), placed('free', 4, 3)])
    expect(sides).toEqual([' slim', ' wide', ' slim'])
  })
})
