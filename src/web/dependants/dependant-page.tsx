import type { PatientSummary } from '../../clinic/patients/summary.ts'
import type { Fault } from '../../clinic/refusals.ts'
import type { Asking, Askings } from '../../clinic/settings/askings.ts'
import { FormKey } from '../form-key.tsx'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { LikelyPatients } from '../patients/likely-patients.tsx'
import { DateField, SelectField, TextField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'
import { PhoneLink } from '../ui/phone-link.tsx'
import { Refusal } from '../ui/refusal.tsx'

export interface DependantValues {
  name: string
  birth_date: string
  phone: string
  sex: string
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
  const labelOf = (label: string, asking: Asking) => (asking === 'optional' ? words.optional(label) : label)
  const field = (name: keyof DependantValues) => {
    const fault = faults[name]
    return { name, value: values[name], problem: fault && copy.faults[fault] }
  }
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
          <TextField {...field('name')} label={words.name} autocomplete="off" />
          {askings.birthDate !== 'no' && (
            <DateField {...field('birth_date')} label={labelOf(words.birthDate, askings.birthDate)} />
          )}
          {askings.phone !== 'no' && (
            <TextField
              {...field('phone')}
              type="tel"
              label={labelOf(words.phone, askings.phone)}
              autocomplete="off"
              isOptional={askings.phone === 'optional'}
            />
          )}
          {askings.sex !== 'no' && (
            <SelectField
              {...field('sex')}
              label={labelOf(words.sex, askings.sex)}
              placeholder={copy.record.notKnown}
              isOptional={askings.sex === 'optional'}
              options={Object.entries(copy.record.sexes).map(([value, label]) => ({ value, label }))}
            />
          )}
          <button type="submit">{words.submit}</button>
        </form>
      </div>
    </Layout>
  )
}
