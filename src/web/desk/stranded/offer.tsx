import type { Stranded } from '../../../clinic/day/read-stranded-page.ts'
import { formatDay, formatTime } from '../../../i18n/dates.ts'
import type { Copy } from '../../../i18n/en.ts'
import { languages } from '../../../i18n/languages.ts'
import { isLanguage } from '../../language.ts'

interface OfferProps {
  copy: Copy
  one: Stranded
  /** The clinic's own, for answers. */
  phone: string
}

/** Opens a message to the patient that offers the nearest times, in their language; the front desk sends it. */
export function Offer({ copy, one, phone }: OfferProps) {
  const words = copy.desk.stranded
  if (one.times.length === 0 || (!one.phone && !one.email)) return null
  const { subject, text } = writeOffer(copy, one, phone)
  return (
    <div class="btns">
      {one.phone && (
        <a
          class="btn"
          href={`https://wa.me/${one.phone.replace(/\D/g, '')}?text=${encodeURIComponent(text)}`}
          rel="noreferrer"
        >
          {words.offerBy.whatsapp}
        </a>
      )}
      {one.phone && (
        <a class="btn" href={`sms:${one.phone}?body=${encodeURIComponent(text)}`}>
          {words.offerBy.sms}
        </a>
      )}
      {one.email && (
        <a
          class="btn"
          href={`mailto:${encodeURIComponent(one.email)}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(text)}`}
        >
          {words.offerBy.email}
        </a>
      )}
    </div>
  )
}

/** In the first of the patient's languages that we write, else in that of the page. */
function writeOffer(copy: Copy, one: Stranded, phone: string): { subject: string; text: string } {
  const theirs = one.languages?.map((tag) => tag.slice(0, 2)).find(isLanguage)
  const { desk, language } = theirs ? languages[theirs] : copy
  const { offer } = desk.stranded
  const when = (local: string) => `${formatDay(local, language)}, ${formatTime(local, language)}`
  const times = one.times.map(
    ({ startLocal, doctor }, at) => `${at + 1}. ${offer.with(when(startLocal), doctor)}`,
  )
  return {
    subject: offer.subject,
    text: [
      offer.hello(one.patient ?? '', when(one.startLocal), one.doctor),
      ...times,
      offer.answer(phone),
    ].join('\n'),
  }
}
