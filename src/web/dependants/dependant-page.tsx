import type { PatientSummary } from '../../clinic/patients/summary.ts'
import type { Fault } from '../../clinic/refusals.ts'
import type { Askings } from '../../clinic/settings/askings.ts'
import { FormKey } from '../form-key.tsx'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { LikelyPatients } from '../patients/likely-patients.tsx'
import { TextField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'
import { PhoneLink } from '../ui/phone-link.tsx'
import { Refusal } from '../ui/refusal.tsx'
import { AskedFields, type AskedValues } from './asked-fields.tsx'

export interface DependantValues extends AskedValues {
  name: string
}

interface DependantPageProps {
  frame: Frame
  values: DependantValues
  /** What the clinic asks for online. */
  askings: Askings
  returnTo: string
  formKey: string
  faults?: Partial<Record<keyof DependantValues, Fault>>
  refusal?: 'too_many_dependants'
  candidates?: PatientSummary[]
}

export function DependantPage(props: DependantPageProps) {
  const { frame, values, returnTo, formKey, askings, faults = {}, refusal, candidates } = props
  const { copy } = frame
  const words = copy.dependant
  const action = paths.dependants()
  const problemOf = (name: keyof DependantValues) => faults[name] && copy.faults[faults[name]]
  return (
    <Layout frame={frame} title={words.title}>
      <div class="card narrow">
        <h1>{words.title}</h1>
        {refusal && (
          <Refusal title={words.refused.title} reason={words.refused[refusal]}>
            <p>
              {words.refused.call} <PhoneLink phone={frame.phone} />
            </p>
          </Refusal>
        )}
        {candidates && (
          <LikelyPatients
            {...{ copy, candidates, returnTo, formKey, action }}
            words={words.mayExist}
            values={{ ...values }}
          />
        )}
        <form method="post" action={action}>
          <FormKey value={formKey} />
          <input type="hidden" name="return_to" value={returnTo} />
          <p>{words.intro}</p>
          <TextField
            name="name"
            value={values.name}
            label={words.name}
            autocomplete="off"
            problem={problemOf('name')}
          />
          <AskedFields
            {...{ copy, words, askings, values }}
            problems={{
              birth_date: problemOf('birth_date'),
              phone: problemOf('phone'),
              sex: problemOf('sex'),
            }}
          />
          <button type="submit">{words.submit}</button>
        </form>
      </div>
    </Layout>
  )
}
