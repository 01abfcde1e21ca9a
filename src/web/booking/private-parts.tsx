import type { JSX } from 'hono/jsx/jsx-runtime'

/** Private content by the id of its place in the public page. */
export type PrivateParts = Partial<Record<'account' | 'notice' | 'signed-in', JSX.Element>>

/**
 * Writes one visitor's content into the public page. The result is private, so it loses the cache headers, tags and
 * validators of the public page.
 */
export function insertPrivateParts(
  page: Response,
  parts: PrivateParts,
  { status = page.status, beforeTitle = '' } = {},
): Response {
  const rewriter = new HTMLRewriter().on('title', { element: (title) => void title.prepend(beforeTitle) })
  for (const [id, part] of Object.entries(parts))
    rewriter.on(`#${id}`, { element: (place) => void place.setInnerContent(part.toString(), { html: true }) })
  const privately = rewriter.transform(new Response(page.body, { status, headers: page.headers }))
  for (const name of ['Cloudflare-CDN-Cache-Control', 'Cache-Tag', 'ETag', 'Age'])
    privately.headers.delete(name)
  privately.headers.set('Cache-Control', 'private, no-store')
  return privately
}
