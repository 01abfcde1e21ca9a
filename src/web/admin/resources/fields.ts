import { addResourceInput } from '../../../clinic/resources/add.ts'

const { name, kind, sortOrder, type, locationId } = addResourceInput.shape

/** What an admin changes of a room or a device. */
export const resourceFields = {
  name: { kind: 'line', shape: name },
  kind: { kind: 'line', shape: kind },
  sortOrder: { kind: 'number', shape: sortOrder },
} as const

/** What a new one needs besides. */
export const newResourceFields = {
  ...resourceFields,
  type: { kind: 'choice', shape: type, values: ['room', 'device'] },
  locationId: { kind: 'choice', shape: locationId },
} as const
