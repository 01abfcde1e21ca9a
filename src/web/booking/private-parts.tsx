import type { JSX } from 'hono/jsx/jsx-runtime'

/** The places of the public page into which something private is written, by their ids. */
export type PrivateParts = Partial<Record<'account' | 'said' | 'own', JSX.Element>>

/**
 * Writes what is somebody's own into a page that is the same for everyone. From then on it is theirs: no cache keeps it,
 * and it has no tag and no version any more.
 */
export function putIn(
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
