import type { PropsWithChildren } from 'hono/jsx'
import { paths } from '../paths.ts'
import type { Finder } from '../read-finder.ts'

/** A form whose buttons hold a slot. It sends the search along, to return to it if the slot is taken. */
export function SlotForm({ finder, children }: PropsWithChildren<{ finder: Finder }>) {
  return (
    <form method="post" action={paths.holds()}>
      {Object.entries(finder).map(
        ([name, value]) => value && <input type="hidden" name={name} value={value} />,
      )}
      {children}
    </form>
  )
}
