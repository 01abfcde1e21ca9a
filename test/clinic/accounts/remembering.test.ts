import { expect, it } from 'vitest'
import { remembering } from '../../../src/clinic/accounts/remembering.ts'

const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1000)

function openCounter() {
  const asked: string[] = []
  const lookUp = remembering(async (key: string) => {
    asked.push(key)
    return key === 'unknown' ? null : { name: key }
  })
  return { asked, ...lookUp }
}

it('looks each key up once a minute', async () => {
  const { get, asked } = openCounter()
  expect(await get('zero', at(0))).toEqual({ name: 'zero' })
  expect(await get('zero', at(59))).toEqual({ name: 'zero' })
  expect(asked).toEqual(['zero'])
  await get('zero', at(60))
  expect(asked).toEqual(['zero', 'zero'])
})

it('looks up again what it did not find or should forget', async () => {
  const { get, forget, asked } = openCounter()
  await get('unknown', at(0))
  await get('unknown', at(1))
  await get('zero', at(0))
  forget('zero')
  await get('zero', at(1))
  expect(asked).toEqual(['unknown', 'unknown', 'zero', 'zero'])
})

it('remembers a thousand and drops the oldest', async () => {
  const { get, asked } = openCounter()
  for (let n = 0; n <= 1_000; n++) await get(String(n), at(0))
  await get('1000', at(1))
  expect(asked).toHaveLength(1_001)
  await get('0', at(1))
  expect(asked).toHaveLength(1_002)
})
