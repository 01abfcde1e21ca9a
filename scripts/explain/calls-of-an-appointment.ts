import { readDeskAppointment } from '../../src/clinic/messages/read-desk-appointment.ts'
import { confirmIdentity } from '../../src/clinic/patients/confirm-identity.ts'
import { setFlagAtAppointment } from '../../src/clinic/patients/flags.ts'
import type { Explained } from './clinic.ts'
import type { Calls, Recorder } from './recorder.ts'

/** One appointment at the front desk. */
export const callsOfAnAppointment: Calls[] = [openAtTheDesk]

async function openAtTheDesk({ cast, as, ...clinic }: Explained, { call }: Recorder) {
  const desk = clinic.context(as.desk)
  const { appointmentId } = cast
  await call('an appointment is opened at the desk', () => readDeskAppointment(desk, appointmentId))
  await call('a patient is flagged from an appointment', () =>
    setFlagAtAppointment(desk, { appointmentId, flag: 'interpreter', isSet: true }),
  )
  await call('… and by their doctor', () =>
    setFlagAtAppointment(clinic.context(as.doctor), {
      appointmentId,
      flag: 'interpreter',
      isSet: false,
    }).catch(() => null),
  )
  await call('a patient’s identity is confirmed', () =>
    confirmIdentity(desk, { appointmentId, checked: ['birth_date', 'id_card'] }),
  )
}
