/**
 * Stands in for the app while a setting is missing or malformed: everybody is answered 503, and each request writes one
 * line to the log that names it.
 */
export function unready(reason: unknown) {
  const message = reason instanceof Error ? reason.message : String(reason)
  return {
    fetch(_request: Request): Response {
      console.error(JSON.stringify({ level: 'error', message }))
      return new Response('This clinic is not set up completely yet; its log says what is missing.\n', {
        status: 503,
        headers: { 'Cache-Control': 'private, no-store', 'Retry-After': '60' },
      })
    },
  }
}
