import type { OpenApi, Schema } from './open-api.ts'
import { Prose } from './prose.tsx'

/** The fields of a body, each with its type and description. */
export function Fields({ document, schema }: { document: OpenApi; schema: Schema }) {
  const { anyOf, items, properties = {}, required = [] } = known(document, schema)
  if (anyOf) return <Either document={document} choices={anyOf} />
  if (items) return <Fields document={document} schema={items} />
  return (
    <dl>
      {Object.entries(properties).map(([name, field]) => (
        <div>
          <dt>
            <code>{name}</code>{' '}
            <Type document={document} schema={field} isRequired={required.includes(name)} />
          </dt>
          <dd>
            <Prose text={field.description ?? known(document, field).description ?? ''} />
            {hasFields(document, field) && <Fields document={document} schema={field} />}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Either({ document, choices }: { document: OpenApi; choices: Schema[] }) {
  return (
    <>
      {choices.map((choice, n) => (
        <>
          <p class="either">{n === 0 ? 'Either' : 'Or'}</p>
          <Prose text={known(document, choice).description ?? ''} />
          <Fields document={document} schema={choice} />
        </>
      ))}
    </>
  )
}

export function Type(props: { document: OpenApi; schema: Schema; isRequired: boolean }) {
  const schema = known(props.document, props.schema)
  const words = [
    nameOf(props.document, props.schema),
    props.isRequired && 'required',
    schema.minimum !== undefined && `from ${schema.minimum}`,
    schema.maximum !== undefined && `to ${schema.maximum}`,
    props.schema.default !== undefined && `default ${JSON.stringify(props.schema.default)}`,
  ]
  return <span class="type">{words.filter(Boolean).join(', ')}</span>
}

function known(document: OpenApi, schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1)
  return name ? (document.components.schemas[name] ?? schema) : schema
}

function hasFields(document: OpenApi, schema: Schema): boolean {
  const { properties, items, anyOf } = known(document, schema)
  if (items) return hasFields(document, items)
  return Boolean(properties ?? anyOf?.some((choice) => known(document, choice).properties))
}

function nameOf(document: OpenApi, schema: Schema): string {
  const { type, items, anyOf, enum: values } = known(document, schema)
  if (values) return values.map((value) => JSON.stringify(value)).join(' | ')
  if (items) return `list of ${nameOf(document, items)}`
  if (anyOf && !hasFields(document, schema))
    return anyOf.map((choice) => nameOf(document, choice)).join(' or ')
  return [type ?? 'object'].flat().join(' or ')
}
