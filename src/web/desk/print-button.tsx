import type { Copy } from '../../i18n/en.ts'
import { Icon } from './icons.tsx'

/** Shown only where scripts run: browsers print without one, too. */
export function PrintButton({ copy }: { copy: Copy }) {
  return (
    <div class="btns">
      <button type="button" class="btn main print" data-print>
        <Icon name="print" /> {copy.desk.day.print}
      </button>
    </div>
  )
}
