import { raw } from 'hono/html'
import { Fields, Type } from './fields.tsx'
import { type Answer, type OpenApi, type Operation, type Parameter, resolve } from './open-api.ts'
import { Prose } from './prose.tsx'
import { style } from './style.ts'

interface Route {
  method: string
  address: string
  operation: Operation
}

/** The API reference, made from the description alone and without scripts. */
export function ReferencePage({ document }: { document: OpenApi }) {
  const { info, tags, components } = document
  const routes = Object.entries(document.paths).flatMap(([address, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      address,
      operation,
    })),
  )
  const sections = tags.map((tag) => ({
    ...tag,
    routes: routes.filter(({ operation }) => operation.tags.includes(tag.name)),
  }))
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="en-GB">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>{`API reference · ${info.title}`}</title>
          <style>{raw(style)}</style>
        </head>
        <body>
          <header>
            <h1>{`${info.title} API`}</h1>
            <p>
              {`${info.summary}. All paths below start with `}
              <code>/api/v1</code>
              {'. The same reference as an OpenAPI document: '}
              <a href="/api/v1/openapi.json">openapi.json</a>.
            </p>
          </header>
          <nav aria-label="API calls">
            {sections.map(({ name, routes }) => (
              <div>
                <h2>{name}</h2>
                <ul>
                  {routes.map(({ operation }) => (
                    <li>
                      <a href={`#${operation.operationId}`}>{operation.operationId}</a>
                    </li>
                  ))}
                </ul>
              </div>
            ))}
            <a href="#problems">Problems</a>
          </nav>
          <main>
            <Prose text={info.description} />
            {sections.map(({ name, description, routes }) => (
              <section>
                <h2>{name}</h2>
                <Prose text={description} />
                {routes.map((route) => (
                  <Call {...route} document={document} />
                ))}
              </section>
            ))}
            <Problems examples={components.examples} />
          </main>
          <footer>
            <a href="/booking">Book an appointment</a>
          </footer>
        </body>
      </html>
    </>
  )
}

function Call({ document, method, address, operation }: Route & { document: OpenApi }) {
  const { operationId, summary, description, security, requestBody, responses } = operation
  const parameters = operation.parameters.map((one) => resolve<Parameter>(document, one))
  const answers = Object.entries(responses).map(
    ([status, answer]) => [status, resolve<Answer>(document, answer)] as const,
  )
  const scope = security[0]?.key?.[0]
  const body = requestBody?.content['application/json']
  return (
    <article id={operationId}>
      <h3>
        {summary} <a href={`#${operationId}`}>{operationId}</a>
      </h3>
      <p class="route">
        <code>
          <b>{method}</b> {address}
        </code>
      </p>
      <Prose text={description ?? ''} />
      <p class="scope">
        {scope
          ? ['Requires an API key with the scope ', <code>{scope}</code>]
          : 'Public; no API key required'}
      </p>
      {parameters.length > 0 && <Parameters document={document} parameters={parameters} />}
      {body && (
        <details>
          <summary>Request body</summary>
          <Json value={body.example} />
          <Fields document={document} schema={body.schema} />
        </details>
      )}
      {answers
        .filter(([status]) => status < '300')
        .map(([status, answer]) => (
          <Granted document={document} status={status} answer={answer} />
        ))}
      <details>
        <summary>Problems</summary>
        <ul class="codes">
          {answers.flatMap(([status, { content }]) =>
            Object.keys(content?.['application/problem+json']?.examples ?? {}).map((code) => (
              <li>
                {status} <a href={`#${code}`}>{code}</a>
              </li>
            )),
          )}
        </ul>
      </details>
    </article>
  )
}

function Parameters({ document, parameters }: { document: OpenApi; parameters: Parameter[] }) {
  return (
    <details>
      <summary>Parameters and headers</summary>
      <dl>
        {parameters.map(({ name, in: where, required, description, schema }) => (
          <div>
            <dt>
              <code>{name}</code> <span class="type">{where}, </span>
              <Type document={document} schema={schema} isRequired={required ?? false} />
            </dt>
            <dd>
              <Prose text={description ?? ''} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

function Granted({ document, status, answer }: { document: OpenApi; status: string; answer: Answer }) {
  const { schema, example } = answer.content?.['application/json'] ?? {}
  return (
    <details>
      <summary>{`${status}: ${answer.description}`}</summary>
      <p class="type">{`Headers: ${Object.keys(answer.headers).join(', ')}`}</p>
      {example !== undefined && <Json value={example} />}
      {schema && <Fields document={document} schema={schema} />}
    </details>
  )
}

/** Scrollable, so it must be focusable by keyboard. */
function Json({ value }: { value: unknown }) {
  return (
    <pre tabindex={0}>
      <code>{JSON.stringify(value, null, 2)}</code>
    </pre>
  )
}

function Problems({ examples }: Pick<OpenApi['components'], 'examples'>) {
  return (
    <section id="problems">
      <h2>Problems</h2>
      <p>
        Every problem is <code>application/problem+json</code> with a stable code, and says what to do next.
      </p>
      <dl>
        {Object.entries(examples).map(([code, { value }]) => (
          <div id={code}>
            <dt>
              <a href={`/api/problems/${code}`}>
                <code>{code}</code>
              </a>{' '}
              <span class="type">{value.status}</span>
            </dt>
            <dd>
              <Prose text={`${value.title}. ${value.detail}`} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
