import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { isStaff } from '../clinic/accounts/guard.ts'
import type { AppEnv } from '../http/app-env.ts'
import { limitRequests } from '../http/rate-limits.ts'
import { closing } from './account/closing-routes.tsx'
import { newEmail } from './account/email-routes.tsx'
import { ownMessages } from './account/message-routes.tsx'
import { account } from './account/routes.tsx'
import { accounts } from './accounts/routes.tsx'
import { admin } from './admin/routes.tsx'
import { reassignments } from './appointments/reassign-routes.tsx'
import { appointments } from './appointments/routes.tsx'
import { holds } from './booking/hold-routes.tsx'
import { booking } from './booking/routes.tsx'
import { readBrowser } from './browser.ts'
import { dependants } from './dependants/routes.tsx'
import { onlyStaff } from './desk/only-staff.ts'
import { desk } from './desk/routes.tsx'
import { erasures } from './erasure/desk-routes.tsx'
import { ownErasure } from './erasure/own-routes.tsx'
import { answerError, message } from './errors.tsx'
import { family } from './family/routes.tsx'
import { readFormKey } from './form-key.tsx'
import { readLanguage } from './language.ts'
import { messageLinks } from './messages/link-routes.tsx'
import { messages } from './messages/routes.tsx'
import { passkeys } from './passkeys/routes.tsx'
import { paths } from './paths.ts'
import { patientData } from './patient-data/desk-routes.tsx'
import { ownData } from './patient-data/own-routes.tsx'
import { invitations } from './patients/invitation-routes.tsx'
import { links } from './patients/link-routes.tsx'
import { merges } from './patients/merge-routes.tsx'
import { ownRecord, record } from './patients/record-routes.tsx'
import { correctionRequests } from './patients/request-routes.tsx'
import { patients } from './patients/routes.tsx'
import { patientSearch } from './patients/search-routes.tsx'
import { series } from './series/routes.tsx'
import { sessions } from './sessions/routes.tsx'
import { signInAgain } from './sign-in/again-routes.tsx'
import { passkeySignIn } from './sign-in/passkey-routes.tsx'
import { signIn } from './sign-in/routes.tsx'
import { readVisitor, refuseOtherOrigins, requireComplete, requireSecondFactor } from './visitor.ts'
import { tickets } from './walk-ins/ticket-routes.tsx'

export const web = new Hono<AppEnv>()

// Before visitors are recognised and requests counted: the same for everyone, with a cache in front.
web.get('/assets/:file', (c) => c.var.askPublic(c.req.path))

web.use(readLanguage)
// Before cookies are read and the origin is checked: whoever has such a link may do what it says, and nobody else.
web.route('/m', messageLinks)
web.route('/w', tickets)
web.use(csrf())
web.use(refuseOtherOrigins)
web.use(bodyLimit({ maxSize: 16 * 1024, onError: (c) => message(c, 'tooLarge', 413) }))
web.use(readVisitor)
web.use(limitRequests((c) => message(c, 'tooMany', 429)))
web.use(requireComplete)
web.use(requireSecondFactor)
web.use(readBrowser)
web.use(readFormKey)

web.get('/', (c) => c.redirect(isStaff(c.var.clinic.actor) ? paths.desk() : paths.booking()))
web.route('/account/passkeys', passkeys)
web.route('/account/erasure', ownErasure)
web.route('/account/closing', closing)
web.route('/account/email', newEmail)
web.route('/account/data', ownData)
web.route('/account/details', ownRecord)
web.route('/account/messages', ownMessages)
web.route('/account', family)
web.route('/account', account)
web.route('/accounts', accounts)
web.route('/admin', admin)
web.route('/appointments', reassignments)
web.route('/appointments', appointments)
web.use('/desk/*', onlyStaff)
web.route('/desk/messages', messages)
web.route('/desk', desk)
web.route('/booking/holds', holds)
web.route('/booking', booking)
web.route('/dependants', dependants)
web.route('/patients', patientData)
web.route('/patients', merges)
web.route('/patients', patientSearch)
web.route('/patients/correction-requests', correctionRequests)
web.route('/patients', record)
web.route('/patients', patients)
web.route('/patients', erasures)
web.route('/patients', links)
web.route('/patients', invitations)
web.route('/sessions', sessions)
web.route('/series', series)
web.route('/sign-in/again', signInAgain)
web.route('/sign-in', passkeySignIn)
web.route('/', signIn)
web.all('*', (c) => message(c, 'notFound', 404))

web.onError(answerError)
