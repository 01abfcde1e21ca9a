import type { ProblemCode, problems } from './problem.ts'

interface ProblemPageProps {
  code: ProblemCode
  problem: (typeof problems)[ProblemCode]
}

/** What a problem's `type` leads a person to. */
export function ProblemPage({ code, problem: { status, title, detail } }: ProblemPageProps) {
  return (
    <section class="card message">
      <p class="hint">
        {status} <code>{code}</code>
      </p>
      <h1>{title}</h1>
      <h2>What to do</h2>
      <p>{detail}</p>
      <h2>Whether to send it again</h2>
      <p>{repeat(code)}</p>
      <a class="button" href="/api/docs">
        All calls of the API
      </a>
    </section>
  )
}

const isPassing = (code: ProblemCode) => ['too_many_requests', 'unavailable', 'still_running'].includes(code)

function repeat(code: ProblemCode): string {
  if (code === 'internal')
    return 'Yes. With the same Idempotency-Key what has been done all the same is not done twice.'
  return isPassing(code)
    ? 'Yes, the very same, after as many seconds as Retry-After says; what changes something with the same Idempotency-Key.'
    : 'Not as it is: it would be refused again. What you send instead is another request, with an Idempotency-Key of its own.'
}
