/** The pages that messages link to; the first four need no sign-in. */
export const linkPaths = {
  appointment: (token: string) => `/m/${token}`,
  calendar: (token: string) => `/m/${token}/calendar.ics`,
  preferences: (token: string) => `/m/preferences/${token}`,
  unsubscribe: (token: string, kind: string) => `/m/preferences/${token}/unsubscribe?kind=${kind}`,
  booking: '/booking',
  staff: (appointmentId: number) => `/appointments/${appointmentId}`,
}
