import type { PropsWithChildren } from 'hono/jsx'

interface RefusalProps {
  title: string
  reason: string
}

/** Receives focus when the page opens, so that a screen reader begins with why nothing was done; then what to do instead. */
export function Refusal({ title, reason, children }: PropsWithChildren<RefusalProps>) {
  return (
    <section
      class="summary"
      id="summary"
      aria-labelledby="summary-title"
      aria-describedby="summary-reason"
      tabindex={-1}
      autofocus
    >
      <h2 id="summary-title">{title}</h2>
      <p id="summary-reason">{reason}</p>
      {children}
    </section>
  )
}
