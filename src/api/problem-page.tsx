import type { ProblemCode, problems } from './problem.ts'
import { Prose } from './reference/prose.tsx'

interface ProblemPageProps {
  code: ProblemCode
  problem: (typeof problems)[ProblemCode]
}

/** The page that a problem's `type` points to. */
export function ProblemPage({ code, problem: { status, title, detail } }: ProblemPageProps) {
  return (
    <section class="card message">
      <p class="hint">
        {status} <code>{code}</code>
      </p>
      <h1>{title}</h1>
      <h2>What to do</h2>
      <Prose text={detail} />
      <h2>Can I retry?</h2>
      <Prose text={retryAdvice(code)} />
      <a class="button" href="/api/docs">
        API reference
      </a>
    </section>
  )
}

const isTemporary = (code: ProblemCode) =>
  ['too_many_requests', 'unavailable', 'still_running'].includes(code)

function retryAdvice(code: ProblemCode): string {
  if (code === 'internal')
    return 'Yes. Repeat the same request with the same `Idempotency-Key`: if the first one went through after all, nothing happens twice.'
  return isTemporary(code)
    ? 'Yes. Wait the number of seconds in `Retry-After`, then repeat the same request with the same `Idempotency-Key`.'
    : 'No, the same request gets the same answer. Change it as described above, and send it with a new `Idempotency-Key`.'
}
