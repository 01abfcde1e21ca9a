import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { CannotStart } from './cannot-start.ts'

/** A port of 127.0.0.1 that was free a moment ago. */
export async function freePort(): Promise<number> {
  return (await tryPort(0)) as number
}

/** @throws CannotStart when PORT is not a port number. */
export function readPort(written: string | undefined): number {
  const port = Number(written || 8787)
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  throw new CannotStart(`PORT must be a number from 1 to 65535, not "${written}".`)
}

/**
 * @param timeoutMs how long to wait for a process that was just killed: its last thread closes its sockets a moment after
 * it seems to have ended.
 * @throws CannotStart when the port is taken, or needs more rights.
 */
export async function requireFreePort(port: number, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs
  let outcome = await tryPort(port)
  while (outcome === 'EADDRINUSE' && Date.now() < deadline) {
    await pause(50)
    outcome = await tryPort(port)
  }
  if (outcome === 'EACCES')
    throw new CannotStart(`Port ${port} needs more rights. Use another one: PORT=8787 npm start`)
  if (typeof outcome === 'string') {
    throw new CannotStart(`Port ${port} is in use. Use another one: PORT=${port + 1} npm start`)
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
