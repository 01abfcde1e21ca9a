import { invitationsTo, type OpenInvitation } from '../accounts/find-invitations.ts'
import type { ClinicContext } from '../context.ts'
import { type Askings, askingsIn, theAskings } from './askings.ts'

export interface WelcomePageContent {
  /** What the clinic asks for online. */
  askings: Askings
  /** The open invitations of the mailbox to the record of its owner. */
  invitations: OpenInvitation[]
}

/** What the page shows on which a new account says who it is, in one trip. */
export async function readWelcomePage(ctx: ClinicContext, accountId: number): Promise<WelcomePageContent> {
  const { query, read } = invitationsTo(ctx.db, accountId, ctx.now)
  const [invitations, askings] = await ctx.db.batch([query, askingsIn(ctx)])
  return {
    askings: theAskings(askings),
    invitations: read(invitations.rows).filter(({ isSelf }) => isSelf),
  }
}
