import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Mail } from '../../src/channels/mail.ts'

/** Stands in for the mail provider: accepts mail like Resend's API (`POST /emails`) and returns it (`GET /`). */
export async function startMailbox() {
  const mails: Mail[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    if (request.method === 'POST' && request.url === '/emails') {
      mails.unshift(JSON.parse(Buffer.concat(chunks).toString('utf8')))
      response.end(JSON.stringify({ id: String(mails.length) }))
    } else {
      response.end(JSON.stringify(mails))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = async () => {
    server.closeAllConnections()
    server.close()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Newest first. */
    mails,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
