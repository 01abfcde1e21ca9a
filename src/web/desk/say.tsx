import type { PropsWithChildren } from 'hono/jsx'
import { Icon } from './icons.tsx'

interface SayProps {
  title: string
  reason: string
}

/** Why nothing was done, with what to do instead as children. It takes the focus, so that screen readers start there. */
export function Say({ title, reason, children }: PropsWithChildren<SayProps>) {
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
      {children && <div class="btns">{children}</div>}
    </section>
  )
}
