import { expect, it } from 'vitest'
import { visitTypeFields } from '../../../../src/clinic/availability/define-visit-type.ts'
import { snakeKeys } from '../../../../src/clinic/snake-case.ts'
import { readNeeds, showNeeds } from '../../../../src/web/admin/form/need-lines.ts'

const shape = visitTypeFields.needs

it('needs are written one on a line, and read as they were written', () => {
  const text =
    'room: ultrasound, x-ray (5, 10)\ndevice: laser\nrole: nurse\nrole: doctor, Paediatrics (0, 15)'
  const read = shape.parse(readNeeds(text))
  expect(read).toEqual([
    { type: 'room', kinds: ['ultrasound', 'x-ray'], beforeMinutes: 5, afterMinutes: 10 },
    { type: 'device', kinds: ['laser'], beforeMinutes: 0, afterMinutes: 0 },
    { type: 'role', role: 'nurse', specialty: null, beforeMinutes: 0, afterMinutes: 0 },
    { type: 'role', role: 'doctor', specialty: 'Paediatrics', beforeMinutes: 0, afterMinutes: 15 },
  ])
  expect(showNeeds(read.map(snakeKeys))).toBe(text)
})

it('what is no need is refused, and no line is no need', () => {
  for (const text of [
    'ultrasound',
    'room:',
    'room: a (5)',
    'room: a (500, 0)',
    'bed: a',
    Array(9).fill('room: a').join('\n'),
  ])
    expect(shape.safeParse(readNeeds(text)).success).toBe(false)
  expect(readNeeds(' \n')).toEqual([])
  expect(shape.parse(readNeeds(' ROOM:a( 1,2 )\r\n'))).toMatchObject([
    { type: 'room', kinds: ['a'], beforeMinutes: 1 },
  ])
})
