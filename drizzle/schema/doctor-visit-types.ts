import { bigint, index, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { doctors } from './doctors.ts'
import { visitTypes } from './visit-types.ts'

export const doctorVisitTypes = pgTable(
  'doctor_visit_types',
  {
    doctorId: bigint('doctor_id', { mode: 'number' })
      .notNull()
      .references(() => doctors.id),
    visitTypeId: bigint('visit_type_id', { mode: 'number' })
      .notNull()
      .references(() => visitTypes.id),
  },
  (offer) => [
    primaryKey({ name: 'doctor_visit_types_pkey', columns: [offer.doctorId, offer.visitTypeId] }),
    index('doctor_visit_types_by_visit_type').on(offer.visitTypeId, offer.doctorId),
  ],
)
