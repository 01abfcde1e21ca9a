import { type AddressInfo, createServer } from 'node:net'
import { CannotStart } from './cannot-start.ts'

/** A port of 127.0.0.1 that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  return (await tryPort(0)) as number
}

/**
 * The port of the PORT variable, or 8787.
 *
 * @throws CannotStart when it is no port number, or taken.
 */
export async function choosePort(written: string | undefined): Promise<number> {
  const port = Number(written || 8787)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new CannotStart(`PORT must be a number from 1 to 65535, not "${written}".`)
  }
  const outcome = await tryPort(port)
  if (outcome === 'EACCES') throw new CannotStart(`Port ${port} needs more rights: PORT=8787 npm start`)
  if (typeof outcome === 'string') {
    throw new CannotStart(`Port ${port} is taken. Choose another one: PORT=${port + 1} npm start`)
  }
  return port
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
