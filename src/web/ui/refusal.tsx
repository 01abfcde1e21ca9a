import type { PropsWithChildren } from 'hono/jsx'

interface RefusalProps {
  title: string
  reason: string
}

/** Why nothing was done, with what to do instead as children. It takes the focus, so screen readers start here. */
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
