import type { Appointment } from '../../clinic/appointments/find.ts'
import type { FoundPatients } from '../../clinic/patients/search.ts'
import type { PatientSummary } from '../../clinic/patients/summary.ts'
import { FormKey } from '../form-key.tsx'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { FindForm, FoundList } from '../patients/find-form.tsx'
import { AppointmentDetails } from '../ui/appointment-details.tsx'
import { TextField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'
import { PatientName } from '../ui/patient-name.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { InTheWay } from './in-the-way.tsx'

interface ReassignPageProps {
  frame: Frame
  appointment: Appointment
  formKey: string
  /** What was searched for, and who was found. */
  typed?: string | undefined
  others?: FoundPatients | undefined
  /** Who was chosen. */
  chosen?: PatientSummary | undefined
  refused?: string | undefined
  /** What the chosen patient has at that time. */
  conflict?: Appointment | null | undefined
  /** What is wrong with the reason. */
  problem?: string | undefined
}

/** Gives an appointment that was booked for the wrong person to another: first who, then why. */
export function ReassignPage(props: ReassignPageProps) {
  const { frame, appointment, typed, others, chosen, refused, conflict } = props
  const { copy } = frame
  const words = copy.reassign
  return (
    <Layout frame={frame} title={words.title}>
      <section class="card confirmation">
        <h1>{words.title}</h1>
        {refused && (
          <Refusal title={words.notChanged} reason={refused}>
            {conflict && <InTheWay copy={copy} appointments={[conflict]} />}
          </Refusal>
        )}
        <p>{words.intro}</p>
        <AppointmentDetails copy={copy} appointment={appointment} />
        {chosen && <ChosenForm {...props} chosen={chosen} />}
        <FindForm
          copy={copy}
          action={paths.reassignmentSearch(appointment.id)}
          label={words.find}
          {...(typed && { typed })}
        />
        {others && (
          <FoundList
            copy={copy}
            found={others}
            label={words.give}
            hrefOf={(patientId) => paths.reassignment(appointment.id, patientId)}
          />
        )}
        <a class="more" href={paths.deskAppointment(appointment.id)}>
          {words.back}
        </a>
      </section>
    </Layout>
  )
}

function ChosenForm({
  frame: { copy },
  appointment,
  formKey,
  chosen,
  problem,
}: ReassignPageProps & { chosen: PatientSummary }) {
  const words = copy.reassign
  return (
    <form method="post" action={paths.reassignment(appointment.id)}>
      <FormKey value={formKey} />
      <input type="hidden" name="patient_id" value={chosen.id} />
      <input type="hidden" name="version" value={appointment.version} />
      <p>
        {words.chosen} <PatientName copy={copy} patient={chosen} />
      </p>
      <TextField name="reason" label={words.reason} value="" autocomplete="off" problem={problem} />
      <button type="submit">{words.submit}</button>
    </form>
  )
}
