import type { Fault } from '../../clinic/refusals.ts'
import type { Copy } from '../../i18n/en.ts'
import { FormKey } from '../form-key.tsx'
import { paths } from '../paths.ts'
import { TextField } from '../ui/field.tsx'
import { Layout } from '../ui/layout.tsx'

interface DependantPageProps {
  copy: Copy
  visitor: string | null
  name: string
  formKey: string
  fault?: Fault | undefined
}

export function DependantPage({ copy, visitor, name, formKey, fault }: DependantPageProps) {
  const words = copy.dependant
  return (
    <Layout copy={copy} title={words.title} visitor={visitor}>
      <form class="card narrow" method="post" action={paths.dependants()}>
        <FormKey value={formKey} />
        <h1>{words.title}</h1>
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
