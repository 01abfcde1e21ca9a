import type { Fault } from '../../clinic/refusals.ts'
import { FormKey } from '../form-key.tsx'
import type { Frame } from '../frame.ts'
import { paths } from '../paths.ts'
import { TextField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'
import { PhoneLink } from '../ui/phone-link.tsx'
import { Refusal } from '../ui/refusal.tsx'

interface DependantPageProps {
  frame: Frame
  name: string
  returnTo: string
  formKey: string
  fault?: Fault | undefined
  refusal?: 'too_many_dependants'
}

export function DependantPage({ frame, name, returnTo, formKey, fault, refusal }: DependantPageProps) {
  const { copy } = frame
  const words = copy.dependant
  return (
    <Layout frame={frame} title={words.title}>
      <form class="card narrow" method="post" action={paths.dependants()}>
        <FormKey value={formKey} />
        <input type="hidden" name="return_to" value={returnTo} />
        <h1>{words.title}</h1>
        {refusal && (
          <Refusal title={words.refused.title} reason={words.refused[refusal]}>
            <p>
              {words.refused.call} <PhoneLink phone={frame.phone} />
            </p>
          </Refusal>
        )}
        <p>{words.intro}</p>
        <TextField
          name="name"
          label={words.name}
          value={name}
          autocomplete="off"
          problem={fault && copy.faults[fault]}
        />
        <button type="submit">{words.submit}</button>
      </form>
    </Layout>
  )
}
