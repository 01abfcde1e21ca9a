import { describe, expect, it } from 'vitest'
import { id, instant, instantOrWallClock, minuteOrWallClock } from '../../src/clinic/shapes.ts'

const faultIn = (schema: typeof id | typeof instant, written: unknown) =>
  schema.safeParse(written).error?.issues[0]?.message

describe('an id', () => {
  it.each([7, '7', '0007'])('may be %j', (written) => expect(id.parse(written)).toBe(7))
  it.each([
    0,
    -1,
    1.5,
    '1.5',
    '-1',
    'x',
    ' 7',
    '7e3',
    true,
    {},
    [7],
    2 ** 53,
    '99999999999999999999',
    Number.NaN,
  ])('may not be %j', (written) => expect(faultIn(id, written)).toBe('not_an_id'))
  it.each([undefined, null, ''])('is missing when it is %j', (written) =>
    expect(faultIn(id, written)).toBe('missing'),
  )
})

describe('an instant', () => {
  it.each([
    ['2026-11-23T09:00:00Z', '2026-11-23T09:00:00.000Z'],
    ['2026-11-23T09:00Z', '2026-11-23T09:00:00.000Z'],
    ['2026-11-23t09:00:00z', '2026-11-23T09:00:00.000Z'],
    ['2026-11-23T09:00:00.123456789Z', '2026-11-23T09:00:00.123Z'],
    ['2026-11-23T09:00:00+07:00', '2026-11-23T02:00:00.000Z'],
    ['2026-11-23T09:00:00+0700', '2026-11-23T02:00:00.000Z'],
    ['2026-11-23T00:30:00+05:45', '2026-11-22T18:45:00.000Z'],
    ['2024-02-29T09:00:00-23:59', '2024-03-01T08:59:00.000Z'],
  ])('%s is %s', (written, utc) => expect(instant.parse(written)).toBe(utc))

  it.each(['2026-11-23T09:00', '2026-11-23T09:00:00.5'])('needs an offset, which %s lacks', (written) => {
    expect(faultIn(instant, written)).toBe('no_offset')
  })

  it.each([
    'tomorrow',
    '2026-11-23',
    '2026-02-30T09:00:00Z',
    '2025-02-29T09:00:00Z',
    '2026-11-23T24:00:00Z',
    '2026-11-23T09:60:00Z',
    '2026-11-23T23:59:60Z',
    '2026-11-23 09:00:00Z',
    '2026-11-23T09:00:00+24:00',
    '+002026-11-23T09:00:00Z',
    '0000-01-01T00:00:00Z',
    '9999-01-01T00:00:00Z',
    '2026-11-23T09:00:00Z\n',
    1_795_000_000,
    {},
  ])('is not %j', (written) => expect(faultIn(instant, written)).toBe('not_a_time'))
})

describe('a time in a form', () => {
  it('may be a wall-clock time, which is kept as it is', () => {
    expect(instantOrWallClock.parse('2026-11-23T09:00')).toBe('2026-11-23T09:00')
  })
  it('may be an instant', () => {
    expect(instantOrWallClock.parse('2026-11-23T09:00+07:00')).toBe('2026-11-23T02:00:00.000Z')
  })
  it.each(['2026-02-30T09:00', '2026-11-23T9:00'])('is not %j', (written) => {
    expect(faultIn(instantOrWallClock, written)).toBe('not_a_time')
  })
})

describe('a minute', () => {
  it.each([
    '2026-11-23T09:00',
    '2026-11-23T09:00:00',
    '2026-11-23T09:00:00.000Z',
    '2026-11-23T09:00:00.0+07:00',
  ])('is %s', (written) => expect(minuteOrWallClock.parse(written)).toMatch(/T(09|02):00/))

  it.each([
    '2026-11-23T09:00:30',
    '2026-11-23T09:00:00.001Z',
    '2026-11-23T09:00:30+07:00',
    '2026-11-23T09:00:00.5',
  ])('is not %s', (written) => expect(faultIn(minuteOrWallClock, written)).toBe('not_a_whole_minute'))
})
