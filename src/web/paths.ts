/** Every address of a page, so that no link is written by hand. */
export const paths = {
  booking: () => '/booking',
  olderAppointments: (before: number) => `/booking?before=${before}#appointments`,
  newestAppointments: () => '/booking#appointments',
  confirmation: (id: number) => `/booking/confirmation/${id}`,
}
