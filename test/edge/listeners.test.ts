import { expect, it, vi } from 'vitest'
import type { Happening } from '../../src/clinic/happenings.ts'
import { tellAll, tellListeners } from '../../src/edge/listeners.ts'
import { queueListener } from '../../src/edge/queue-listener.ts'

const opened = { kind: 'location.opened', locationId: 1, at: new Date(), actorKind: 'admin' } as Happening
const known = { kind: 'patient.registered', patientId: 1, at: new Date(), actorKind: 'admin' } as Happening

it('every listener hears it after the answer', async () => {
  const [heard, work]: [Happening[], Promise<void>[]] = [[], []]
  const listener = (happening: Happening) => void heard.push(happening)
  tellAll([listener, listener], (more) => work.push(more))(opened)
  await Promise.all(work)
  expect(heard).toEqual([opened, opened])
})

it('a Worker that cannot continue after the answer is reported without affecting the verb', () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  tellAll([() => {}], () => {
    throw new Error('no execution context')
  })(opened)
  expect(error.mock.calls.map(([line]) => JSON.parse(line).causes[0].message)).toEqual([
    'no execution context',
  ])
  error.mockRestore()
})

it('the Purger hears once of all changes of free time in the same moment', async () => {
  const [calls, work]: [string[][], Promise<void>[]] = [[], []]
  const purger = { changed: async (tags: string[]) => void calls.push(tags) }
  const exports = () => ({ Purger: { getByName: () => purger } })
  vi.useFakeTimers()
  const tell = tellListeners({ exports, queue: undefined, waitUntil: (more) => work.push(more) })
  for (const happening of [known, opened, opened]) tell(happening)
  await vi.runAllTimersAsync()
  await Promise.all(work)
  vi.useRealTimers()
  expect(calls).toEqual([['clinic']])
})

it('the queue hears once of all changes that someone may be told of', async () => {
  const [sent, work]: [object[], Promise<void>[]] = [[], []]
  const queue = { send: async (body: object) => void sent.push(body) }
  const booked = { kind: 'appointment.booked' } as Happening
  const held = { kind: 'appointment.held' } as Happening
  const listener = queueListener(queue)
  vi.useFakeTimers()
  const tell = tellAll([listener], (more) => work.push(more))
  for (const happening of [known, held]) tell(happening)
  await vi.runAllTimersAsync()
  expect(sent).toEqual([])
  for (const happening of [booked, booked]) tell(happening)
  await vi.runAllTimersAsync()
  await Promise.all(work)
  vi.useRealTimers()
  expect(sent).toEqual([{}])
})
