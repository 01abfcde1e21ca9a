import type { PatientSummary } from '../../clinic/patients/summary.ts'
import type { Fault } from '../../clinic/refusals.ts'
import { FormKey } from '../form-key.tsx'
import type { Frame } from '../frame.ts'
import { changedPath, paths } from '../paths.ts'
import { DateField, SelectField, TextField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'
import { PatientName } from '../ui/patient-name.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { LikelyPatients } from './likely-patients.tsx'

export const newPatientFields = [
  'name',
  'birth_date',
  'phone',
  'sex',
  'email',
  'nik',
  'bpjs',
  'passport',
  'record',
] as const
export type NewPatientField = (typeof newPatientFields)[number]

type NewPatientFaults = Partial<Record<NewPatientField, Fault>>

interface NewPatientPageProps {
  frame: Frame
  values: Record<NewPatientField, string>
  returnTo: string
  formKey: string
  faults?: NewPatientFaults
  /** The NIK has another date of birth than the form. */
  nikDisagrees?: boolean
  /** Who has one of the numbers already. */
  taken?: { issuer: NewPatientField | undefined; holder: PatientSummary | null }
  candidates?: PatientSummary[]
}

/** The front desk's form for someone who is not registered yet. */
export function NewPatientPage(props: NewPatientPageProps) {
  const { frame, values, returnTo, formKey, faults = {}, nikDisagrees, taken, candidates } = props
  const { copy } = frame
  const words = copy.newPatient
  const action = paths.newPatient()
  const problemOf = (name: NewPatientField) => {
    const fault = faults[name]
    if (fault) return copy.faults[fault]
    if (nikDisagrees && name === 'nik') return copy.record.refused.nik_disagrees
    if (name === taken?.issuer) return words.taken
  }
  const field = (name: NewPatientField) => ({ name, value: values[name], problem: problemOf(name) })
  const number = (name: keyof typeof copy.record.issuers) => ({
    ...field(name),
    label: words.optional(copy.record.issuers[name]),
    hint: copy.record.identifierHints[name],
    autocomplete: 'off',
    isOptional: true,
  })
  const hasMore = [values.bpjs, values.passport].some(Boolean)
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
        {taken?.holder && (
          <Refusal title={words.takenTitle} reason={words.takenReason}>
            <p>
              <a href={paths.patient(taken.holder.id)}>
                <span>
                  <PatientName copy={copy} patient={taken.holder} />
                </span>
              </a>
            </p>
            <a class="more" href={changedPath(returnTo, { patient_id: String(taken.holder.id) })}>
              {words.mayExist.use}
            </a>
          </Refusal>
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
          <SelectField
            {...field('sex')}
            label={words.optional(copy.record.sex)}
            placeholder={copy.record.notKnown}
            options={Object.entries(copy.record.sexes).map(([value, label]) => ({ value, label }))}
            isOptional
          />
          <TextField {...number('nik')} inputmode="numeric" />
          <TextField {...number('record')} />
          <details open={hasMore}>
            <summary>{words.moreNumbers}</summary>
            <TextField {...number('bpjs')} inputmode="numeric" />
            <TextField {...number('passport')} />
          </details>
          <button type="submit">{words.submit}</button>
        </form>
      </div>
    </Layout>
  )
}
