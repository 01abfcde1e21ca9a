import { describe, expect, it } from 'vitest'
import { scopes } from '../../../drizzle/schema/api-keys.ts'
import { type Right, requireRight, rights } from '../../../src/clinic/accounts/guard.ts'
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
  'book appointments': ['patient', 'front desk', 'doctor', 'admin'],
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
})

it('jobs may manage accounts but not book', () => {
  expect(requireRight({ kind: 'system' }, 'manage accounts')).toEqual({ kind: 'system' })
  expect(() => requireRight({ kind: 'system' }, 'book appointments')).toThrow(Forbidden)
})

describe('a key', () => {
  const rightsOf = Object.keys(rights) as Right[]
  const ofPeople = rightsOf.filter((right) => rights[right].kinds.some((kind) => kind !== 'system'))
  const table = ofPeople.flatMap((right) => scopes.map((scope) => ({ right, scope })))

  it.each(table)('with only $scope asks to $right', ({ right, scope }) => {
    const holder = Object.values(people).find(({ kind }) =>
      (rights[right].kinds as readonly string[]).includes(kind),
    )
    if (!holder) throw new Error('Some person has the right.')
    const ask = () => requireRight({ kind: 'api_client', keyId: 1, actsFor: holder, scopes: [scope] }, right)
    if (rights[right].scope === scope) expect(ask()).toBe(holder)
    else expect(ask).toThrow(Forbidden)
  })

  it('without scopes may do nothing, and with all of them no more than its owner', () => {
    for (const right of ofPeople)
      for (const actsFor of Object.values(people)) {
        const client = { kind: 'api_client', keyId: 1, actsFor } as const
        expect(() => requireRight({ ...client, scopes: [] }, right)).toThrow(Forbidden)
        const ask = () => requireRight({ ...client, scopes: [...scopes] }, right)
        if ((rights[right].kinds as readonly string[]).includes(actsFor.kind)) expect(ask()).toBe(actsFor)
        else expect(ask).toThrow(Forbidden)
      }
  })
})
