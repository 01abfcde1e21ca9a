import { expect, it } from 'vitest'
import { createBatcher } from '../../src/http/batch.ts'

function gatherer() {
  const told: string[][] = []
  const pauses: (() => void)[] = []
  const gather = createBatcher<string>(() => new Promise((resolve) => pauses.push(resolve)))
  return { told, pauses, change: (tags: string[]) => gather(tags, async (all) => void told.push(all)) }
}

it('what many requests change within a moment is told by the first', async () => {
  const { told, pauses, change } = gatherer()
  const first = change(['a', 'b'])
  await change(['b', 'c'])
  await change([])
  expect(told).toEqual([])
  pauses[0]?.()
  await first
  expect(told).toEqual([['a', 'b', 'b', 'c']])
})

it('what changes afterwards is told anew, by the next', async () => {
  const { told, pauses, change } = gatherer()
  const first = change(['a'])
  pauses[0]?.()
  await first
  const next = change(['a'])
  pauses[1]?.()
  await next
  expect(told).toEqual([['a'], ['a']])
})

it('who could not tell does not keep the next from it', async () => {
  const pauses: (() => void)[] = []
  const gather = createBatcher<string>(() => new Promise((resolve) => pauses.push(resolve)))
  const lost = gather(['a'], () => Promise.reject(new Error('away')))
  pauses[0]?.()
  await expect(lost).rejects.toThrow('away')
  const told: string[][] = []
  const next = gather(['b'], async (all) => void told.push(all))
  pauses[1]?.()
  await next
  expect(told).toEqual([['b']])
})
