import { connect, granted } from '../client/clinic.ts'

/** Books the first free time for a visit type, moves the booking to the next free time, and cancels it. */
export async function example(origin: string, key: string) {
  const clinic = connect(origin, key)
  // If no answer arrives, send the request again with the same key: it runs once.
  const once = () => ({ 'Idempotency-Key': `"${crypto.randomUUID()}"` })

  const { visit_types } = await granted(clinic.GET('/visit-types'))
  const visit_type_id = visit_types[0]?.id ?? 0
  const { slots } = await granted(clinic.GET('/slots', { params: { query: { visit_type_id, limit: 2 } } }))
  const [first, next] = slots
  if (!first || !next) throw new Error('Nothing is free')

  const wish = { visit_type_id, doctor_id: first.doctor_id, start_at: first.start_at }
  const booked = await granted(
    clinic.POST('/appointments', { params: { header: once() }, body: { appointment: wish } }),
  )
  const path = { id: booked.appointment.id }

  const moved = await granted(
    clinic.PATCH('/appointments/{id}', {
      params: { path, header: { ...once(), 'If-Match': booked.etag } },
      body: { appointment: { doctor_id: next.doctor_id, start_at: next.start_at } },
    }),
  )
  const cancelled = await granted(
    clinic.POST('/appointments/{id}/cancellation', {
      params: { path, header: { ...once(), 'If-Match': moved.etag } },
      body: { cancellation: { reason: 'Feeling better' } },
    }),
  )
  return [booked, moved, cancelled].map(({ appointment }) => appointment)
}

if (import.meta.main)
  console.table(await example(process.argv[2] ?? 'http://localhost:8787', 'local-patient-one'))
