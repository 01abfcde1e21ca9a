import { expect, it, vi } from 'vitest'
import type { Happening } from '../../src/clinic/happenings.ts'
import { tellAll, tellListeners } from '../../src/edge/listeners.ts'
import { queueListener } from '../../src/edge/queue-listener.ts'
import type { DayChange } from '../../src/live/day-changes.ts'
import { liveListener } from '../../src/live/live-listener.ts'

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
  const feed = { changed: async () => {}, fetch: () => Promise.reject(new Error('no page')) }
  const exports = () => ({ Purger: { getByName: () => purger }, DeskFeed: { getByName: () => feed } })
  vi.useFakeTimers()
  const tell = tellListeners({ exports, queue: undefined, waitUntil: (more) => work.push(more) })
  for (const happening of [known, opened, opened]) tell(happening)
  await vi.runAllTimersAsync()
  await Promise.all(work)
  vi.useRealTimers()
  expect(calls).toEqual([['clinic']])
})

it('each feed hears once of all changed days in the same moment', async () => {
  const [calls, work]: [[string, DayChange[]][], Promise<void>[]] = [[], []]
  const feed = (name: string) => ({
    changed: async (days: DayChange[]) => void calls.push([name, days]),
    fetch: () => Promise.reject(new Error('no page')),
  })
  const listener = liveListener(() => ({ DeskFeed: { getByName: feed } }))
  const place = (locationId: number) => ({
    ...{ doctorId: 1, locationId, from: '2026-11-23', to: '2026-11-23', occupies: true },
  })
  const arrived = { kind: 'appointment.arrived', before: place(3), after: place(3) } as Happening
  const moved = { kind: 'appointment.rescheduled', before: place(3), after: place(4) } as Happening
  vi.useFakeTimers()
  const tell = tellAll([listener], (more) => work.push(more))
  for (const happening of [known, arrived, moved, arrived, opened]) tell(happening)
  await vi.runAllTimersAsync()
  await Promise.all(work)
  vi.useRealTimers()
  const monday = [{ from: '2026-11-23', to: '2026-11-23' }]
  expect(calls).toEqual([
    ['location-3', monday],
    ['location-4', monday],
    ['everywhere', ['any day']],
  ])
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
