import { expect, it } from 'vitest'
import { createBatcher } from '../../src/http/batch.ts'

function openBatcher() {
  const sent: string[][] = []
  const pauses: (() => void)[] = []
  const batch = createBatcher<string>(() => new Promise((resolve) => pauses.push(resolve)))
  return { sent, pauses, change: (tags: string[]) => batch(tags, async (all) => void sent.push(all)) }
}

it('the first request sends what others add within a moment', async () => {
  const { sent, pauses, change } = openBatcher()
  const first = change(['a', 'b'])
  await change(['b', 'c'])
  await change([])
  expect(sent).toEqual([])
  pauses[0]?.()
  await first
  expect(sent).toEqual([['a', 'b', 'b', 'c']])
})

it('later changes go into the next batch', async () => {
  const { sent, pauses, change } = openBatcher()
  const first = change(['a'])
  pauses[0]?.()
  await first
  const next = change(['a'])
  pauses[1]?.()
  await next
  expect(sent).toEqual([['a'], ['a']])
})

it('a failed batch does not block the next', async () => {
  const pauses: (() => void)[] = []
  const batch = createBatcher<string>(() => new Promise((resolve) => pauses.push(resolve)))
  const lost = batch(['a'], () => Promise.reject(new Error('away')))
  pauses[0]?.()
  await expect(lost).rejects.toThrow('away')
  const sent: string[][] = []
  const next = batch(['b'], async (all) => void sent.push(all))
  pauses[1]?.()
  await next
  expect(sent).toEqual([['b']])
})
