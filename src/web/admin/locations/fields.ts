import { changeLocationInput } from '../../../clinic/locations/change.ts'
import { openLocationInput } from '../../../clinic/locations/open.ts'

const { name, address, phone, directions, email, wantedMessages } = changeLocationInput.shape

/** What an admin changes of a location. */
export const locationFields = {
  name: { kind: 'line', shape: name },
  address: { kind: 'line', shape: address, isOptional: true },
  phone: { kind: 'tel', shape: phone, isOptional: true },
  directions: { kind: 'lines', shape: directions, isOptional: true },
  email: { kind: 'email', shape: email, isOptional: true },
  wantedMessages: {
    kind: 'choice',
    shape: wantedMessages,
    values: ['nothing', 'approvals', 'next_24_hours', 'everything'],
  },
} as const

/** What a new one needs besides. */
export const newLocationFields = {
  ...locationFields,
  timeZone: { kind: 'choice', shape: openLocationInput.shape.timeZone },
} as const
