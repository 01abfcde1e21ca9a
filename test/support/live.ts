import { WebSocket } from 'undici'

/** A page's connection to the feed of a location, and what it has heard. */
export interface Listening {
  socket: WebSocket
  /** The messages so far, as parsed JSON; the answer to a ping stays text. */
  heard: unknown[]
}

/** Connects like a page. @throws Error when it is refused. */
export async function listenTo(url: string, headers: Record<string, string> = {}): Promise<Listening> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), { headers })
  const listening: Listening = { socket, heard: [] }
  socket.addEventListener('message', ({ data }) => {
    listening.heard.push(data === 'pong' ? data : JSON.parse(data))
  })
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve())
    socket.addEventListener('error', () => reject(new Error('The connection was refused.')))
  })
  return listening
}
