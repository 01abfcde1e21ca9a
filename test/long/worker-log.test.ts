import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { freePort } from '../../scripts/local/ports.ts'
import { logFile, startWorker } from '../../scripts/local/worker.ts'

it('the log of a local stack has failures too, with their request id', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'alobooking-log-'))
  const [port, unused] = [await freePort(), await freePort()]
  const worker = await startWorker(directory, port, {
    secrets: { DATABASE_URL: 'postgres://user@127.0.0.1/nothing' },
    addresses: { NEON_BRIDGE_URL: `http://127.0.0.1:${unused}` },
  })
  try {
    const ask = () =>
      fetch(`http://127.0.0.1:${port}/healthz`, { headers: { 'X-Request-Id': 'a-complaint' } })
    await expect.poll(async () => (await ask().catch(() => null))?.status, { timeout: 30_000 }).toBe(503)
    const messages = async () => {
      const lines = (await readFile(logFile(directory), 'utf8')).trim().split('\n')
      const read = lines.map((line) => JSON.parse(line))
      return read
        .filter(({ client_request_id }) => client_request_id === 'a-complaint')
        .map(({ message }) => message)
    }
    await expect.poll(messages).toEqual(expect.arrayContaining(['failure', 'request']))
  } finally {
    await worker.stop()
    await rm(directory, { recursive: true, force: true })
  }
})
