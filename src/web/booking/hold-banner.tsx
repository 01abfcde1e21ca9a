import { formatDay, formatTime } from '../../i18n/dates.ts'
import type { Copy } from '../../i18n/en.ts'
import type { Holding } from '../cookies.ts'
import { paths } from '../paths.ts'

/** Leads visitors who went back to the free times to the slot they hold; the list itself shows it as taken. */
export function HoldBanner({ copy, holding }: { copy: Copy; holding: Holding }) {
  const { id, startLocal, offset, doctor } = holding
  const time = formatTime(startLocal, copy.language)
  return (
    <section class="card banner" aria-label={copy.hold.bannerTitle}>
      <p>
        {copy.hold.banner(
          formatDay(startLocal, copy.language),
          offset ? `${time} (${offset})` : time,
          doctor,
        )}
      </p>
      <a class="button" href={paths.hold(id)}>
        {copy.hold.finish}
      </a>
    </section>
  )
}
