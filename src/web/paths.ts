/** Every address of a page, so that no link is written by hand. */
export const paths = {
  booking: (fields: Record<string, string> = {}) => `/booking${query(fields)}`,
  holds: () => '/booking/holds',
  hold: (id: number, fields: Record<string, string> = {}) => `/booking/holds/${id}${query(fields)}`,
  holdExtension: (id: number) => `/booking/holds/${id}/extension`,
  holdRelease: (id: number) => `/booking/holds/${id}/release`,
  confirmation: (id: number) => `/booking/confirmation/${id}`,
  appointments: (fields: Record<string, string> = {}) => `/appointments${query(fields)}`,
  appointment: (id: number) => `/appointments/${id}`,
  calendar: (id: number) => `/appointments/${id}/calendar.ics`,
  cancellation: (id: number) => `/appointments/${id}/cancellation`,
  otherTimes: (id: number, fields: Record<string, string> = {}) =>
    `/appointments/${id}/times${query(fields)}`,
  dependants: (returnTo?: string) => `/dependants${query(returnTo ? { return_to: returnTo } : {})}`,
  health: () => '/admin/health',
  signIn: (returnTo?: string) => `/sign-in${query(returnTo ? { return_to: returnTo } : {})}`,
  signInCode: () => '/sign-in/code',
  signOut: () => '/sign-out',
  welcome: (returnTo?: string) => `/welcome${query(returnTo ? { return_to: returnTo } : {})}`,
  /** On a map of the visitor's own (Google's Maps URLs, which telephones open in their app). */
  directions: (address: string) =>
    `https://www.google.com/maps/dir/${query({ api: '1', destination: address })}`,
}

/** The same address with these fields changed; an empty one is left out. */
export function changedPath(here: string, fields: Record<string, string>): string {
  const { pathname, searchParams } = new URL(here, 'https://alobooking.invalid')
  for (const [name, value] of Object.entries(fields)) searchParams.set(name, value)
  return pathname + query(Object.fromEntries(searchParams))
}

/** A path of ours to return to, or the booking page: never an address of another site. */
export function safeReturnPath(written: string | undefined): string {
  const here = 'https://alobooking.invalid'
  // A longer one would not fit into the cookie that keeps it.
  if (!written || written.length > 1_000 || !URL.canParse(written, here)) return paths.booking()
  const { origin, pathname, search } = new URL(written, here)
  // `/.//elsewhere` resolves to a path that a browser would read as another host.
  const isOurs = written.startsWith('/') && origin === here && !pathname.startsWith('//')
  return isOurs ? pathname + search : paths.booking()
}

function query(fields: Record<string, string>): string {
  const written = new URLSearchParams(Object.entries(fields).filter(([, value]) => value)).toString()
  return written && `?${written}`
}
