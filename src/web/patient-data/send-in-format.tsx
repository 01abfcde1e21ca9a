import type { Context } from 'hono'
import type { ExportedPatient } from '../../clinic/patients/export.ts'
import type { AppEnv } from '../../http/app-env.ts'
import { sendExport } from '../../http/send-export.ts'
import { type ExportedDocument, ExportFile } from './export-file.tsx'

type Format = 'html' | 'json'

/** The format in the address; a page to read unless it is `json`. */
export const formatIn = (c: Context<AppEnv>): Format => (c.req.query('format') === 'json' ? 'json' : 'html')

/** Sends an export as a file, without parsing what a program will read. */
export function sendInFormat(
  c: Context<AppEnv>,
  { patientId, document }: ExportedPatient,
  format: Format,
): Response {
  if (format === 'json') return sendExport(c, patientId, 'application/json', `{"patient_export":${document}}`)
  const { copy, clinicPhone: phone } = c.var
  const page = <ExportFile copy={copy} phone={phone} document={JSON.parse(document) as ExportedDocument} />
  return sendExport(c, patientId, 'text/html', String(page))
}
