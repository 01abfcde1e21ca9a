import { expect, it } from 'vitest'
import type { ClinicFacts } from '../../../src/clinic/settings/facts.ts'
import { rememberingFacts } from '../../../src/clinic/settings/remembering-facts.ts'

const named = (name: string): ClinicFacts => ({ name, languages: ['en'], language: 'en' })
const at = (seconds: number) => new Date(seconds * 1_000)

/** Answers these in turn, an error when they have run out. */
function open(...answers: string[]) {
  const later: Promise<unknown>[] = []
  const facts = rememberingFacts(async () => {
    const name = answers.shift()
    if (!name) throw new Error('away')
    return named(name)
  })
  const nameAt = async (seconds: number) => (await facts.get(at(seconds), (work) => later.push(work))).name
  return { facts, nameAt, later, left: () => answers.length }
}

it('looks up once a minute, and makes only the first page wait', async () => {
  const { nameAt, later, left } = open('old', 'new')
  expect([await nameAt(0), await nameAt(59)]).toEqual(['old', 'old'])
  expect([left(), later.length]).toEqual([1, 0])
  // Two pages at once look up once.
  expect(await Promise.all([nameAt(60), nameAt(60)])).toEqual(['old', 'old'])
  await Promise.all(later)
  expect([await nameAt(61), left(), later.length]).toEqual(['new', 0, 1])
})

it('looks up again at once after a change here', async () => {
  const { facts, nameAt } = open('old', 'new')
  await nameAt(0)
  facts.forget()
  expect(await nameAt(1)).toBe('new')
})

it('shows what was known, or that nothing is, while the database is away', async () => {
  const { nameAt, later } = open('old')
  await nameAt(0)
  expect(await nameAt(60)).toBe('old')
  await Promise.all(later)
  expect(await nameAt(61)).toBe('old')
  expect(await open().nameAt(0)).toBeNull()
})
