/** Every address of a page, so that no link is written by hand. */
export const paths = {
  booking: (fields: Record<string, string> = {}) => `/booking${query(fields)}`,
  olderAppointments: (before: number) => `/booking?before=${before}#appointments`,
  newestAppointments: () => '/booking#appointments',
  appointment: (id: number) => `/appointments/${id}`,
  cancellation: (id: number) => `/appointments/${id}/cancellation`,
  otherTimes: (id: number, fields: Record<string, string> = {}) =>
    `/appointments/${id}/times${query(fields)}`,
  confirmation: (id: number) => `/booking/confirmation/${id}`,
  dependants: () => '/dependants',
  signIn: (returnTo?: string) => `/sign-in${query(returnTo ? { return_to: returnTo } : {})}`,
  signInCode: () => '/sign-in/code',
  signOut: () => '/sign-out',
  welcome: (returnTo?: string) => `/welcome${query(returnTo ? { return_to: returnTo } : {})}`,
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
