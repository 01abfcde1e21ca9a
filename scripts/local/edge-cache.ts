/** A stored answer. It holds nothing that belongs to the request that brought it, as workerd demands. */
interface Entry {
  /** Path and query. */
  key: string
  status: number
  headers: [string, string][]
  body: ArrayBuffer | null
  /** In lower case, for comparison. */
  tags: string[]
  /** The request's values of the headers that `Vary` names. */
  variant: [string, string | null][]
  /** Milliseconds since 1970. */
  storedAt: number
  /** Until when a refresh is in progress; milliseconds since 1970. */
  refreshedUntil: number
  rule: Rule
}

/** How long an answer may be used, in seconds; the two stale periods begin when it stops being fresh. */
interface Rule {
  fresh: number
  whileRevalidating: number
  ifError: number
}

export interface EdgeCache {
  /**
   * Answers from the cache or the origin, and says which in `CF-Cache-Status`.
   *
   * @param waitUntil gets the refresh of a stale answer; without it the refresh is awaited.
   */
  fetch(
    request: Request,
    origin: () => Promise<Response>,
    waitUntil?: (work: Promise<unknown>) => void,
  ): Promise<Response>
  /** Drops everything with one of these tags, stale copies too. */
  purge(tags: string[]): void
  entries(): Entry[]
}

const mostAddresses = 1_000
const refreshLimit = 30_000
/** Seconds for which Cloudflare caches an answer without Cache-Control, by status. */
const heuristics = new Map(
  Object.entries({ 200: 7_200, 203: 7_200, 204: 7_200, 300: 1_200, 301: 1_200, 404: 180, 405: 60, 410: 180 }),
)

/**
 * Stands in for Cloudflare's Workers Caching in front of one entrypoint, as its documents describe it, so that what would
 * leak there leaks here: only path, query and the headers that `Vary` names are the key. Not implemented: tiers, collapsed
 * misses, ranges and `304`.
 *
 * @param now milliseconds since 1970.
 */
export function createEdgeCache({ now = Date.now }: { now?: () => number } = {}): EdgeCache {
  const store = createStore()

  /** Waits for the origin, and falls back to a stale answer if that fails. */
  async function load(request: Request, origin: () => Promise<Response>, old: Entry | null) {
    const rescue = old && isUsable(old, old.rule.ifError, now()) ? old : null
    const purges = store.purges()
    const response = await origin().catch((error) => {
      if (rescue) return null
      throw error
    })
    if (rescue && hasFailed(response)) return answer(request, rescue, 'STALE', now())
    return accept(request, response as Response, old, purges)
  }

  /** Answers like the origin, and stores the answer in place of the old one if allowed. */
  async function accept(request: Request, response: Response, old: Entry | null, purges: number) {
    const rule = ruleOf(request, response)
    const entry = rule && (await entryOf(request, response, rule, now()))
    if (old) store.drop(old)
    if (!entry) return marked(response, 'BYPASS')
    // An answer read before a purge must not survive it.
    if (purges === store.purges()) store.put(entry)
    return answer(request, entry, old ? 'EXPIRED' : 'MISS', now())
  }

  async function refresh(request: Request, origin: () => Promise<Response>, old: Entry): Promise<void> {
    if (old.refreshedUntil > now()) return
    old.refreshedUntil = now() + refreshLimit
    const purges = store.purges()
    try {
      const response = await origin()
      if (!hasFailed(response)) await accept(request, response, old, purges)
    } catch {
      // The stale answer serves until it expires; then the next request sees the failure.
    }
    old.refreshedUntil = 0
  }

  return {
    async fetch(request, origin, waitUntil) {
      const old = store.find(request)
      if (old && isUsable(old, 0, now())) return answer(request, old, 'HIT', now())
      // HEAD has no body to store.
      if (request.method !== 'GET') return marked(await origin(), 'BYPASS')
      if (!old || !isUsable(old, old.rule.whileRevalidating, now())) return load(request, origin, old)
      const refreshed = refresh(request, origin, old)
      if (waitUntil) waitUntil(refreshed)
      else await refreshed
      return answer(request, old, 'UPDATING', now())
    },
    purge: store.purge,
    entries: store.entries,
  }
}

function createStore() {
  const byKey = new Map<string, Entry[]>()
  let purges = 0
  const replace = (key: string, left: Entry[]) => {
    byKey.delete(key)
    if (left.length > 0) byKey.set(key, left)
  }
  const without = (entry: Entry, isIt: (other: Entry) => boolean) =>
    (byKey.get(entry.key) ?? []).filter((other) => !isIt(other))
  const drop = (entry: Entry) =>
    replace(
      entry.key,
      without(entry, (other) => other === entry),
    )
  return {
    drop,
    find(request: Request): Entry | null {
      if (request.method !== 'GET' && request.method !== 'HEAD') return null
      return byKey.get(keyOf(request))?.findLast(({ variant }) => isVariant(request, variant)) ?? null
    },
    put(entry: Entry): void {
      const variant = JSON.stringify(entry.variant)
      replace(entry.key, [...without(entry, (other) => JSON.stringify(other.variant) === variant), entry])
      const oldest = byKey.keys().next().value
      if (byKey.size > mostAddresses && oldest !== undefined) byKey.delete(oldest)
    },
    purge(tags: string[]): void {
      purges++
      const gone = new Set(tags.map((tag) => tag.toLowerCase()))
      for (const entry of [...byKey.values()].flat()) if (entry.tags.some((tag) => gone.has(tag))) drop(entry)
    },
    purges: () => purges,
    entries: () => [...byKey.values()].flat(),
  }
}

