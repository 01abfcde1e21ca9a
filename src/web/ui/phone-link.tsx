/** A number to call, which never breaks across lines. */
export function PhoneLink({ phone }: { phone: string }) {
  return (
    <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
      {phone.replaceAll(' ', '\u00a0').replaceAll('-', '\u2011')}
    </a>
  )
}
