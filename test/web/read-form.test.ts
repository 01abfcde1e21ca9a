import { expect, it } from 'vitest'
import { id, instant, personName } from '../../src/clinic/shapes.ts'
import { readFields } from '../../src/web/read-form.ts'

const fields = { doctorId: id, startAt: instant.optional(), name: personName.optional() }

const read = (form: Record<string, string>) => readFields((name) => form[name] ?? '', fields)

it('reads fields by their names in snake_case', () => {
  expect(read({ doctor_id: ' 7 ', start_at: '2026-11-23T09:00+07:00', name: 'Zero' })).toEqual({
    ok: true,
    values: { doctorId: 7, startAt: '2026-11-23T02:00:00.000Z', name: 'Zero' },
    faults: {},
  })
})

it('takes an empty field for one that was left out', () => {
  expect(read({ doctor_id: '7', start_at: '', name: ' ' })).toEqual({
    ok: true,
    values: { doctorId: 7 },
    faults: {},
  })
})

it('names every field with a fault, and keeps the values of the others', () => {
  expect(read({ start_at: 'tomorrow', name: 'Zero' })).toEqual({
    ok: false,
    values: { name: 'Zero' },
    faults: { doctor_id: 'missing', start_at: 'not_a_time' },
  })
})
