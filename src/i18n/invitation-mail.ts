import { type Language, languageCodes, languages } from './languages.ts'

/**
 * Writes the mail with which someone is invited to a patient's record.
 *
 * @param signInAddress where they sign in.
 * @param otherwise the language for those whose own is unknown or not one of ours.
 */
export const invitationMail =
  (signInAddress: string, otherwise: Language) =>
  (preferred: string | null): { subject: string; text: string } => {
    const spoken = preferred?.split('-')[0]
    const language = languageCodes.find((code) => code === spoken) ?? otherwise
    return languages[language].invitationMail(signInAddress)
  }
