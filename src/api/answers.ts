import * as z from 'zod'

// What the shapes of answers are made of. The compiler holds the serialisers to the types of these shapes, and the tests
// hold every answer to them. Production imports only the types and parses nothing with them.

export const known = z.int().min(1)
export const instant = z.string().meta({ format: 'date-time', description: 'In UTC' })
export const local = z.string().meta({
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d$',
  description: 'Local time at the location',
})
export const zone = z.string().describe('IANA time zone of the location')
export const date = z.string().meta({ format: 'date' })
