import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/**
 * A phone number as people type it, in E.164; null when it is none.
 *
 * @param clinicPhone of the clinic: a number without a country code is of its country.
 */
export function readPhone(written: string, clinicPhone: string): string | null {
  const country = parsePhoneNumberFromString(clinicPhone)?.country
  // Many people dial 00 for abroad; the smallest metadata does not know what each country dials.
  const dialled = written.normalize('NFKC').trim().replace(/^00/, '+')
  const phone = parsePhoneNumberFromString(dialled, country && { defaultCountry: country })
  return phone?.isValid() && !phone.ext ? phone.number : null
}

/** E.164 in the usual groups: `+62 812-3456-7890`. */
export function formatPhone(phone: string): string {
  return parsePhoneNumberFromString(phone)?.formatInternational() ?? phone
}
