import { expect, it } from 'vitest'
import { remembering } from '../../../src/clinic/accounts/remembering.ts'

const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1000)

function counted() {
  const asked: string[] = []
  const lookUp = remembering(async (key: string) => {
    asked.push(key)
    return key === 'nobody' ? null : { name: key }
  })
  return { asked, ...lookUp }
}

it('asks once a minute for each', async () => {
  const { get, asked } = counted()
  expect(await get('zero', at(0))).toEqual({ name: 'zero' })
  expect(await get('zero', at(59))).toEqual({ name: 'zero' })
  expect(asked).toEqual(['zero'])
  await get('zero', at(60))
  expect(asked).toEqual(['zero', 'zero'])
})

it('asks again for whom it did not find, or was told to forget', async () => {
  const { get, forget, asked } = counted()
  await get('nobody', at(0))
  await get('nobody', at(1))
  await get('zero', at(0))
  forget('zero')
  await get('zero', at(1))
  expect(asked).toEqual(['nobody', 'nobody', 'zero', 'zero'])
})

it('remembers a thousand, and drops the one it has had longest', async () => {
  const { get, asked } = counted()
  for (let n = 0; n <= 1_000; n++) await get(String(n), at(0))
  await get('1000', at(1))
  expect(asked).toHaveLength(1_001)
  await get('0', at(1))
  expect(asked).toHaveLength(1_002)
})
