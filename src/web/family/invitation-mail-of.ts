import type { Context } from 'hono'
import type { AppEnv } from '../../http/app-env.ts'
import { invitationMail } from '../../i18n/invitation-mail.ts'
import { paths } from '../paths.ts'

/** Writes the mail; its link leads through the sign-in to the invitations. */
export const invitationMailOf = (c: Context<AppEnv>) =>
  invitationMail(new URL(c.req.url).origin + paths.signIn(paths.family()), c.var.copy.language)
