import { expect, it } from 'vitest'
import { readSlotValue, toSlotValue } from '../../src/http/slot-value.ts'

it('reads what a slot button sends', () => {
  const sent = toSlotValue(7, '2026-11-23T09:00+07:00')
  expect(readSlotValue(sent)).toEqual({ doctorId: 7, startAt: '2026-11-23T02:00:00.000Z' })
})

it.each([
  undefined,
  '',
  '7',
  '7/',
  '/2026-11-23T09:00Z',
  'x/2026-11-23T09:00Z',
  '7/2026-11-23T09:00',
  '7/2026-11-23T09:00Z/1',
])('reads no slot from %j', (sent) => expect(readSlotValue(sent)).toBeNull())