function isVariant(request: Request, variant: Entry['variant']): boolean {
  return variant.every(([name, value]) => request.headers.get(name) === value)
}

/** @param stale seconds beyond its freshness. */
function isUsable({ rule, storedAt }: Entry, stale: number, now: number): boolean {
  return now - storedAt < (rule.fresh + stale) * 1_000
}

function hasFailed(response: Response | null): boolean {
  return response === null || response.status >= 500
}

function keyOf(request: Request): string {
  const { pathname, search } = new URL(request.url)
  return pathname + search
}

/** Null if it must not be stored. */
function ruleOf(request: Request, response: Response): Rule | null {
  const written = firstOf(response.headers, [
    'Cloudflare-CDN-Cache-Control',
    'CDN-Cache-Control',
    'Cache-Control',
  ])
  const said = directives(written ?? '')
  if (isForbidden(request, response, said)) return null
  const unlessSaid = written === null ? heuristics.get(String(response.status)) : undefined
  const fresh = said.has('no-cache') ? 0 : (said.get('s-maxage') ?? said.get('max-age') ?? unlessSaid)
  if (fresh === undefined) return null
  const strict = hasAny(said, ['s-maxage', 'must-revalidate', 'proxy-revalidate'])
  return {
    fresh,
    whileRevalidating: strict ? 0 : (said.get('stale-while-revalidate') ?? 0),
    // By default Cloudflare serves a stale copy for as long as the Worker fails.
    ifError: strict ? 0 : (said.get('stale-if-error') ?? Number.POSITIVE_INFINITY),
  }
}

function isForbidden(request: Request, { status, headers }: Response, said: Map<string, number>): boolean {
  if (hasAny(said, ['no-store', 'private']) || headers.has('Set-Cookie')) return true
  if (status === 206 || status === 304 || (status >= 520 && status <= 526)) return true
  if (headers.get('Vary')?.includes('*')) return true
  return request.headers.has('Authorization') && !hasAny(said, ['public', 'must-revalidate', 's-maxage'])
}

function firstOf(headers: Headers, names: string[]): string | null {
  return names.map((name) => headers.get(name)).find((value) => value !== null) ?? null
}

function hasAny(said: Map<string, number>, names: string[]): boolean {
  return names.some((name) => said.has(name))
}

/** Seconds by directive; 0 for a missing or malformed value. */
function directives(written: string): Map<string, number> {
  return new Map(
    written.split(',').map((directive) => {
      const [name = '', value = ''] = directive.trim().toLowerCase().split('=')
      return [name, /^"?\d+"?$/.test(value) ? Number(value.replaceAll('"', '')) : 0]
    }),
  )
}

async function entryOf(request: Request, response: Response, rule: Rule, storedAt: number): Promise<Entry> {
  const { status, headers } = response
  const varied = (headers.get('Vary') ?? '').toLowerCase().match(/[^\s,]+/g) ?? []
  return {
    key: keyOf(request),
    status,
    headers: [...headers],
    body: response.body && (await response.arrayBuffer()),
    tags: tagsOf(headers.get('Cache-Tag') ?? ''),
    variant: varied.map((name) => [name, request.headers.get(name)]),
    storedAt,
    refreshedUntil: 0,
    rule,
  }
}

/** Invalid tags are dropped silently, as by Cloudflare. */
function tagsOf(written: string): string[] {
  const tags = written.split(',').map((tag) => tag.trim().toLowerCase())
  return tags.filter((tag) => /^[\x21-\x7e]{1,1024}$/.test(tag))
}

/** Keeps `Cache-Tag` and the edge's own rule, so that code which makes the page private must remove them. */
function answer(request: Request, entry: Entry, cacheStatus: string, now: number): Response {
  const headers = new Headers(entry.headers)
  headers.set('CF-Cache-Status', cacheStatus)
  if (cacheStatus !== 'MISS' && cacheStatus !== 'EXPIRED')
    headers.set('Age', String(Math.floor((now - entry.storedAt) / 1_000)))
  return new Response(request.method === 'HEAD' ? null : entry.body, { status: entry.status, headers })
}

function marked(response: Response, cacheStatus: string): Response {
  const copy = new Response(response.body, response)
  copy.headers.set('CF-Cache-Status', cacheStatus)
  return copy
}
