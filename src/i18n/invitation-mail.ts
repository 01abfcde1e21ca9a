import { languageCodes, languages } from './languages.ts'

/**
 * Writes the mail with which someone is invited to a patient's record.
 *
 * @param signInAddress where they sign in.
 * @param otherwise the language for those whose own is unknown or not one of ours.
 */
export const invitationMail =
  (signInAddress: string, otherwise: string) =>
  (preferred: string | null): { subject: string; text: string } => {
    const known = (code?: string) => languageCodes.find((one) => one === code)
    const language = known(preferred?.split('-')[0]) ?? known(otherwise) ?? 'en'
    return languages[language].invitationMail(signInAddress)
  }
