import { readPhone } from '../../i18n/phones.ts'
import type { Written } from '../read-form.ts'

/** People type the numbers of their country; they are stored in E.164. */
export const withPhone =
  (form: Written, clinicPhone: string): Written =>
  (field) =>
    field === 'phone' ? (readPhone(form(field), clinicPhone) ?? form(field)) : form(field)
