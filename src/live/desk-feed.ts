import { DurableObject } from 'cloudflare:workers'
import type { DayChange } from './day-changes.ts'
import { everywhere, type FeedStub } from './feed-names.ts'

/** How long a page hears of changes before it has to show again who it is. */
const trust = 60_000
/** All that a page hears afterwards. It connects again at once. */
const connectAgain = JSON.stringify('connect again')

interface Exports {
  DeskFeed: { getByName(name: string): FeedStub & Pick<DeskFeed, 'remember'> }
}

/**
 * Tells the open pages of one location which days have changed; they load these again and see what they may see. The
 * connections are WebSockets that survive while this object sleeps, so waiting costs nothing. One more object, named
 * `everywhere`, knows the locations that have had pages, and passes on to them what changes at all of them.
 */
export class DeskFeed extends DurableObject {
  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env)
    // Pages ask whether the connection still stands; the answer does not wake this object.
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
  }

  /** Connects a page. The caller has checked that it may; `name` is the name of this object. */
  override async fetch(request: Request): Promise<Response> {
    await this.join(new URL(request.url).searchParams.get('name') ?? '')
    const { 0: page, 1: ours } = new WebSocketPair()
    this.ctx.acceptWebSocket(ours)
    ours.serializeAttachment(this.now() + trust)
    return new Response(null, { status: 101, webSocket: page })
  }

  /** These days look different now. */
  async changed(days: DayChange[]): Promise<void> {
    const message = JSON.stringify(days)
    const now = this.now()
    for (const socket of this.ctx.getWebSockets()) {
      const isTrusted = now < socket.deserializeAttachment()
      socket.send(isTrusted ? message : connectAgain)
      if (!isTrusted) socket.close(1000)
    }
    await this.passOn(days)
  }

  /** Remembers a location's feed, in the object that passes on. */
  async remember(name: string): Promise<void> {
    const known = this.known()
    if (!known.includes(name)) this.ctx.storage.kv.put('known', [...known, name])
  }

  /** A page that leaves is answered. */
  override webSocketClose(socket: WebSocket, code: number): void {
    // 1005 and 1006 say that there was no code, and may not be sent.
    socket.close(code === 1005 || code === 1006 ? 1000 : code)
  }

  /** Milliseconds since 1970. */
  protected now(): number {
    return Date.now()
  }

  private async join(name: string): Promise<void> {
    if (this.ctx.storage.kv.get('joined')) return
    await this.feed(everywhere).remember(name)
    this.ctx.storage.kv.put('joined', true)
  }

  private async passOn(days: DayChange[]): Promise<void> {
    await Promise.all(this.known().map((name) => this.feed(name).changed(days)))
  }

  private known(): string[] {
    return this.ctx.storage.kv.get<string[]>('known') ?? []
  }

  private feed(name: string) {
    return (this.ctx.exports as unknown as Exports).DeskFeed.getByName(name)
  }
}
