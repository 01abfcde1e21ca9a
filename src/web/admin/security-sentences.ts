import type { Concerned, SecurityEvent } from '../../clinic/accounts/find-security-events.ts'
import type { Copy } from '../../i18n/en.ts'

/** What happened, in a sentence: `Role of Siti changed from patient to front desk by Budi`. */
export function sentenceOf(event: SecurityEvent, copy: Copy): string {
  const words = copy.securityLog
  const who = nameOf(event.account, copy)
  const by = event.by && event.by.id !== event.account?.id ? words.by(nameOf(event.by, copy)) : ''
  const told = (name: string) => (typeof event.details[name] === 'string' ? String(event.details[name]) : '')
  /** In words where we have them; a later release may know more values. */
  const inWords = (known: Record<string, string>, name: string) => known[told(name)] ?? told(name)
  const sentences: Record<SecurityEvent['kind'], () => string> = {
    'sign_in.code_sent': () => words.codeSent(who),
    'sign_in.refused': () => words.refused(who, inWords(words.reasons, 'why')),
    'sign_in.succeeded': () => words.signedIn(who, inWords(words.methods, 'with')),
    'session.ended': () => words.sessionEnded(who, inWords(words.endings, 'reason')),
    'passkey.added': () => words.passkeyAdded(who),
    'passkey.removed': () => words.passkeyRemoved(who),
    'account.closed': () => words.accountClosed(who) + by,
    'email.change_asked': () => words.emailChangeAsked(who),
    'email.change_stopped': () => words.emailChangeStopped(who),
    'email.changed': () => words.emailChanged(who),
    'email.restored': () => words.emailRestored(who) + by,
    'role.changed': () =>
      words.roleChanged(who, inWords(words.roles, 'from'), inWords(words.roles, 'to')) + by,
    'api_key.issued': () => words.keyIssued(who) + by,
    'api_key.revoked': () => words.keyRevoked(who) + by,
    'data.exported': () => words.exported(who) + by,
    'data.erased': () => words.erased(who) + by,
    'invitation.accepted': () => words.invitationAccepted(who),
    'invitation.refused': () => words.invitationRefused(who),
    'settings.changed': () => words.settingsChanged + by,
  }
  return sentences[event.kind]?.() ?? event.kind
}

function nameOf(account: Concerned | null, copy: Copy): string {
  const words = copy.securityLog
  if (account === null) return words.nobodyYet
  return account.name || words.accountNumber(account.id)
}
