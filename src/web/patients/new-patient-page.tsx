import type { PatientSummary } from '../../clinic/patients/summary.ts'
import type { Fault } from '../../clinic/refusals.ts'
import { FormKey } from '../form-key.tsx'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { DateField, TextField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'
import { LikelyPatients } from './likely-patients.tsx'

export const newPatientFields = ['name', 'birth_date', 'phone', 'email', 'nik'] as const
export type NewPatientField = (typeof newPatientFields)[number]

interface NewPatientPageProps {
  frame: Frame
  values: Record<NewPatientField, string>
  returnTo: string
  formKey: string
  faults?: Partial<Record<NewPatientField, Fault>>
  candidates?: PatientSummary[]
}

/** The front desk's form for someone who is not registered yet. */
export function NewPatientPage(props: NewPatientPageProps) {
  const { frame, values, returnTo, formKey, faults = {}, candidates } = props
  const { copy } = frame
  const words = copy.newPatient
  const action = paths.newPatient()
  const field = (name: NewPatientField) => {
    const fault = faults[name]
    return { name, value: values[name], problem: fault && copy.faults[fault] }
  }
  return (
    <Layout frame={frame} title={words.title}>
      <div class="card narrow">
        <h1>{words.title}</h1>
        {candidates && (
          <LikelyPatients
            {...{ copy, candidates, returnTo, formKey, action, values }}
            words={words.mayExist}
          />
        )}
        <form method="post" action={action}>
          <FormKey value={formKey} />
          <input type="hidden" name="return_to" value={returnTo} />
          <TextField {...field('name')} label={words.name} autocomplete="off" />
          <DateField {...field('birth_date')} label={words.birthDate} />
          <TextField
            {...field('phone')}
            type="tel"
            label={words.phone}
            hint={words.phoneHint}
            autocomplete="off"
            isOptional
          />
          <TextField
            {...field('email')}
            type="email"
            label={words.email}
            hint={words.emailHint}
            autocomplete="off"
            isOptional
          />
          <TextField
            {...field('nik')}
            label={words.nik}
            hint={copy.record.identifierHints.nik}
            inputmode="numeric"
            autocomplete="off"
            isOptional
          />
          <button type="submit">{words.submit}</button>
        </form>
      </div>
    </Layout>
  )
}
