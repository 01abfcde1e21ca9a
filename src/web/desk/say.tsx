import type { Child, PropsWithChildren } from 'hono/jsx'
import { Icon } from './icons.tsx'

interface RefusalProps {
  title: Child
  reason: Child
}

/** Why nothing was done, with what to do instead as children. It takes the focus, so that screen readers start there. */
export function Refusal({ title, reason, children }: PropsWithChildren<RefusalProps>) {
  return (
    <section
      class="say bad"
      id="refused"
      role="alert"
      tabindex={-1}
      autofocus
      aria-labelledby="refused-title"
      aria-describedby="refused-reason"
    >
      <h2 id="refused-title">
        <Icon name="warning" />
        {title}
      </h2>
      <p id="refused-reason">{reason}</p>
      {children}
    </section>
  )
}

/** The same, with buttons as children. */
export const Say = ({ title, reason, children }: PropsWithChildren<{ title: string; reason: string }>) => (
  <Refusal title={title} reason={reason}>
    {children && <div class="btns">{children}</div>}
  </Refusal>
)
