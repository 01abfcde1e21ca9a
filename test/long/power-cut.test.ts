import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startPostgres } from '../../scripts/local/postgres.ts'

it('a server whose port is held by something that never answers says so', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'alobooking-port-'))
  const silent = createServer().listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  await expect(startPostgres(join(directory, 'postgres'), { port })).rejects.toThrow(
    /could not create any TCP\/IP sockets|Address already in use/,
  )
  silent.close()
  await rm(directory, { recursive: true, force: true })
})
