import { describe, expect, it } from 'vitest'
import { issueApiKey } from '../../src/clinic/accounts/api-keys.ts'
import type { ClinicContext } from '../../src/clinic/context.ts'
import { KeyReused } from '../../src/clinic/idempotency.ts'
import { registerPatient } from '../../src/clinic/patients/register.ts'
import { openClinic } from '../support/clinic.ts'
import { atOnce } from '../support/concurrency.ts'
import { openAccount } from '../support/people.ts'
import { different, fingerprint, morning, openSendingDesk } from '../support/sending.ts'

const clinic = await openClinic({ worker: false })
const { sql } = clinic
const desk = await openSendingDesk(clinic)
const { withKey, newKey, count, claims, patientsNamed } = desk
const register = (key: string, name: string, particulars: Partial<ClinicContext> = {}) =>
  registerPatient(withKey(key, particulars), { name })
const otherDesk = await openAccount(sql, { role: 'front_desk' })
const day = 86_400_000

describe('a key', () => {
  const at = (milliseconds: number) => ({ now: new Date(morning.getTime() + milliseconds) })

  it('belongs to its account, whichever API key sends it', async () => {
    const key = newKey()
    const through = (keyId: number, accountId: number): Partial<ClinicContext> => ({
      actor: {
        kind: 'api_client',
        keyId,
        scopes: ['appointments:write'],
        actsFor: { kind: 'front_desk', accountId },
      },
    })
    const first = await register(key, 'Patient of Two', through(1, desk.accountId))
    expect(await register(key, 'Patient of Two', through(2, desk.accountId))).toEqual(first)
    expect(await register(key, 'Patient of Two')).toEqual(first)
    expect(await patientsNamed('Patient of Two')).toBe(1)
    const other = await register(key, 'Patient of Two', through(3, otherDesk))
    expect(other).not.toEqual(first)
    expect(await register(key, 'Patient of Two', through(3, otherDesk))).toEqual(other)
    expect(await register(key, 'Patient of Two')).toEqual(first)
    expect(await patientsNamed('Patient of Two')).toBe(2)
  })

  it('is deleted after 24 hours by later requests of any account, without waiting', async () => {
    const recent = newKey()
    await register(recent, 'Patient Recent', at(-day + 1))
    const old = Array.from({ length: 6 }, newKey)
    for (const key of old) await register(key, 'Patient Old', at(-3 * day))
    const left = () => count('idempotency_keys where key = any($1)', [old])
    const later = { ...at(0), actor: { kind: 'front_desk', accountId: otherDesk } as const }
    const holder = await sql.connect()
    await holder.query('begin')
    await holder.query('select from idempotency_keys where key = $1 for update', [old[0]])
    const answers = []
    for (let n = 0; n < 3; n++)
      answers.push(await register(newKey(), 'Patient New', later).catch((error) => error))
    await holder.query('rollback')
    holder.release()
    expect(answers).toEqual(Array(3).fill(expect.objectContaining({ ok: true })))
    expect(await left()).toBe(1)
    await register(newKey(), 'Patient New', later)
    expect(await left()).toBe(0)
    expect(await claims(recent)).toBe(1)
    const reused = { ...at(0), idempotency: { key: old[0] ?? '', fingerprint: fingerprint('b') } }
    expect(await register('', 'Patient Reused', reused)).toMatchObject({ ok: true })
  })

  it('can be used again after 24 hours, and not a moment earlier', async () => {
    const key = newKey()
    const idempotency = { key, fingerprint: fingerprint('b') }
    const first = await register(key, 'Patient of a Day')
    expect(await register(key, 'Patient of a Day', at(day - 1))).toEqual(first)
    await expect(register(key, 'Patient Next', { ...at(day - 1), idempotency })).rejects.toThrow(KeyReused)
    expect(await register(key, 'Patient Next', { ...at(day), idempotency })).toMatchObject({ ok: true })
    await expect(register(key, 'Patient of a Day', at(day))).rejects.toThrow(KeyReused)
    expect(await patientsNamed('Patient of a Day')).toBe(1)
    expect(await patientsNamed('Patient Next')).toBe(1)
  })

  it('sent 16 times at once after 24 hours is again the key of one request', async () => {
    const key = newKey()
    await register(key, 'Patient of Days')
    expect(different(await atOnce(16, () => register(key, 'Patient of Days', at(day))))).toBe(1)
    expect(await patientsNamed('Patient of Days')).toBe(2)
  })

  it('of an API key request issues another key after 24 hours', async () => {
    const key = newKey()
    const actor = { kind: 'admin', accountId: await openAccount(sql, { role: 'admin' }) } as const
    const wish = {
      name: 'Of a system',
      ownerId: desk.accountId,
      role: 'front_desk',
      scopes: ['appointments:read'],
    } as const
    const issue = (now: Date) =>
      issueApiKey(withKey(key, { actor, now }), { ...wish, scopes: [...wish.scopes] })
    const first = await issue(morning)
    // A day later, another key's request deletes this one.
    await register(newKey(), 'Patient Later', at(day))
    const second = await issue(at(day).now)
    expect([first.ok, second.ok]).toEqual([true, true])
    expect(second).not.toEqual(first)
  })
})
