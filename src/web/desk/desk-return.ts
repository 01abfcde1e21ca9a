import { safeReturnPath } from '../paths.ts'

/** The page of the front desk to go back to; anything else is `otherwise`. */
export function deskReturn(written: string, otherwise: string): string {
  return written.startsWith('/desk') ? safeReturnPath(written).replace(/#.*$/, '') : otherwise
}
