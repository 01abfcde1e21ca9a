import { describe, expect, it } from 'vitest'
import { requireRight } from '../../../src/clinic/accounts/guard.ts'
import type { Actor, Person } from '../../../src/clinic/context.ts'
import { Forbidden, NotSignedIn } from '../../../src/clinic/errors.ts'

const people = {
  patient: { kind: 'patient', accountId: 1, patientIds: [1] },
  'front desk': { kind: 'front_desk', accountId: 2 },
  doctor: { kind: 'doctor', accountId: 3, doctorId: 1 },
  admin: { kind: 'admin', accountId: 4 },
} as const satisfies Record<string, Person>

const may = {
  'see appointments': ['patient', 'front desk', 'doctor', 'admin'],
  'book appointments': ['patient', 'front desk', 'admin'],
  'see patients': ['patient', 'front desk', 'doctor', 'admin'],
  'register patients': ['patient', 'front desk', 'admin'],
  'manage doctors': ['admin'],
  'manage accounts': ['admin'],
} as const

describe.each(Object.entries(may))('the right to %s', (right, allowed) => {
  const ask = (actor: Actor) => () => requireRight(actor, right as keyof typeof may)

  it.each(Object.entries(people))('of a %s', (name, person) => {
    if ((allowed as readonly string[]).includes(name)) expect(ask(person)()).toBe(person)
    else expect(ask(person)).toThrow(Forbidden)
  })

  it('is refused without signing in', () => {
    expect(ask({ kind: 'anonymous' })).toThrow(NotSignedIn)
  })

  it('is limited to the scopes of an API client', () => {
    const actsFor = people.admin
    const client = { kind: 'api_client', keyId: 1, actsFor } as const
    expect(ask({ ...client, scopes: [] })).toThrow(Forbidden)
    const scopes = ['appointments:read', 'appointments:write', 'clinic:manage'] as const
    expect(ask({ ...client, scopes: [...scopes] })()).toBe(actsFor)
  })
})

it('jobs may manage accounts but not book', () => {
  expect(requireRight({ kind: 'system' }, 'manage accounts')).toEqual({ kind: 'system' })
  expect(() => requireRight({ kind: 'system' }, 'book appointments')).toThrow(Forbidden)
})
