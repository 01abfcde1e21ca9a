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

it('looks up again what ends sooner than in a minute', async () => {
  let asked = 0
  const { get } = remembering(
    async () => ({ endsAt: at(10 + 60 * asked++).getTime() }),
    ({ endsAt }) => endsAt,
  )
  await get('zero', at(0))
  await get('zero', at(9))
  expect(asked).toBe(1)
  await get('zero', at(10))
  expect(asked).toBe(2)
})

it('finds nothing by a key that ended here, for five minutes', async () => {
  const { get, end, hasEnded, asked } = openCounter()
  await get('zero', at(0))
  end('zero', at(1))
  expect([hasEnded('zero', at(300)), await get('zero', at(300))]).toEqual([true, null])
  expect([hasEnded('zero', at(301)), hasEnded('one', at(1))]).toEqual([false, false])
  expect(asked).toEqual(['zero'])
})

it('remembers a thousand and drops the oldest', async () => {
  const { get, asked } = openCounter()
  for (let n = 0; n <= 1_000; n++) await get(String(n), at(0))
  await get('1000', at(1))
  expect(asked).toHaveLength(1_001)
  await get('0', at(1))
  expect(asked).toHaveLength(1_002)
})
