import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { connect, granted, Refused } from '../../client/clinic.ts'
import { example } from '../../scripts/example.ts'
import { openClinic } from '../support/clinic.ts'
import { giveKey, hireDoctor, openAccount, registerPatient } from '../support/people.ts'

const { origin, sql } = await openClinic()
const keyOfAPatient = async () =>
  giveKey(sql, await openAccount(sql, { patientIds: [await registerPatient(sql)] }))

it('the example books, moves and cancels through the typed client', async () => {
  await hireDoctor(sql)
  const [booked, moved, cancelled] = await example(origin, await keyOfAPatient())
  expect([booked?.status, moved?.status, cancelled?.status]).toEqual(['booked', 'booked', 'cancelled'])
  expect(moved?.start_at).not.toBe(booked?.start_at)
  expect(new Set([booked?.id, moved?.id, cancelled?.id]).size).toBe(1)
})

it('a refusal is thrown with its code', async () => {
  const asked = granted(
    connect(origin, await keyOfAPatient()).GET('/doctors/{id}', { params: { path: { id: 99 } } }),
  )
  await expect(asked).rejects.toThrow(Refused)
  await expect(asked).rejects.toMatchObject({ problem: { code: 'not_found', status: 404 } })
})

it('is the one in docs/api.md', async () => {
  const [shown = ''] = (await readFile('scripts/example.ts', 'utf8')).split('\n\nif (import.meta.main)')
  expect(await readFile('docs/api.md', 'utf8')).toContain(`\`\`\`ts\n${shown}\n\`\`\``)
})
