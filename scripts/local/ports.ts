import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { CannotStart } from './cannot-start.ts'

/** A port of 127.0.0.1 that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  return (await tryPort(0)) as number
}

/** @throws CannotStart when what PORT says is no port number. */
export function readPort(written: string | undefined): number {
  const port = Number(written || 8787)
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  throw new CannotStart(`PORT must be a number from 1 to 65535, not "${written}".`)
}

/**
 * @param patience in milliseconds: how long a port may stay taken by a process that was just killed, whose last
 * thread closes its sockets a moment after it seems to have ended.
 * @throws CannotStart when the port is taken, or not ours to take.
 */
export async function requireFreePort(port: number, patience: number): Promise<void> {
  const deadline = Date.now() + patience
  let outcome = await tryPort(port)
  while (outcome === 'EADDRINUSE' && Date.now() < deadline) {
    await pause(50)
    outcome = await tryPort(port)
  }
  if (outcome === 'EACCES')
    throw new CannotStart(`Port ${port} needs more rights. Choose another one: PORT=8787 npm start`)
  if (typeof outcome === 'string') {
    throw new CannotStart(`Port ${port} is taken. Choose another one: PORT=${port + 1} npm start`)
  }
}

function tryPort(port: number): Promise<number | string> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'EADDRINUSE'))
    server.listen(port, '127.0.0.1', () => {
      const { port: chosen } = server.address() as AddressInfo
      server.close(() => resolve(chosen))
    })
  })
}
