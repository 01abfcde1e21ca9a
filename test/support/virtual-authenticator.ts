import type { Page } from 'playwright-core'

/** A fingerprint reader in the page’s browser that keeps passkeys and knows its person (WebAuthn, 11.2). */
export async function addAuthenticator(page: Page) {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  const credentials = async () => {
    const answer = await devtools.send('WebAuthn.getCredentials', { authenticatorId })
    return answer.credentials
  }
  return {
    credentials,
    /** Whether the reader recognises the finger from now on. */
    recognises: (isUserVerified: boolean) =>
      devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    /** Moves the passkeys of another page’s authenticator here, as a synced account would. */
    async takeOver(others: Awaited<ReturnType<typeof credentials>>) {
      for (const credential of others)
        await devtools.send('WebAuthn.addCredential', { authenticatorId, credential })
    },
  }
}
