import {
  askEmailChange,
  confirmEmailChange,
  findEmailChange,
  stopEmailChange,
} from '../../src/clinic/accounts/change-email.ts'
import { hashKey } from '../../src/clinic/accounts/hash-key.ts'
import { findLink } from '../../src/clinic/accounts/links.ts'
import { restoreAccess } from '../../src/clinic/accounts/restore-access.ts'
import { sendSignInCode } from '../../src/clinic/accounts/send-sign-in-code.ts'
import { signIn } from '../../src/clinic/accounts/sign-in.ts'
import { unlinkPatient } from '../../src/clinic/accounts/unlink.ts'
import { endLinks } from '../../src/clinic/patients/end-links.ts'
import { closeAccount, findUpcoming } from '../../src/clinic/retention/close-account.ts'
import type { Explained } from './clinic.ts'
import type { Recorder } from './recorder.ts'

const letter = (text: string) => ({ subject: 'Explained', text })

/** Changes an address, gives one back, removes links and closes an account. */
export async function ownAccounts({ as, mails, ...clinic }: Explained, { call, refused }: Recorder) {
  const stranger = clinic.context(as.stranger)
  const email = 'filler-13@example.com'
  const by = { email, browser: 'explained', isKnownBrowser: false, passedChallenge: false }
  await call('a code is sent', () =>
    sendSignInCode(stranger, { ...by, writeMail: letter, writeOpenMail: letter }),
  )
  const attempt = { ...by, replaces: null, code: mails[0]?.text ?? '' }
  const { token, visitor } = await call('the code signs in', () => signIn(stranger, attempt))
  const { accountId } = visitor
  const own = clinic.context({ kind: 'patient', accountId, patientIds: [] }, { sessionHash: hashKey(token) })

  await call('another address is asked for', () =>
    askEmailChange(own, {
      email: 'explained@example.com',
      writeOldMail: letter,
      writeNewMail: letter,
      writeTakenMail: () => letter(''),
    }),
  )
  await call('the change that waits is read', () => findEmailChange(own))
  const wrong = { oldCode: '', newCode: '', writeDoneMail: () => letter('') }
  await refused('a wrong code is tried', 'wrong_code', () => confirmEmailChange(own, wrong))
  await refused('an unknown change is stopped', 'link_expired', () =>
    stopEmailChange(stranger, { token: '' }),
  )

  const link = { patientId: 1, accountId }
  await refused('a link is read', 'NotFound', () => findLink(own, link))
  await refused('… and removed', 'NotFound', () => unlinkPatient(own, link))
  await refused('… and by the front desk', 'NotFound', () => unlinkPatient(clinic.context(as.desk), link))
  await call('links end', () => endLinks(clinic.context(as.system), () => letter('')))

  await call('what is to come is listed', () => findUpcoming(own))
  await call('an account is closed', () => closeAccount(own, { cancelsAppointments: true }))
  const restoring = { email: 'found@example.com', reason: 'ID card', writeMail: () => letter('') }
  await refused('access is restored', 'NotFound', () =>
    restoreAccess(clinic.context(as.desk), accountId, restoring),
  )
}
