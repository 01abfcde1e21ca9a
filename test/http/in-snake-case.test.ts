import { describe, expect, it } from 'vitest'
import { calendarDate, closed, id } from '../../src/clinic/shapes.ts'
import { inSnakeCase } from '../../src/http/in-snake-case.ts'

const input = closed({
  doctorId: id,
  startsOn: calendarDate.optional(),
  endsOn: calendarDate.optional(),
}).refine(({ startsOn, endsOn }) => !startsOn || !endsOn || endsOn >= startsOn, {
  path: ['endsOn'],
  error: () => 'not_after_opening',
})
const written = inSnakeCase(input)

const faultsOf = (body: object) =>
  written.safeParse(body).error?.issues.map(({ path, message, ...issue }) => ({
    path: 'keys' in issue ? issue.keys : path,
    message,
  }))

describe("a verb's input in snake_case", () => {
  it("is read with the verb's own names, and without what was left out", () => {
    expect(written.parse({ doctor_id: '7', ends_on: '2026-11-23' })).toStrictEqual({
      doctorId: 7,
      endsOn: '2026-11-23',
    })
  })

  it("does not take the verb's own names", () => {
    expect(faultsOf({ doctor_id: 7, startsOn: '2026-11-23' })).toEqual([
      { path: ['startsOn'], message: 'not_expected' },
    ])
  })

  it('names the written field in the fault of a field, and of the whole input', () => {
    expect(faultsOf({ starts_on: '1800-01-01' })).toEqual([
      { path: ['doctor_id'], message: 'missing' },
      { path: ['starts_on'], message: 'not_a_date' },
    ])
    expect(faultsOf({ doctor_id: 7, starts_on: '2026-11-23', ends_on: '2026-11-22' })).toEqual([
      { path: ['ends_on'], message: 'not_after_opening' },
    ])
  })
})
